// Bonds: who has too little at stake may not bid, and a fade is paid for out of the stake (CoW pools: $500k in stables and 1.5M COW; OIF,
// Eco and Hyperlane ask for none). The slash is part of what the user was due, and goes to the user.
import { BPS, minBig, mulDivUp } from '@solvent/primitives'
import type { Payment } from '../mechanism.ts'
import type { Discipline, Settlement } from './discipline.ts'

export interface BondTerms {
  /** What must be left of a bond to bid. */
  readonly least: bigint
  /** Of the amount due, per fade. */
  readonly slashBps: number
}

export class BondRegister implements Discipline {
  readonly #terms: BondTerms
  readonly #bonds: Map<string, bigint>

  constructor(terms: BondTerms, bonds: ReadonlyMap<string, bigint>) {
    this.#terms = terms
    this.#bonds = new Map(bonds)
  }

  bondOf(bidder: string): bigint {
    return this.#bonds.get(bidder) ?? 0n
  }

  admits(bidder: string): boolean {
    return this.bondOf(bidder) >= this.#terms.least
  }

  record({ bidder, isFaded, amount, lot }: Settlement): readonly Payment[] {
    return isFaded
      ? this.slash(bidder, mulDivUp(amount, BigInt(this.#terms.slashBps), BPS), `user of ${lot}`)
      : []
  }

  /** Takes up to so much of a bond. */
  slash(bidder: string, amount: bigint, to: string): readonly Payment[] {
    const held = this.bondOf(bidder)
    const taken = minBig(held, amount)
    if (taken === 0n) return []
    this.#bonds.set(bidder, held - taken)
    return [{ from: bidder, to, amount: taken, why: 'slash' }]
  }
}

/**
 * The least bond that makes an honest fill no worse than a deviation that gains `gain` and is found with probability p (ppm): gain/p,
 * rounded up; null when it is never found.
 *
 * @example deterringBond(100n, 250_000) // 400n
 */
export function deterringBond(gain: bigint, foundPpm: number): bigint | null {
  return foundPpm === 0 ? null : mulDivUp(gain, 1_000_000n, BigInt(foundPpm))
}
