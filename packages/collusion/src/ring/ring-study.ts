// A ring that meets order after order in a first-price auction, and holds together by fear alone: who departs once is
// answered with competition for ever (J. Friedman, Review of Economic Studies 38(1), 1971; J. Tirole, The Theory of
// Industrial Organization, 1988, 6.3). Every order is played by the auction's rules, so that exclusivity and turns act as they do there.

/** How the ring shares what it gains. */
export type RingShare =
  /** All ask the same, and a coin decides. */
  | 'split'
  /** One after the other. */
  | 'rotation'

export interface RingStudy {
  readonly members: number
  readonly share: RingShare
  /** What a user can lose at most against the cost of filling, in basis points: the pie of an order. */
  readonly marginBps: number
  /** Orders after which the others know of a departure, and answer. */
  readonly lagOrders: number
  /** Chance after each order that the ring ends: an authority finds it, or somebody enters who will not join. */
  readonly breakUp: number
  readonly exclusivity: {
    /** Of the orders: for these one member drawn by lot may fill, unless another one outbids it. */
    readonly share: number
    /** By how much another must outbid the holder; 0 bars all others, as UniswapX's rule does. */
    readonly overrideBps: number
  }
  /** Paths that are played. */
  readonly plays: number
  /** Orders of a path; what the last third yields is taken to go on for ever. */
  readonly orders: number
}

/** One order as all hear it: the member with the exclusive right; −1 none. */
export interface RingOrder {
  readonly holder: number
  /** Whose turn it is in a rotation. */
  readonly turn: number
}
