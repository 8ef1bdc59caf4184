// The repeated auction as a study: any strategies, under any mechanism, tender after tender. Prices and costs are parts of an order's value.
import type { MechanismConfig } from '@solvent/mechanisms'
import type { StrategyConfig } from '@solvent/strategies'

/** Where a bidder's cost of a tender comes from. */
export type CostDraw =
  | { readonly kind: 'fixed'; readonly cost: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /** ln cost is normal around ln median; what exceeds 1 is 1. */
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }

export interface TenderBidder {
  readonly name: string
  /** Members of its ring, itself included, stand in it. */
  readonly strategy: StrategyConfig
  readonly costs: CostDraw
}

/** What bidders hear when a tender is over. */
export type TenderFeedback =
  /** Who won, and at what price. */
  | 'winning-bid'
  /** The price that each of them asked for. */
  | 'all-bids'

/** Who may bid, and what a fade costs. */
export interface TenderDisciplines {
  /** How much time passes from tender to tender, seconds. */
  readonly tenderSeconds: number
  readonly kept: readonly ('fade-breaker' | 'reputation')[]
  readonly bonds?: {
    /** Of each bidder, in order values. */
    readonly posted: number
    /** What must be left of it to bid. */
    readonly least: number
    readonly slashBps: number
    /** How long a slashed bidder may not bid. */
    readonly denySeconds: number
  }
}

/** The play that overcharge is measured against, on the same costs, delays and ties. */
export interface TenderCounterfactual {
  /** How whoever is replaced bids. */
  readonly strategy: StrategyConfig
  /** In place of the study's; truthful bids at second price pay what the second-cheapest would cost. */
  readonly mechanism?: MechanismConfig
  readonly replaces: 'misconduct' | 'misconduct-and-learners'
}

export interface TenderStudy {
  readonly mechanism: MechanismConfig
  /** The most that a user pays. */
  readonly reserve: number
  readonly bidders: readonly TenderBidder[]
  /** Rings whose members tell each other their costs before every tender; by members. */
  readonly talkingRings: readonly (readonly string[])[]
  /** Tenders of a session. */
  readonly tenders: number
  /** Parts of equal length in which a session is reported. */
  readonly blocks: number
  /** Play has settled when the mean price of a block stays this close to that of the last quarter. */
  readonly tolerance: number
  readonly feedback: TenderFeedback
  readonly markets: { readonly chains: number; readonly assets: number; readonly users: number }
  /** σ of the logarithm of what multiplies the costs of all in a tender; 0: costs are everyone's own. */
  readonly sharedCostSigma: number
  /** Uniform, whole ms. */
  readonly delaysMs: { readonly low: number; readonly high: number }
  /** What an attempt that comes too late costs, where bidders race. */
  readonly attemptCost: number
  /** Who alone may take an order for as long as the rule says: a bidder, one drawn for each tender, nobody. */
  readonly exclusiveTo: string | typeof DRAWN | null
  /** Of so many orders, in millionths, the bids of the others are seen by some before theirs is due. */
  readonly leak?: { readonly ppm: number; readonly to: readonly string[] }
  readonly disciplines?: TenderDisciplines
  readonly counterfactual: TenderCounterfactual | null
  /** Regret is measured in one tender of so many. */
  readonly regretEvery: number
  /** Of session 1 so many tenders, the last ones, are kept with all bids. */
  readonly kept: number
}

/** In place of a bidder's name: drawn for each tender. */
export const DRAWN = 'drawn'
