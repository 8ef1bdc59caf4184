// The benchmark of the best offer, as an auctioneer keeps it and solvers know it: what a user must be given where a rival had bid more.
// Source: CoW's EBBO rule (72 h to challenge). docs/models/disciplines.md.
import { BPS, mulDivFloor } from '@solvent/primitives'

export interface BenchmarkTerms {
  /** After a fill, how long a rival may hold its bid against it. */
  readonly challengeSeconds: number
  /** How far below the bid a fill may be. */
  readonly toleranceBps: number
}

/** Whether so much is too little beside a bid, beyond the tolerance. */
export function isBelowOffer(delivered: bigint, offered: bigint, { toleranceBps }: BenchmarkTerms): boolean {
  return delivered < mulDivFloor(offered, BPS - BigInt(toleranceBps), BPS)
}
