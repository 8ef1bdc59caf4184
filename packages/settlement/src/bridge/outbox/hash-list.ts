// A growing list of hashes in one piece of memory: as an array of bytes each would take eight times its 32 bytes. Their texts
// are kept once they have been asked for: proofs of neighbours have most siblings in common.
import { bytesToHex, type Hash32 } from '@solvent/primitives'

const HASH_BYTES = 32
const FIRST_CAPACITY = 8

export class HashList {
  #bytes = new Uint8Array(0)
  readonly #texts: (Hash32 | null)[] = []

  get length(): number {
    return this.#texts.length
  }

  push(hash: Uint8Array): void {
    const at = HASH_BYTES * this.length
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(Math.max(HASH_BYTES * FIRST_CAPACITY, 2 * at))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    for (let i = 0; i < HASH_BYTES; i++) this.#bytes[at + i] = hash[i] as number
    this.#texts.push(null)
  }

  /** Forgets all but the first. */
  truncate(length: number): void {
    if (length < this.length) this.#texts.length = length
  }

  /** Copies a hash that is there. */
  read(place: number, target: Uint8Array): Uint8Array {
    const at = HASH_BYTES * place
    for (let i = 0; i < HASH_BYTES; i++) target[i] = this.#bytes[at + i] as number
    return target
  }

  textAt(place: number): Hash32 {
    const known = this.#texts[place]
    if (known !== null && known !== undefined) return known
    const text = bytesToHex(this.read(place, new Uint8Array(HASH_BYTES))) as Hash32
    this.#texts[place] = text
    return text
  }
}
