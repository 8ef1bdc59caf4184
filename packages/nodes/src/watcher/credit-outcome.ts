// What is reported of lending pools, isolated markets and oracles at the end of a run.

export interface ReserveOutcome {
  /** The pool's name and the reserve's asset. */
  readonly id: string
  readonly asset: string
  /** Base units of the asset. */
  readonly cash: bigint
  readonly borrowed: bigint
  /** What suppliers could claim together. */
  readonly supplied: bigint
  /** In the run: brought in by suppliers, and taken out. */
  readonly broughtIn: bigint
  readonly withdrawn: bigint
  /** Of its interest and of liquidations, not minted yet. */
  readonly forTreasury: bigint
  /** borrowed / (cash + borrowed), 0 to 1. */
  readonly utilisation: number
  readonly peakUtilisation: number
  /** A year: 0.05 is 5 %. */
  readonly supplyRate: number
  readonly borrowRate: number
  /** Of debts in this asset: how many, what was repaid, and what collateral of this asset was seized. */
  readonly liquidations: number
  readonly repaid: bigint
  readonly seized: bigint
  /** Written off, and what of it nobody has covered. */
  readonly badDebt: bigint
  readonly deficit: bigint
  /** Of it paid when it was booked: by the pool's own fund, and by others of its mutual. */
  readonly paidByFund: bigint
  readonly paidByMutual: bigint
  /** What the pool's fund has at the end. */
  readonly fund: bigint
}

export interface PoolOutcomeOfLending {
  readonly id: string
  /** Accounts in debt, of them those that may be liquidated at the oracles' prices, and those whose debt is above their collateral. */
  readonly indebted: number
  readonly liquidatable: number
  readonly underwater: number
  /** Accounts that cannot be judged because a price is missing. */
  readonly unpriced: number
}

export interface OracleOutcome {
  readonly id: string
  readonly asset: string
  /** What it says at the end, times 10^8; null: nothing. */
  readonly priceE8: bigint | null
  /** Answers since genesis, and the longest that one stood, in seconds. */
  readonly updates: number
  readonly longestSeconds: number
  /** Of its answer at the end; null: it has none. */
  readonly ageSeconds: number | null
}
