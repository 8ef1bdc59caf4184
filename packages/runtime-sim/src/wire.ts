// One transmission from node to node: cut, lost, delayed, repeated. Shared by gossip and direct messages.
import { LOST, type LinkSampler } from './link-sampler.ts'
import type { LinkTable } from './link-table.ts'

export { LOST }

/** Sends over links as they are at this moment. */
export class Wire {
  readonly #sampler: LinkSampler
  readonly #table: LinkTable

  constructor(sampler: LinkSampler, table: LinkTable) {
    this.#sampler = sampler
    this.#table = table
  }

  get minLatencyMs(): number {
    return this.#sampler.minLatencyMs
  }

  isCut(from: number, to: number): boolean {
    return this.#table.isTroubled && this.#table.isCut(from, to)
  }

  /** Latency in ms, or LOST. */
  latencyMs(from: number, to: number): number {
    const latencyMs = this.#sampler.latencyMs()
    if (!this.#table.isTroubled) return latencyMs
    return this.#troubled(from, to, latencyMs)
  }

  /** How many copies arrive besides the first: 0 or 1. */
  isDuplicated(from: number, to: number): boolean {
    if (this.#sampler.isDuplicated()) return true
    if (!this.#table.isTroubled) return false
    for (const worsening of this.#table.worseningsOf(from, to)) if (this.#sampler.happens(worsening.duplicate)) return true
    return false
  }

  #troubled(from: number, to: number, latencyMs: number): number {
    if (this.#table.isCut(from, to)) return LOST
    let total = latencyMs
    for (const worsening of this.#table.worseningsOf(from, to)) {
      if (this.#sampler.happens(worsening.loss)) return LOST
      if (total !== LOST) total += worsening.delayMs + this.#sampler.upTo(worsening.jitterMs)
    }
    return total
  }
}
