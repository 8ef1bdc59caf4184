// What a bidding strategy is: a pure rule from an order's economics, as one solver sees them, to an offer.
// Values are numeraire with 8 decimals (`E8`), amounts base units of the output token, times seconds.

import type { CanonicalValue } from '@solvent/primitives'
import type { Confirmation } from '@solvent/protocol'
import type { Tender, TenderOutcome, TenderView } from './tender/tender.ts'
import type { SidePayment } from './tender/tender-strategy.ts'

/** How the offer will be used: a sealed bid, a firm quote, the price at which a decaying order is taken, or output and priority fee together. */
export type OfferUse =
  | 'first-price'
  | 'second-price'
  | 'sealed-encrypted'
  | 'fair-combinatorial'
  | 'quote'
  | 'dutch'
  | 'priority-fee'

/** An order's economics for one solver. Everything that moves is sampled coarsely by the caller. */
export interface BidContext {
  readonly use: OfferUse
  /** Value of what the solver will be paid, rounded down. */
  readonly inputValueE8: bigint
  /** Value of the gas for open, fill and claim, rounded up. */
  readonly gasCostE8: bigint
  /** The input is minted by a bridge, so that the payment is worth what the bridge's backing is worth. */
  readonly inputWrapped: boolean
  readonly output: {
    /** Value of one whole unit. */
    readonly priceE8: bigint
    readonly decimals: number
    /** The output is minted by a bridge: restocking it depends on that bridge. */
    readonly wrapped: boolean
    /** The least the user accepts. */
    readonly minAmount: bigint
  }
  readonly inventory: {
    /** Units of the output token on the destination that are not set aside. */
    readonly free: bigint
    /** Of `reference` units, this many are uncommitted in the slow view that pricing may use. */
    readonly slowFree: bigint
    /** What the solver means to hold there. */
    readonly reference: bigint
  }
  readonly prover: {
    readonly verifiers: number
    readonly threshold: number
    /** Value outstanding on this prover, without this order. */
    readonly exposureE8: bigint
    readonly exposureLimitE8: bigint
  }
  /** How firm the escrow must be before the solver fills. */
  readonly confirmation: Confirmation
  /** From the fill to the payment under the prover's finality rule. */
  readonly secondsUntilPayout: number
  /** The order as a tender: what strategies that are written for tenders go by. */
  readonly tender: TenderView & Partial<Pick<Tender, 'told' | 'leaked'>>
  /** Past auctions like this one, oldest first. */
  readonly pastAuctions: readonly PastAuction[]
}

/** What the revealed bids of a closed auction tell about the rivals. */
export interface PastAuction {
  /** Input value less gas at the observer's own costs; positive. */
  readonly netValueE8: bigint
  /** Value of the best bid that was not the observer's own. */
  readonly rivalBestE8: bigint
}

/** Why a strategy makes no offer. */
export const strategyRefusals = [
  'gas-exceeds-value',
  'below-minimum',
  'no-inventory',
  'exposure-limit',
  'payout-too-late',
  'no-bid',
] as const
export type StrategyRefusal = (typeof strategyRefusals)[number]

export type BidDecision =
  | { readonly status: 'offer'; readonly outputAmount: bigint }
  | { readonly status: 'declined'; readonly reason: StrategyRefusal }

/** A rule from an order to an offer: the same context gives the same decision, after the same outcomes where it learns. */
export interface BiddingStrategy {
  decide(context: BidContext): BidDecision
  /** Whether a tender that was won is filled; absent: always. */
  honours?(tenderId: string): boolean
  /** Told once of every auction whose award is heard. */
  learn?(outcome: TenderOutcome): void
  /** What it owes others after an auction that it has won; asked once, before it is told. */
  owes?(outcome: TenderOutcome): readonly SidePayment[]
  /** What must survive a restart. */
  readonly memory?: { save(): CanonicalValue; restore(saved: CanonicalValue): void }
}
