/**
 * One string for all decodings of a text. Fifteen nodes in a process decode each block fifteen times over, and each
 * block names the same few addresses again: kept apart, these copies were a fifth of the memory of a live network.
 * Strings are values, so nobody can tell which copy they hold.
 */

/** Shorter ones weigh no more than what is remembered of them; up to here it is addresses, hashes and signatures. */
const SHORTEST = 32
const LONGEST = 132
/** Texts of one generation: what all nodes of a process decode of the same few blocks fits in many times over. */
const REMEMBERED = 8_192

/** The texts seen last: two generations, of which the older is dropped when the younger is full. */
export class RecentTexts {
  readonly #most: number
  #young = new Map<string, string>()
  #old = new Map<string, string>()

  /** Remembers at least so many texts after their last use, and at most twice as many. */
  constructor(most: number = REMEMBERED) {
    this.#most = most
  }

  /** How many are remembered. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** An equal text: the one that was seen first, if it is remembered; else this one, which is from now on. */
  shared(text: string): string {
    if (text.length < SHORTEST || text.length > LONGEST) return text
    const known = this.#young.get(text)
    if (known !== undefined) return known
    const kept = this.#old.get(text) ?? text
    if (this.#young.size >= this.#most) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(kept, kept)
    return kept
  }
}
