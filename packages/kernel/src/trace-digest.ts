/**
 * A running digest of everything that happened, in order: cheap integer mixing for each event, SHA-256 for each block.
 *
 * Two 32-bit lanes take two words a round. A round is a bijection of the lanes for given words and of the words for
 * given lanes: traces that differ in a single round always end in different lanes, others meet by chance (2^-64).
 * After every `blockEvents` events the chain becomes SHA-256(chain ‖ lanes ‖ events so far), all little-endian.
 * The mixing notices accidents; it does not resist someone who looks for collisions.
 *
 * The block size and the constants belong to the definition: digests compare only under equal ones.
 */
import { bytesToHex, type Hash32, SolventError, sha256 } from '@solvent/primitives'

/** Takes events, words and texts; says the digest of all of them at any time. */
export interface TraceDigest {
  /** Mixes a popped event: integers but for `a` and `b`, of which all 64 bits count (every NaN is the same one). */
  mixEvent(timeMs: number, priority: number, sequence: number, handler: number, a: number, b: number): void
  /** Mixes the low 32 bits of a whole number, such as the hash of a message. */
  mixWord(word: number): void
  /** Mixes a text: its length and its UTF-16 code units. */
  mixString(text: string): void
  /** SHA-256 over all that was mixed so far, as 0x and 64 hex digits; mixing can go on. */
  hex(): Hash32
  /** Events mixed so far. */
  readonly events: number
}

/** Events that share one SHA-256, unless the options say otherwise. */
export const DEFAULT_BLOCK_EVENTS = 4096

/** Multipliers of MurmurHash3 (A. Appleby, 2011): odd, with well-spread bits. */
const MULTIPLIER_X = 0xcc9e2d51
const MULTIPLIER_Y = 0x1b873593
/** Where the lanes begin: fractional bits of the square roots of 2 and 3, as in SHA-256's initial state. */
const START_X = 0x6a09e667
const START_Y = 0xbb67ae85
const PRIORITY_BITS = 10
const QUIET_NAN_HIGH = 0x7ff80000
const STRING_TAG = 0x53
/** Which half of a float64 comes first in this machine's memory. */
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW

/**
 * Makes an empty digest.
 *
 * @param options.blockEvents events in a block, from 1
 * @throws E_RANGE for a block size that is no whole number from 1
 * @example
 * const digest = createTraceDigest()
 * digest.mixEvent(1000, 0, 0, 3, 42, 0)
 * digest.hex() // '0x…', the same on every machine
 */
export function createTraceDigest(options: { readonly blockEvents?: number } = {}): TraceDigest {
  const { blockEvents = DEFAULT_BLOCK_EVENTS } = options
  if (!Number.isSafeInteger(blockEvents) || blockEvents < 1) {
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A block of the trace digest holds at least one event.',
      details: { blockEvents },
    })
  }
  return new BlockTraceDigest(blockEvents)
}

class BlockTraceDigest implements TraceDigest {
  readonly #blockEvents: number
  readonly #float = new Float64Array(1)
  readonly #words = new Int32Array(this.#float.buffer)
  #chain: Uint8Array = new Uint8Array(32)
  #x = START_X | 0
  #y = START_Y | 0
  #inBlock = 0
  #blocks = 0

  constructor(blockEvents: number) {
    this.#blockEvents = blockEvents
  }

  get events(): number {
    return this.#blocks * this.#blockEvents + this.#inBlock
  }

  mixEvent(timeMs: number, priority: number, sequence: number, handler: number, a: number, b: number): void {
    this.#round(timeMs | 0, (timeMs / 4294967296) | 0)
    this.#round(sequence | 0, (handler << PRIORITY_BITS) | priority)
    this.#mixFloat(a)
    this.#mixFloat(b)
    if (++this.#inBlock === this.#blockEvents) {
      this.#chain = this.#link()
      this.#inBlock = 0
      this.#blocks++
    }
  }

  mixWord(word: number): void {
    this.#round(word | 0, 0)
  }

  mixString(text: string): void {
    this.#round(text.length, STRING_TAG)
    for (let i = 0; i < text.length; i += 4) this.#round(pairAt(text, i), pairAt(text, i + 2))
  }

  hex(): Hash32 {
    return bytesToHex(this.#link()) as Hash32
  }

  #mixFloat(value: number): void {
    this.#float[0] = value
    if (Number.isNaN(value)) this.#round(0, QUIET_NAN_HIGH)
    else this.#round(this.#words[LOW]!, this.#words[HIGH]!)
  }

  #round(first: number, second: number): void {
    const x = Math.imul(this.#x ^ first, MULTIPLIER_X)
    const y = Math.imul(this.#y ^ second, MULTIPLIER_Y)
    this.#x = x ^ (y >>> 15)
    this.#y = (((y << 13) | (y >>> 19)) + this.#x) | 0
  }

  #link(): Uint8Array {
    const bytes = new Uint8Array(48)
    bytes.set(this.#chain)
    const view = new DataView(bytes.buffer)
    view.setInt32(32, this.#x, true)
    view.setInt32(36, this.#y, true)
    view.setFloat64(40, this.events, true)
    return sha256(bytes)
  }
}

function pairAt(text: string, at: number): number {
  const low = at < text.length ? text.charCodeAt(at) : 0
  const high = at + 1 < text.length ? text.charCodeAt(at + 1) : 0
  return low | (high << 16)
}
