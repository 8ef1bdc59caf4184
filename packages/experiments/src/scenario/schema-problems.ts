// Turns what zod says into problems with places, allowed values and the nearest valid name.
import { nearestName } from '@solvent/primitives'
import type { z } from 'zod'
import type { ScenarioProblem } from './scenario-error.ts'
import { type Locate, pathText } from './yaml-place.ts'

type Path = readonly (string | number)[]
type Issue = z.core.$ZodIssue

/** What was read, and the shape that it should have had. */
interface Document {
  readonly tree: unknown
  readonly schema: JsonSchema
}

/** One problem per issue; an unrecognised key gives one per key, placed at the key itself. */
export function schemaProblems(
  issues: readonly Issue[],
  tree: unknown,
  locate: Locate,
  schema: object,
): ScenarioProblem[] {
  const document: Document = { tree, schema }
  return issues.flatMap(narrowed).flatMap((issue) => {
    const path = issue.path as Path
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path, key, document, locate))
    return [problemOf(issue, path, document, locate)]
  })
}

/** Of a union without kinds, what is wrong in the one branch whose type the value has; the union's own issue otherwise. */
function narrowed(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const fitting = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  )
  const least = Math.min(...fitting.map(strangeKeys))
  const [branch, ...others] = fitting.filter((each) => strangeKeys(each) === least)
  if (branch === undefined || others.length > 0) return [issue]
  return branch.flatMap((each) => narrowed({ ...each, path: [...issue.path, ...each.path] } as Issue))
}

/** How many keys of the value a branch does not know. */
function strangeKeys(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0)
}

function unknownKey(path: Path, key: string, document: Document, locate: Locate): ScenarioProblem {
  const names = keysAt(path, document)
  return {
    code: 'E_UNKNOWN_KEY',
    ...locate([...path, key]),
    path: pathText([...path, key]),
    problem: 'unknown key',
    got: key,
    allowed: names.length > 0 ? names.join(', ') : 'no key',
    ...hintOf(key, names),
  }
}

function problemOf(issue: Issue, path: Path, document: Document, locate: Locate): ScenarioProblem {
  const value = valueAt(document.tree, path)
  const place = { ...locate(path), path: pathText(path) }
  const { code, problem, allowed, got = describe(value) } = finding(issue, path, document, value)
  if (value === undefined && issue.code !== 'invalid_key')
    return { code: 'E_MISSING', ...place, problem: 'this key is missing', got: 'nothing', allowed }
  const names = issue.code === 'invalid_value' || issue.code === 'invalid_union' ? allowed.split(', ') : []
  return { code, ...place, problem, got, allowed, ...hintOf(value, names) }
}

interface Finding {
  readonly code: ScenarioProblem['code']
  readonly problem: string
  readonly allowed: string
  /** Default: the value at the path. */
  readonly got?: string
}

function finding(issue: Issue, path: Path, document: Document, value: unknown): Finding {
  switch (issue.code) {
    case 'invalid_value':
      return {
        code: 'E_VALUE',
        problem: 'not one of the allowed values',
        allowed: issue.values.map(String).join(', '),
      }
    case 'invalid_union': {
      const kinds = discriminators(path, document)
      return kinds.length > 0
        ? {
            code: 'E_VALUE',
            problem: 'not one of the allowed kinds',
            allowed: kinds.join(', '),
            ...hintOf(value, kinds),
          }
        : { code: 'E_VALUE', problem: 'wrong type', allowed: alternatives(issue) }
    }
    case 'too_big':
      return {
        code: 'E_RANGE',
        problem: isCounted(issue.origin) ? 'too long' : 'too large',
        ...counted(value),
        allowed: `${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`,
      }
    case 'too_small':
      return {
        code: 'E_RANGE',
        problem: isCounted(issue.origin) ? 'too short' : reasonOf(issue, 'too small'),
        ...counted(value),
        allowed: `${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`,
      }
    case 'invalid_key':
      return {
        code: 'E_KEY',
        problem: 'not a valid name',
        got: String(path.at(-1)),
        allowed: issue.issues[0]?.message ?? 'a name',
      }
    case 'invalid_type':
      return { code: 'E_VALUE', problem: 'wrong type', allowed: expected(issue) }
    case 'invalid_format':
      return {
        code: 'E_VALUE',
        problem: isOnlyNegative(issue, value) ? 'must not be negative' : 'not allowed here',
        allowed: issue.message,
      }
    default:
      return { code: 'E_VALUE', problem: 'not allowed here', allowed: issue.message }
  }
}

function hintOf(got: unknown, names: readonly string[]): { hint?: string } {
  const near = typeof got === 'string' ? nearestName(got, names) : undefined
  return near === undefined ? {} : { hint: `Did you mean ${near}?` }
}

const NEGATIVE = /^-(?=\d)/

/** Text of a number that would be right without its sign. */
function isOnlyNegative({ pattern }: Issue & { readonly code: 'invalid_format' }, value: unknown): boolean {
  if (typeof value !== 'string' || pattern === undefined || !NEGATIVE.test(value)) return false
  // Written as a literal: between slashes, without flags.
  return new RegExp(pattern.slice(1, -1)).test(value.replace(NEGATIVE, ''))
}

/** A schema that gives a reason of its own for a limit is quoted. */
function reasonOf({ message }: Issue, usual: string): string {
  return message.startsWith('Too small') ? usual : message
}

/** The names of types as a person says them; the others are said as they are. */
const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['record', 'a map'],
  ['object', 'a map'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
])

/** A schema that has words of its own for what it expects is quoted. */
function expected(issue: Issue & { expected: string }): string {
  return issue.message.startsWith('Invalid input')
    ? (TYPE_NAMES.get(issue.expected) ?? issue.expected)
    : issue.message
}

/** What each branch of a union without kinds expects. */
function alternatives(issue: Issue & { readonly code: 'invalid_union' }): string {
  const each = issue.errors.flatMap(([first]) =>
    first === undefined ? [] : [first.code === 'invalid_type' ? expected(first) : first.message],
  )
  return [...new Set(each)].join(', or ')
}

const isCounted = (origin: string) => origin === 'string' || origin === 'array'

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries'
  return origin === 'string' ? ' characters' : ''
}

function counted(value: unknown): { got?: string } {
  return Array.isArray(value) ? { got: `${value.length} entries` } : {}
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'a map' : (JSON.stringify(value) ?? 'nothing')
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    tree,
  )
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
}

/** Keys that the schema allows at a path, following the kind that the file chose in a union. */
function keysAt(path: Path, document: Document): string[] {
  const schema = schemaAt(path, document)
  return schema === undefined ? [] : Object.keys(pick(schema, valueAt(document.tree, path))?.properties ?? {})
}

function discriminators(path: Path, document: Document): string[] {
  const parent = schemaAt(path.slice(0, -1), document)
  const key = path.at(-1)
  const branches = parent?.anyOf ?? parent?.oneOf ?? []
  return branches
    .flatMap((branch) => {
      const named = branch.properties?.[String(key)]
      return named?.enum ?? [named?.const]
    })
    .filter((value) => typeof value === 'string')
}

function schemaAt(path: Path, document: Document): JsonSchema | undefined {
  let schema: JsonSchema | undefined = document.schema
  let value = document.tree
  for (const step of path) {
    const chosen: JsonSchema | undefined = schema === undefined ? undefined : pick(schema, value)
    if (typeof step === 'number') schema = chosen?.items
    else
      schema =
        chosen?.properties?.[step] ??
        (typeof chosen?.additionalProperties === 'object' ? chosen.additionalProperties : undefined)
    value = valueAt(value, [step])
  }
  return schema
}

function pick(schema: JsonSchema, value: unknown): JsonSchema | undefined {
  const branches = schema.anyOf ?? schema.oneOf
  if (branches === undefined) return schema
  const chosen = branches.find((branch) => isChosen(branch, value))
  if (chosen !== undefined || typeof value !== 'object') return chosen
  return branches.find(({ properties }) =>
    Object.keys(properties ?? {}).some((key) => valueAt(value, [key]) !== undefined),
  )
}

/** Whether a value has the constants of a branch, of which there is at least one. */
function isChosen({ properties = {} }: JsonSchema, value: unknown): boolean {
  const constants = Object.entries(properties).filter(([, property]) => property.const !== undefined)
  return (
    constants.length > 0 && constants.every(([key, property]) => valueAt(value, [key]) === property.const)
  )
}
