// Protocol values as JSON: what event logs and results are written in.
import { bytesToHex, SolventError } from '@solvent/primitives'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/**
 * A value for `JSON.stringify` whose text is the same for equal values: bigint becomes a decimal string, bytes become
 * hex, a map becomes an array of pairs, keys come in code-unit order, undefined fields are left out.
 *
 * @throws E_NON_CANONICAL for functions, symbols, NaN and infinities
 * @example JSON.stringify(toJsonValue({ b: 1n, a: new Uint8Array([255]) })) // '{"a":"0xff","b":"1"}'
 */
export function toJsonValue(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw noJson(String(value))
      return value
    case 'bigint':
      return value.toString()
    case 'object':
      if (value === null) return null
      if (value instanceof Uint8Array) return bytesToHex(value)
      if (value instanceof Map) return toJsonValue([...value])
      if (Array.isArray(value)) return value.map(toJsonValue)
      return fieldsToJson(value as Record<string, unknown>)
    default:
      throw noJson(`a value of type ${typeof value}`)
  }
}

function fieldsToJson(fields: Record<string, unknown>): JsonValue {
  const json: Record<string, JsonValue> = {}
  const keys = Object.keys(fields).sort((a, b) => (a < b ? -1 : 1))
  for (const key of keys) if (fields[key] !== undefined) json[key] = toJsonValue(fields[key])
  return json
}

function noJson(got: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no JSON form.',
    details: { got },
  })
}
