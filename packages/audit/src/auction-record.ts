// The auctions of one lending pool as the audit has them.
import type { Address } from '@solvent/primitives'
import type { CollateralAuctionEvent, DutchEngine, EnglishEngine } from '@solvent/protocol'
import type { PoolRecord } from './credit-pool.ts'

export type AuctionEvent<K extends CollateralAuctionEvent['kind']> = Extract<
  CollateralAuctionEvent,
  { kind: K }
>

export interface AuctionRecord {
  readonly borrower: Address
  readonly collateral: Address
  readonly debt: Address
  readonly lot: bigint
  /** What the reserve waits for. */
  readonly owed: bigint
  /** English, in the coin: what is to be raised, and the last bid with who made it and until when it stands. */
  readonly tab: bigint
  readonly bid: bigint
  readonly bidder: Address | null
  readonly standsUntil: number
  readonly endsAt: number
  /** Dutch, in ray: what is still to be raised, first price, and when it began. */
  readonly leftRay: bigint
  readonly topRay: bigint
  readonly beganAt: number
}

/** An auction as it was before the event that is judged. */
export interface JudgedAuction<E = EnglishEngine | DutchEngine> {
  readonly pool: PoolRecord
  readonly engine: E
  readonly record: AuctionRecord
  readonly complain: (detail: string) => void
}
