// A set of whole numbers that answers which member comes next above or below: a trie of 32-bit words, each bit of which says
// that the word below it is not empty. Any question costs at most two words a level. Source: van Emde Boas's idea in the form
// of Uniswap v3's TickBitmap.sol, with levels above the bitmap.
import type { StateMap } from '../ledger/state-map.ts'

const BITS = 5
const MASK = 31
/** 7 × 5 bits hold every 31-bit number. */
const LEVELS = 7
/** Room for the level in a word's key. */
const LEVEL_ROOM = 8

/** Members are at most this. */
export const MAX_KEY = 0x7fff_ffff

/** The state of a set: its words by level and place. */
export type KeyWords = StateMap<number, number>

export class KeySet {
  readonly #words: KeyWords

  constructor(words: KeyWords) {
    this.#words = words
  }

  has(key: number): boolean {
    return (this.#word(0, key >>> BITS) & (1 << (key & MASK))) !== 0
  }

  add(key: number): void {
    let place = key
    for (let level = 0; level < LEVELS; level++) {
      const at = (place >>> BITS) * LEVEL_ROOM + level
      const word = this.#words.get(at) ?? 0
      const next = word | (1 << (place & MASK))
      if (next === word) return
      this.#words.set(at, next)
      if (word !== 0) return
      place >>>= BITS
    }
  }

  remove(key: number): void {
    let place = key
    for (let level = 0; level < LEVELS; level++) {
      const at = (place >>> BITS) * LEVEL_ROOM + level
      const word = this.#words.get(at) ?? 0
      const next = word & ~(1 << (place & MASK))
      if (next === word) return
      if (next !== 0) {
        this.#words.set(at, next)
        return
      }
      this.#words.delete(at)
      place >>>= BITS
    }
  }

  /** The lowest member above a key, or null. @param key -1: the lowest of all */
  above(key: number): number | null {
    if (key >= MAX_KEY) return null
    if (key < 0 && this.has(0)) return 0
    let place = key < 0 ? 0 : key
    for (let level = 0; level < LEVELS; level++) {
      const bit = place & MASK
      const higher = bit === MASK ? 0 : this.#word(level, place >>> BITS) & (-1 << (bit + 1))
      if (higher !== 0) return this.#descend(level, (place & ~MASK) + lowestBit(higher), lowestBit)
      place >>>= BITS
    }
    return null
  }

  /** The highest member below a key, or null. @param key MAX_KEY + 1: the highest of all */
  below(key: number): number | null {
    if (key <= 0) return null
    if (key > MAX_KEY && this.has(MAX_KEY)) return MAX_KEY
    let place = key > MAX_KEY ? MAX_KEY : key
    for (let level = 0; level < LEVELS; level++) {
      const lower = this.#word(level, place >>> BITS) & ~(-1 << (place & MASK))
      if (lower !== 0) return this.#descend(level, (place & ~MASK) + highestBit(lower), highestBit)
      place >>>= BITS
    }
    return null
  }

  #descend(from: number, place: number, pick: (word: number) => number): number {
    let key = place
    for (let level = from - 1; level >= 0; level--) key = key * 32 + pick(this.#word(level, key))
    return key
  }

  #word(level: number, place: number): number {
    return this.#words.get(place * LEVEL_ROOM + level) ?? 0
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

function highestBit(word: number): number {
  return 31 - Math.clz32(word)
}
