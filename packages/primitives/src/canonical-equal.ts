/** Equality of canonical values without writing their bytes. */
import { equalBytes } from './hex.ts'

/**
 * Tells whether two values have the same canonical bytes: the order of fields does not count, fields that are undefined
 * are not there, -0 is not 0, a bigint is no number.
 *
 * @param a a value that has canonical bytes; what has none is equal only to itself
 * @example isSameCanonical({ a: [1n], b: 2 }, { b: 2, a: [1n], c: undefined }) // true
 */
export function isSameCanonical(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && isSameList(a, b)
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b)
  if (Array.isArray(b) || b instanceof Uint8Array) return false
  return isSameRecord(a as Record<string, unknown>, b as Record<string, unknown>)
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!isSameCanonical(a[i], b[i])) return false
  return true
}

function isSameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let fields = 0
  for (const key in a) {
    const value = a[key]
    if (value === undefined) continue
    if (!isSameCanonical(value, b[key])) return false
    fields++
  }
  for (const key in b) if (b[key] !== undefined) fields--
  return fields === 0
}
