// One order as one solver sees it when it decides what to ask for: the view that is the same in the fast repeated auction and in a
// solver node. Prices and costs are parts of the order's value (float64): a price is what the solver keeps of the input for delivering
// the output, so that the lowest price wins, zero means that the user gets full value, and the reserve is the most that the user
// pays. Money itself is counted elsewhere, in integers.

/** How offers are compared and what the winner is paid; names of mechanisms, as in `@solvent/mechanisms`. */
export type TenderRule = string

export interface Tender {
  /** Unique; every bidder knows the same one. */
  readonly id: string
  /** What calendars count in: the period (laboratory) or the Unix second at which offers close (network). */
  readonly time: number
  readonly rule: TenderRule
  /** Who decides, and who else is known to bid; all see the same list in the same order. */
  readonly self: string
  readonly bidders: readonly string[]
  /** What a market can be divided by. */
  readonly market: { readonly chain: string; readonly asset: string; readonly user: string }
  /** What delivering costs this bidder. */
  readonly cost: number
  readonly reserve: number
  /** Costs that ring members told each other before this tender; null where nobody speaks. */
  readonly told: ReadonlyMap<string, number> | null
  /** Prices of rivals that this bidder sees before it bids, by a leak; null: sealed bids stay sealed. */
  readonly leaked: ReadonlyMap<string, number> | null
  /** Uniform on [0, 1): draws of this bidder for this tender, which nobody shares. */
  draw(): number
}

/** What a node knows of a tender beside its economics. */
export type TenderView = Pick<Tender, 'id' | 'time' | 'self' | 'bidders' | 'market'>

/** What is known when a tender is over. */
export interface TenderOutcome {
  readonly id: string
  readonly time: number
  readonly rule: TenderRule
  readonly bidders: readonly string[]
  readonly market: Tender['market']
  readonly reserve: number
  readonly winner: string | null
  /** What the winner is paid; the reserve without a winner. */
  readonly paid: number
  /** Who won it and did not deliver in time. */
  readonly faded: readonly string[]
  /** Prices that were revealed, by bidder; empty where bids stay secret. */
  readonly prices: ReadonlyMap<string, number>
}
