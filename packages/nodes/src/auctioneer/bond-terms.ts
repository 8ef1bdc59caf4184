// What an auctioneer asks solvers to have at stake.
import type { Address, ChainId } from '@solvent/primitives'
import type { BenchmarkTerms } from '../parts/offer-benchmark.ts'

export interface BondTerms {
  /** Where bonds are held, and in what. */
  readonly chainId: ChainId
  readonly token: Address
  /** What must be left of a bond to bid, base units. */
  readonly least: bigint
  /** Of the value of what a user was due, for an award that was not kept. */
  readonly slashBps: number
  /** For a sealed bid that was committed to and not opened, base units. */
  readonly deposit: bigint
  /** How long whoever was slashed may not bid. */
  readonly denySeconds: number
  /** Rivals may hold their bids against fills; absent: they may not. */
  readonly benchmark?: BenchmarkTerms
}
