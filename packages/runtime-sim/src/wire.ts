// One transmission from node to node: cut, lost, late, repeated. Shared by gossip and direct messages.
//
// Each sender draws from streams of its own: one word of `latency` for every transmission, whatever befalls it,
// and from `mishaps` for loss, repetition and delay. So the latencies of one node depend neither on the traffic of
// others nor on faults.
import type { RandomStream } from '@solvent/ports'
import { latencyTable, TABLE_SHIFT } from './latency-table.ts'
import type { LinkTable, PlacedWorsening } from './link-table.ts'
import type { LinkOptions } from './options.ts'

const TWO_32 = 4_294_967_296

/** The latency of what never arrives. */
export const LOST = -1

export interface WireParts {
  readonly nodes: number
  readonly options: LinkOptions
  readonly links: LinkTable
  /** Virtual time, Unix ms. */
  readonly now: () => number
  /** The stream of a sender, by its index, for one purpose. */
  readonly streamOf: (purpose: 'latency' | 'mishaps', sender: number) => RandomStream
}

/** Sends over links as they are at the moment. */
export class Wire {
  readonly minLatencyMs: number
  readonly #parts: WireParts
  readonly #links: LinkTable
  readonly #latenciesMs: Int32Array
  readonly #reorderMs: number
  /** Links that no fault touches lose, hold back and repeat nothing. */
  readonly #isFlawless: boolean
  /** By sender, from its first draw. */
  readonly #latencies: (RandomStream | undefined)[]
  readonly #mishaps: (RandomStream | undefined)[]

  constructor(parts: WireParts) {
    const { minLatencyMs, meanLatencyMs, loss, reorder, duplicate } = parts.options
    this.#parts = parts
    this.#links = parts.links
    this.minLatencyMs = minLatencyMs
    this.#latenciesMs = latencyTable(minLatencyMs, meanLatencyMs)
    this.#reorderMs = Math.round(3 * meanLatencyMs)
    this.#latencies = new Array<RandomStream | undefined>(parts.nodes).fill(undefined)
    this.#mishaps = new Array<RandomStream | undefined>(parts.nodes).fill(undefined)
    this.#isFlawless = loss === 0 && reorder === 0 && duplicate === 0
  }

  /** True when a transmission on the link can only be late. */
  isSound(from: number, to: number): boolean {
    return this.#isFlawless && !this.#links.touches(from, to)
  }

  isCut(from: number, to: number): boolean {
    return this.#links.isCut(from, to)
  }

  isRefused(from: number, to: number): boolean {
    return this.#links.isRefused(from, to)
  }

  /** Before a node sends on its own account, rather than in a mesh or in answer. */
  dial(from: number, to: number): void {
    this.#links.dial(from, to)
  }

  /** Latency of the next transmission on a sound link, ms. */
  soundLatencyMs(from: number): number {
    return this.#latenciesMs[this.#latenciesOf(from).uint32() >>> TABLE_SHIFT]!
  }

  /** Latency in ms of the next transmission, or LOST. */
  latencyMs(from: number, to: number, bytes: () => number): number {
    const latencyMs = this.soundLatencyMs(from)
    return this.isSound(from, to) ? latencyMs : this.#troubled(from, to, latencyMs, bytes)
  }

  /** Whether the transmission arrives twice. */
  isRepeated(from: number, to: number): boolean {
    if (this.isSound(from, to)) return false
    const { duplicate } = this.#parts.options
    let isRepeated = this.#happens(from, duplicate)
    for (const worse of this.#links.worseningsOf(from, to)) {
      if (this.#happens(from, worse.duplicate)) isRepeated = true
    }
    return isRepeated
  }

  #troubled(from: number, to: number, soundMs: number, bytes: () => number): number {
    const { loss, reorder } = this.#parts.options
    let isLost = this.#happens(from, loss)
    let latencyMs = soundMs
    if (this.#happens(from, reorder)) latencyMs += this.#reorderMs
    if (!this.#links.touches(from, to)) return isLost ? LOST : latencyMs
    for (const worse of this.#links.worseningsOf(from, to)) {
      if (this.#happens(from, worse.loss)) isLost = true
      // A frame with a wrong byte is dropped where it arrives, which is as good as lost.
      if (this.#happens(from, worse.corrupt ?? 0)) isLost = true
      latencyMs += worse.delayMs
      if (worse.jitterMs > 0) latencyMs += this.#mishapsOf(from).int(worse.jitterMs + 1)
      if (worse.tail !== undefined && this.#happens(from, worse.tail.share)) latencyMs += worse.tail.delayMs
      if (worse.bytesPerSecond !== undefined) latencyMs += this.#inLineMs(from, worse, bytes())
      if (worse.jam !== undefined) latencyMs += Math.max(0, worse.untilMs - this.#parts.now())
    }
    return isLost || this.#links.isCut(from, to) ? LOST : latencyMs
  }

  /** Waits for what the sender has sent before, and takes its own time. */
  #inLineMs(from: number, { lineFreeMs, bytesPerSecond = 1 }: PlacedWorsening, bytes: number): number {
    const nowMs = this.#parts.now()
    const freeMs = Math.max(nowMs, lineFreeMs.get(from) ?? 0) + Math.ceil((bytes * 1_000) / bytesPerSecond)
    lineFreeMs.set(from, freeMs)
    return freeMs - nowMs
  }

  /** True with probability p; draws nothing when p is 0. */
  #happens(sender: number, p: number): boolean {
    return p > 0 && this.#mishapsOf(sender).uint32() < p * TWO_32
  }

  #latenciesOf(sender: number): RandomStream {
    return this.#latencies[sender] ?? this.#open(this.#latencies, 'latency', sender)
  }

  #mishapsOf(sender: number): RandomStream {
    return this.#mishaps[sender] ?? this.#open(this.#mishaps, 'mishaps', sender)
  }

  #open(streams: (RandomStream | undefined)[], purpose: 'latency' | 'mishaps', sender: number): RandomStream {
    const stream = this.#parts.streamOf(purpose, sender)
    streams[sender] = stream
    return stream
  }
}
