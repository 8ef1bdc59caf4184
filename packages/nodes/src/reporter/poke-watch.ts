// A delayed oracle as whoever pokes it has it: once a hop, as soon as the hop begins. Source: makerdao/osm, osm.sol.
import type { Address } from '@solvent/primitives'
import { secondsToMs } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { Post } from './feed-watch.ts'

export class PokeWatch {
  readonly #oracle: Address
  readonly #hopMs: number
  /** Blocks in which it was poked: number and time, ms. */
  readonly #poked: { readonly number: number; readonly atMs: number }[] = []

  constructor(oracle: Address, hopSeconds: number) {
    this.#oracle = oracle
    this.#hopMs = secondsToMs(hopSeconds)
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    const isPoked = receipts.some(({ events }) =>
      events.some((event) => event.kind === 'oracle-poked' && event.oracle === this.#oracle),
    )
    if (isPoked) this.#poked.push({ number, atMs: secondsToMs(timestamp) })
  }

  orphaned({ header }: Block): void {
    while ((this.#poked.at(-1)?.number ?? -1) >= header.number) this.#poked.pop()
  }

  due(nowMs: number): Post | null {
    if (nowMs < this.#nextMs(nowMs)) return null
    const hop = Math.floor(nowMs / this.#hopMs)
    return {
      call: { kind: 'poke-oracle', oracle: this.#oracle },
      ref: `poke/${this.#oracle}/${hop}`,
    }
  }

  nextLookMs(nowMs: number, slotMs: number): number {
    return Math.max(nowMs + slotMs, this.#nextMs(nowMs))
  }

  #nextMs(nowMs: number): number {
    const last = this.#poked.at(-1)
    return last === undefined ? nowMs : last.atMs - (last.atMs % this.#hopMs) + this.#hopMs
  }
}
