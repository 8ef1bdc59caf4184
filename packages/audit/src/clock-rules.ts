// Chain time and clocks, T-8: a block's time is that of its slot (T-2), and a producer whose clock is off by no more than
// the scenario declares cannot have made it before the slot begins. Evidence: when a watcher first saw the block, by its
// own clock. A clock shifts what nodes do; ledger time stays chain time. Times: Unix ms.
import type { Block } from '@solvent/protocol'
import type { ChainRecord } from './chain-record.ts'
import type { Tally } from './tally.ts'

export class ClockRules {
  readonly #tally: Tally
  /** How far apart clocks may be by declared faults. */
  readonly #clockSpreadMs: number

  constructor(tally: Tally, clockSpreadMs: number) {
    this.#tally = tally
    this.#clockSpreadMs = clockSpreadMs
  }

  /** A block, whose slot begins at `slotMs`, was seen at `seenAtMs`. */
  seen(chain: ChainRecord, { header }: Block, slotMs: number, seenAtMs: number): void {
    this.#tally.checked['T-8']++
    if (seenAtMs + this.#clockSpreadMs >= slotMs) return
    this.#tally.breach(
      'T-8',
      seenAtMs,
      chain.chainId,
      `block ${header.number} of ${header.producer} was seen at ${seenAtMs}, its slot begins at ${slotMs}; clocks are declared to be ${this.#clockSpreadMs} ms apart at most`,
    )
  }
}
