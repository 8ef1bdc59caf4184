// The experiment of Banchio and Skrzypacz, "Artificial Intelligence and Auction Design" (2022, arXiv 2202.05947):
// bidders without memory learn by Q-learning what to bid in a repeated auction of an object that is worth 1 to each.
//
// Two choices that the paper leaves open decide its first result. Values begin at 1/(1 − γ), so that every bid looks
// better than it can be; and a tie is won by a coin that is tossed, not split in expectation. Split ties give a mean
// first-price revenue of 0.05 in place of 0.24, first values of 1 give 0.72.

/** What a bidder hears after the auction, and so for which of its bids it can tell what they would have earned. */
export type Feedback =
  /** Whether it won, and what it paid: it learns about the bid it made. */
  | 'own-outcome'
  /** The winning bid too: a loser learns about all its bids, the winner about those not below its own. */
  | 'winning-bid'
  /** The bids of all: everyone learns about all its bids. */
  | 'all-bids'

/** How a tie for the highest bid is resolved. */
export type TieRule = 'coin' | 'split'

/** Who watches for bids that are too low, and what it costs to be caught. */
export interface Oversight {
  /** Winning bids below this are suspect. */
  readonly threshold: number
  /** Chance that a suspect auction is looked into. */
  readonly probability: number
  /** What the winner then loses. */
  readonly bond: number
}

export interface AuctionStudy {
  readonly bidders: number
  /** Bids are k/(bids + 1) for k = 1 … bids. */
  readonly bids: number
  /** The winner pays (2 − a) · highest + (a − 1) · second highest: 1 is first price, 2 second price. */
  readonly payment: number
  readonly feedback: Feedback
  readonly ties: TieRule
  /** α */
  readonly learningRate: number
  /** γ */
  readonly discount: number
  /** ε_t = rate · e^(−decay · t) */
  readonly exploration: { readonly rate: number; readonly decay: number }
  /** Value of every bid before the first auction. */
  readonly start: number
  readonly periods: number
  /** Converged when greedy bids have not changed in the last so many periods. */
  readonly window: number
  readonly oversight?: Oversight
}

/**
 * The paper's experiments, with the choices that reproduce them. With all bids revealed what a bid would have earned in
 * a tie is its expectation, for the bid made as well: then 0.90 is played by nine pairs in ten, as (0.90, 0.90) is an
 * equilibrium as long as rivals still explore. With tossed coins all pairs would end at 0.95.
 */
export function banchioSkrzypacz(payment = 1, feedback: Feedback = 'own-outcome'): AuctionStudy {
  return {
    bidders: 2,
    bids: 19,
    payment,
    feedback,
    ties: feedback === 'all-bids' ? 'split' : 'coin',
    learningRate: 0.05,
    discount: 0.99,
    exploration: { rate: 0.025, decay: 0.0002 },
    start: 1 / (1 - 0.99),
    periods: 1_000_000,
    window: 1000,
  }
}
