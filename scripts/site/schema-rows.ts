// The keys of a JSON Schema as rows of a reference: where a key stands, what it may be, and what holds when it is left out.

export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

export interface SchemaRow {
  /** `chains.<name>.slotMs`; of a variant `faults[]` with `{kind: forge}`. */
  readonly path: string
  readonly allowed: string
  /** `needed`, `optional`, or the value that holds when it is left out. */
  readonly otherwise: string
}

/** Variants of these keys are told apart by one word. */
const TELLS_APART = ['kind', 'type', 'rule']

/** All keys below a place; a part that stood before in the same words is named instead of repeated. */
export function schemaRows(schema: Schema, path: string): SchemaRow[] {
  return new Walk().rowsOf(schema, path)
}

class Walk {
  readonly #seen = new Map<string, string>()

  rowsOf(schema: Schema, path: string): SchemaRow[] {
    const rows: SchemaRow[] = []
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const place = path === '' ? key : `${path}.${key}`
      const isNeeded = schema.required?.includes(key) === true
      rows.push(...this.#row(child, place, isNeeded))
    }
    if (typeof schema.additionalProperties === 'object')
      rows.push(...this.#row(schema.additionalProperties, `${path}.<name>`, false))
    return rows
  }

  #row(schema: Schema, path: string, isNeeded: boolean): SchemaRow[] {
    const otherwise =
      schema.default === undefined ? (isNeeded ? 'needed' : 'optional') : JSON.stringify(schema.default)
    const below = this.#below(schema, path)
    const as = typeof below === 'string' ? `; keys as of \`${below}\`` : ''
    return [
      { path, allowed: `${allowedOf(schema)}${as}`, otherwise },
      ...(typeof below === 'string' ? [] : below),
    ]
  }

  /** Rows of what is inside, or the place where the same was listed. */
  #below(schema: Schema, path: string): SchemaRow[] | string {
    const inner = innerOf(schema)
    if (inner === null) return []
    const text = JSON.stringify(inner.schema)
    const before = this.#seen.get(text)
    if (before !== undefined) return before
    const place = `${path}${inner.suffix}`
    this.#seen.set(text, place)
    const variants = inner.schema.oneOf ?? inner.schema.anyOf
    if (variants === undefined) return this.rowsOf(inner.schema, place)
    return variants.flatMap((variant) => this.#variant(variant, place))
  }

  #variant(variant: Schema, path: string): SchemaRow[] {
    const teller = TELLS_APART.find((key) => variant.properties?.[key]?.const !== undefined)
    if (teller === undefined) {
      const below = this.#below(variant, path)
      return typeof below === 'string' ? [] : below
    }
    const { [teller]: word, ...others } = variant.properties!
    const place = `${path}{${teller}: ${String(word!.const)}}`
    return [
      { path: place, allowed: 'these keys', otherwise: 'one of the kinds' },
      ...this.rowsOf({ ...variant, properties: others }, place),
    ]
  }
}

/** What a schema has inside, if that has keys. */
function innerOf(schema: Schema): { readonly schema: Schema; readonly suffix: string } | null {
  if (schema.items !== undefined) return hasKeys(schema.items) ? { schema: schema.items, suffix: '[]' } : null
  return hasKeys(schema) ? { schema, suffix: '' } : null
}

/** Instead of a value, what it is drawn from: said in a word, since the value says what is allowed. */
const DRAWN = ['from,to', 'oneOf']
const drawnFrom = (schema: Schema): string | undefined =>
  DRAWN.find((keys) => Object.keys(schema.properties ?? {}).join() === keys)

function hasKeys(schema: Schema): boolean {
  if (drawnFrom(schema) !== undefined) return false
  return (
    schema.properties !== undefined ||
    typeof schema.additionalProperties === 'object' ||
    (schema.oneOf ?? schema.anyOf ?? []).some((each) => hasKeys(each) || innerOf(each) !== null)
  )
}

/** What may stand there, in words. */
export function allowedOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${String(word)}\``).join(', ')
  const drawn = drawnFrom(schema)
  if (drawn !== undefined) return `drawn: \`{ ${drawn.replace(',', ', ')} }\``
  const variants = schema.oneOf ?? schema.anyOf
  if (variants !== undefined) return [...new Set(variants.map(allowedOf))].join(', or ')
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (type === 'integer' || type === 'number') {
    const from = minimum ?? (exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`)
    const to = maximum ?? (exclusiveMaximum === undefined ? undefined : `below ${exclusiveMaximum}`)
    const range = [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`]
      .join(' ')
      .trim()
    return `${type === 'integer' ? 'whole number' : 'number'} ${range}`
      .replaceAll('from above', 'above')
      .trim()
  }
  if (type === 'string') {
    if (schema.pattern !== undefined) return `text like \`${schema.pattern}\``
    return schema.maxLength === undefined ? 'text' : `text of at most ${schema.maxLength} characters`
  }
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'array') {
    const of =
      schema.items === undefined
        ? ''
        : ` of: ${hasKeys(schema.items) ? 'the keys below' : allowedOf(schema.items)}`
    const { minItems, maxItems } = schema
    const count = [
      minItems === undefined ? '' : `at least ${minItems}`,
      maxItems === undefined ? '' : `at most ${maxItems}`,
    ]
    const long = count.filter((each) => each !== '').join(', ')
    return `list${long === '' ? '' : ` (${long})`}${of}`
  }
  if (typeof schema.additionalProperties === 'object') return 'named entries'
  if (type === 'object') return 'the keys below'
  return 'anything'
}
