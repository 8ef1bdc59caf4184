// What a schema refuses, as an error that says where, what it got and what is allowed.
import { SolventError } from '@solvent/primitives'
import type { z } from 'zod'

const MAX_SHOWN = 80
/** Printing a bigint of a whole frame would cost more than decoding it. */
const SHOWN_LIMIT = 1n << 260n

/** The first issue of a failed parse as an E_SCHEMA; nothing of the sender's text is shown beyond 80 characters. */
export function schemaError(type: string, body: unknown, error: z.ZodError): SolventError {
  const issue = error.issues[0]
  const path = (issue?.path ?? []).map(String)
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 4).map(shorten) : null
  return new SolventError({
    code: 'E_SCHEMA',
    message: 'This message breaks the schema of its type.',
    details: {
      type,
      where: ['body', ...path].join('.'),
      got: unknown === null ? show(valueAt(body, path)) : `unknown fields ${unknown.join(', ')}`,
      allowed: unknown === null ? issue?.message : 'no other fields than the schema names',
    },
  })
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shorten(JSON.stringify(value.slice(0, MAX_SHOWN)))
    case 'bigint':
      return value < SHOWN_LIMIT && value > -SHOWN_LIMIT ? `${value}n` : 'a bigint past 2^260'
    case 'object':
      if (value === null) return 'null'
      if (value instanceof Uint8Array) return `${value.length} bytes`
      return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
    case 'undefined':
      return 'nothing'
    default:
      return String(value)
  }
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
