// An oracle as whoever pokes it has it: a delayed one once a hop, as soon as the hop begins (makerdao/osm, osm.sol); an average a window
// after its last reading (Uniswap v2-periphery, ExampleOracleSimple.sol).
import type { Address } from '@solvent/primitives'
import { secondsToMs } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import type { Post } from './feed-watch.ts'

/** A next poke is possible at multiples of the period, or one period after the last. */
export type PokeTimes = 'at-multiples' | 'after-the-last'

export class PokeWatch {
  readonly #oracle: Address
  readonly #hopMs: number
  /** Blocks in which it was poked: number and time, ms. */
  readonly #poked: { readonly number: number; readonly atMs: number }[] = []

  readonly #begins: PokeTimes

  constructor(oracle: Address, seconds: number, begins: PokeTimes) {
    this.#oracle = oracle
    this.#hopMs = secondsToMs(seconds)
    this.#begins = begins
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    const isPoked = receipts.some(({ events }) =>
      events.some(
        (event) =>
          (event.kind === 'oracle-poked' || event.kind === 'average-taken') && event.oracle === this.#oracle,
      ),
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
    if (last === undefined) return nowMs
    const since = this.#begins === 'at-multiples' ? last.atMs - (last.atMs % this.#hopMs) : last.atMs
    return since + this.#hopMs
  }
}
