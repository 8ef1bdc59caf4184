// When an L1's finality was late, for how long, and what that cost its absent validators.
import type { FinalityState } from '@solvent/settlement'

/** Finality that was late, and what absent validators paid until it was back. */
export interface FinalityStall {
  /** The most by which it was late. */
  readonly epochs: number
  readonly missedVotesGwei: bigint
  readonly leakedGwei: bigint
}

type Paid = Pick<FinalityState, 'missedGwei' | 'leakedGwei'>

export class StallBook {
  readonly #ended: FinalityStall[] = []
  #current: FinalityStall | null = null
  /** What had been paid when finality was last in time. */
  #before: Paid = { missedGwei: 0n, leakedGwei: 0n }

  /** By how many epochs finality is late at a block, and what has been paid up to it. */
  note(lateEpochs: number, { missedGwei, leakedGwei }: Paid): void {
    if (lateEpochs > 0) {
      this.#current = {
        epochs: Math.max(this.#current?.epochs ?? 0, lateEpochs),
        missedVotesGwei: missedGwei - this.#before.missedGwei,
        leakedGwei: leakedGwei - this.#before.leakedGwei,
      }
      return
    }
    if (this.#current !== null) this.#ended.push(this.#current)
    this.#current = null
    this.#before = { missedGwei, leakedGwei }
  }

  /** Oldest first, with the one that lasts. */
  all(): readonly FinalityStall[] {
    return this.#current === null ? this.#ended : [...this.#ended, this.#current]
  }
}
