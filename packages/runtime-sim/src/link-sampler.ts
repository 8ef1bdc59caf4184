// Latency and mishaps of links. The exponential part comes from a table of quantiles: one random word gives a
// latency without a logarithm, which is what a flood of millions of transmissions needs.
import { ln } from '@solvent/primitives'
import type { RandomStream } from '@solvent/ports'
import type { LinkOptions } from './options.ts'

const TABLE_BITS = 12
const TABLE_SIZE = 1 << TABLE_BITS
const TWO_32 = 4_294_967_296

/** What befalls one transmission. */
export const LOST = -1

export class LinkSampler {
  readonly #options: LinkOptions
  readonly #stream: RandomStream
  readonly #latenciesMs: Int32Array
  readonly #isReliable: boolean

  constructor(options: LinkOptions, stream: RandomStream) {
    this.#options = options
    this.#stream = stream
    this.#latenciesMs = quantiles(options)
    this.#isReliable = options.loss === 0 && options.reorder === 0
  }

  get minLatencyMs(): number {
    return this.#options.minLatencyMs
  }

  /** Latency in ms of the next transmission, or LOST. */
  latencyMs(): number {
    const latencyMs = this.#latenciesMs[this.#stream.uint32() >>> (32 - TABLE_BITS)]!
    if (this.#isReliable) return latencyMs
    const { loss, reorder, meanLatencyMs } = this.#options
    if (loss > 0 && this.#stream.uint32() < loss * TWO_32) return LOST
    if (reorder > 0 && this.#stream.uint32() < reorder * TWO_32) return latencyMs + 3 * meanLatencyMs
    return latencyMs
  }

  /** Whether the transmission arrives twice. */
  isDuplicated(): boolean {
    const { duplicate } = this.#options
    return duplicate > 0 && this.#stream.uint32() < duplicate * TWO_32
  }

  /** True with probability p. */
  happens(p: number): boolean {
    return p > 0 && this.#stream.uint32() < p * TWO_32
  }

  /** Uniform integer on 0 … n. */
  upTo(n: number): number {
    return n === 0 ? 0 : this.#stream.int(n + 1)
  }
}

/** Mid-point quantiles of minimum + exponential, rounded to ms. */
function quantiles({ minLatencyMs, meanLatencyMs }: LinkOptions): Int32Array {
  const spread = Math.max(0, meanLatencyMs - minLatencyMs)
  return Int32Array.from({ length: TABLE_SIZE }, (_, index) =>
    Math.round(minLatencyMs - spread * ln(1 - (index + 0.5) / TABLE_SIZE)),
  )
}
