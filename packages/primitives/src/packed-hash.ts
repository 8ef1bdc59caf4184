/**
 * Hashes of values over packed bytes: a form that is written to be hashed and never read back, a third as long as
 * canonical bytes, because an object's keys are a fingerprint, hex text is the bytes that it spells, and a text or a
 * list of keys that came before is only pointed at.
 *
 * Like canonical bytes it says everything of a value and nothing else: it could be read back with a table of the keys
 * that objects have. Heads are those of CBOR (RFC 8949 §3): three bits of kind, then the shortest argument.
 */
import { SolventError } from './error.ts'
import type { Hash32 } from './ids.ts'
import { beginPacked, endPacked, packValue } from './packed-value.ts'

let busy = false

/**
 * BLAKE3 of the packed bytes of a value.
 *
 * @param domain what kind of thing the value is: things of two kinds never have one hash
 * @throws E_NON_CANONICAL for what has no canonical bytes, E_TOO_DEEP past 16 levels, which also catches cycles
 */
export function packedHash(domain: string, value: unknown): Hash32 {
  return packedHashBy(domain, value, packValue)
}

/**
 * The same of a value whose shape `pack` knows: it writes the value by the functions of `packed-value.ts`, as they would
 * be for a value of any shape.
 *
 * @throws what `packedHash` throws
 */
export function packedHashBy<T>(domain: string, value: T, pack: (value: T) => void): Hash32 {
  if (busy) throw new SolventError({ code: 'E_INVARIANT', message: 'A value being hashed hashes a value.' })
  busy = true
  try {
    beginPacked(domain)
    pack(value)
    return endPacked()
  } finally {
    busy = false
  }
}
