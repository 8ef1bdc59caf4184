// The best-offer benchmark (CoW's EBBO, Ethereum's best bid and offer): a user must not get less than the best public venue would have
// given. Anyone may challenge within a window; the solver then has another to pay the difference, and is slashed and denied if it does not.
import { BPS, mulDivFloor } from '@solvent/primitives'
import type { Payment } from '../mechanism.ts'
import type { BondRegister } from './bonds.ts'
import type { DenyList } from './deny-list.ts'

export interface BenchmarkTerms {
  /** 72 h at CoW, each. */
  readonly challengeSeconds: number
  readonly reimburseSeconds: number
  /** How far below the benchmark an award may be. */
  readonly toleranceBps: number
  /** How long whoever does not pay is denied. */
  readonly denySeconds: number
}

export type ChallengeOutcome =
  | { readonly status: 'owed'; readonly shortfall: bigint; readonly paySeconds: number }
  | {
      readonly status: 'refused'
      readonly reason: 'no-award' | 'too-late' | 'within-benchmark' | 'challenged-before'
    }

interface Delivered {
  readonly bidder: string
  readonly amount: bigint
  readonly atSeconds: number
  owed: { readonly shortfall: bigint; readonly paySeconds: number } | null
}

export class BestOfferBenchmark {
  readonly #terms: BenchmarkTerms
  readonly #bonds: BondRegister
  readonly #denied: DenyList
  readonly #delivered = new Map<string, Delivered>()

  constructor(terms: BenchmarkTerms, bonds: BondRegister, denied: DenyList) {
    this.#terms = terms
    this.#bonds = bonds
    this.#denied = denied
  }

  /** What a user was given. */
  deliver(lot: string, bidder: string, amount: bigint, atSeconds: number): void {
    this.#delivered.set(lot, { bidder, amount, atSeconds, owed: null })
  }

  /** Shows what a public venue would have given at that time. */
  challenge(lot: string, benchmark: bigint, nowSeconds: number): ChallengeOutcome {
    const delivered = this.#delivered.get(lot)
    if (delivered === undefined) return { status: 'refused', reason: 'no-award' }
    if (delivered.owed !== null) return { status: 'refused', reason: 'challenged-before' }
    if (nowSeconds > delivered.atSeconds + this.#terms.challengeSeconds)
      return { status: 'refused', reason: 'too-late' }
    const least = mulDivFloor(benchmark, BPS - BigInt(this.#terms.toleranceBps), BPS)
    if (delivered.amount >= least) return { status: 'refused', reason: 'within-benchmark' }
    const owed = {
      shortfall: benchmark - delivered.amount,
      paySeconds: nowSeconds + this.#terms.reimburseSeconds,
    }
    delivered.owed = owed
    return { status: 'owed', ...owed }
  }

  /** The solver pays what it owes: the debt is gone. False when there is none. */
  reimburse(lot: string): boolean {
    const delivered = this.#delivered.get(lot)
    if (delivered === undefined || delivered.owed === null) return false
    this.#delivered.delete(lot)
    return true
  }

  /** Slashes and denies whoever has let its time pass. */
  enforce(nowSeconds: number): readonly Payment[] {
    const payments: Payment[] = []
    for (const [lot, { bidder, owed }] of this.#delivered) {
      if (owed === null || nowSeconds <= owed.paySeconds) continue
      payments.push(...this.#bonds.slash(bidder, owed.shortfall, `user of ${lot}`))
      this.#denied.deny(bidder, nowSeconds + this.#terms.denySeconds)
      this.#delivered.delete(lot)
    }
    return payments
  }
}
