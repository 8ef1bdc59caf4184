// What a unit of a token may count for at a verifier with a governor, as the audit reads it from chains: the floor, or an answer of the
// token's oracle that is not too old, when that is more; at the start the price of the start is its answer. Seconds of chain time.
// Source: Wormhole, node/pkg/governor, governor_prices.go (updatePrice, revertAllPrices).
import type { Address } from '@solvent/primitives'
import type { GovernedToken } from '@solvent/protocol'

/** An answer of an oracle, from when it stands. */
interface Answer {
  readonly at: number
  readonly answerE8: bigint
}

/** When a price is taken, as far as that is known, and by how much clocks differ. */
export interface Moments {
  readonly from: number
  readonly until: number
  readonly slack: number
}

export class GovernorPrices {
  readonly #genesis: number
  /** By oracle, the newest last. */
  readonly #answers = new Map<Address, Answer[]>()

  constructor(genesis: number) {
    this.#genesis = genesis
  }

  answered(oracle: Address, answer: Answer): void {
    const known = this.#answers.get(oracle) ?? []
    known.push(answer)
    this.#answers.set(oracle, known)
  }

  /** The newest answer is taken back. */
  undo(oracle: Address): void {
    this.#answers.get(oracle)?.pop()
  }

  /**
   * All that a unit may count for in these moments. A verifier may be behind, but what it goes by is no older than an answer may be; the
   * floor alone counts where nothing newer is.
   */
  possibleE8({ floorE8, dynamicE8, source }: GovernedToken, { from, until, slack }: Moments): bigint[] {
    if (source === undefined) return [larger(floorE8, dynamicE8)]
    const { oracle, maxAgeSeconds } = source
    const start = { at: this.#genesis, answerE8: dynamicE8 }
    const heard = [start, ...(this.#answers.get(oracle) ?? [])].filter(
      ({ at }) => at >= from - maxAgeSeconds - 1 - slack && at <= until + slack,
    )
    const prices = heard.map(({ answerE8 }) => larger(floorE8, answerE8))
    let covered = from
    for (const { at } of heard)
      if (at <= covered + slack) covered = Math.max(covered, at + maxAgeSeconds - 1 - slack)
    if (covered === from || covered < until) prices.push(floorE8)
    return prices
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
