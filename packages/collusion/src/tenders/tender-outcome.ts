// What a session of tenders came to. Prices, costs and profits are parts of an order's value, means over all tenders of the session.
import type { KeptTender } from './play-tenders.ts'
import type { TenderLabel } from './tender-players.ts'

export interface TenderOutcomeOfBidder extends TenderLabel {
  /** Of the orders that were filled. */
  readonly share: number
  /** Per tender, with what it was paid or fined besides. */
  readonly profit: number
  readonly sidePayments: number
  /** How much more the best fixed level would have earned, per tender, as a part of the way from cost to reserve; null: it never could bid. */
  readonly regret: number | null
  /** What is proved about that; null where nothing is. */
  readonly regretBound: number | null
}

export interface TendersOutcome {
  readonly kind: 'tenders'
  /** The price stood still in the last quarter of the session, and the tenders before it did. */
  readonly converged: boolean
  readonly periods: number
  /** What users paid; of an order that nobody filled, the reserve. */
  readonly price: number
  /** In the counterfactual; null where the study asks for none. */
  readonly competitivePrice: number | null
  readonly overcharge: number | null
  /** Shares of tenders. */
  readonly filled: number
  readonly contested: number
  readonly winnerCost: number
  /** How much dearer whoever filled was than the cheapest bidder. */
  readonly excessCost: number
  /** Per tender. */
  readonly fades: number
  readonly hhi: number
  readonly bidders: readonly TenderOutcomeOfBidder[]
  readonly blocks: {
    readonly price: readonly number[]
    readonly competitivePrice: readonly number[] | null
    readonly filled: readonly number[]
    readonly hhi: readonly number[]
  }
  /** Of session 1: its last tenders. */
  readonly kept: readonly KeptTender[]
}
