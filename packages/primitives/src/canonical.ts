/**
 * The data model of canonical bytes: what may be encoded, hashed and sent.
 *
 * Bytes are CBOR in the core deterministic form of RFC 8949 §4.2.1 (shortest heads, shortest floats,
 * definite lengths, map keys in bytewise order of their encodings), narrowed so that every value has
 * exactly one encoding and every accepted encoding is that of exactly one value:
 *
 * - a number that is a safe integer is major type 0 or 1; every other finite number, and -0, is a float
 * - a bigint is always a bignum (tag 2 or 3, RFC 8949 §3.4.3), also when it is small, so that the type survives
 * - text is well-formed UTF-16, map keys are text, fields that are undefined are left out
 * - nothing else: no NaN, no infinities, no undefined, no other tags, no class instances
 */

/** A value with canonical bytes. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined }

/** How deep arrays and objects may nest, unless the caller says otherwise. */
export const DEFAULT_MAX_DEPTH = 16

/** How many bytes are decoded, unless the caller says otherwise. */
export const DEFAULT_MAX_BYTES = 16 * 1024 * 1024

/** Tells whether a key would reach an object's prototype; such keys are refused both ways. */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}
