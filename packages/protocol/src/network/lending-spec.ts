// A lending pool: a contract on one chain with a reserve for each token that can be supplied and borrowed there. Parameters are
// Aave's (v3.7), amounts and rates as its contracts keep them. docs/models/lending-pool.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { LiquidationEngine } from './liquidation-engine.ts'
import type { PriceRule } from './oracle-spec.ts'
import type { PoolInsurance } from './pool-insurance.ts'

export interface LendingPoolSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** Who gets fees, and may mint what was set aside for it. */
  readonly treasury: Address
  readonly reserves: readonly LendingReserveSpec[]
  readonly eModes: readonly EModeSpec[]
  readonly engine: LiquidationEngine
  /** What pays bad debt before suppliers bear it; null: nothing. */
  readonly insurance: PoolInsurance | null
  /** An oracle that tells whether the chain's sequencer is up, and how long after it the pool waits; null: nobody asks. */
  readonly uptime: { readonly oracle: Address; readonly graceSeconds: number } | null
}

export interface LendingReserveSpec {
  /** A coin, or the receipt of another pool. */
  readonly token: Address
  readonly symbol: string
  readonly price: PriceRule
  readonly terms: LendingTerms
}

/** How far a collateral may be borrowed against, and what happens beyond. Basis points. */
export interface LendingCollateralTerms {
  readonly ltvBps: bigint
  readonly liquidationThresholdBps: bigint
  /** 10,500: who repays 100 is paid 105. */
  readonly liquidationBonusBps: bigint
}

export interface LendingTerms extends LendingCollateralTerms {
  readonly decimals: number
  /** Of the bonus, for the treasury. */
  readonly liquidationProtocolFeeBps: bigint
  /** Of the interest, for the treasury. */
  readonly reserveFactorBps: bigint
  /** Whole units; 0: none. */
  readonly supplyCap: bigint
  readonly borrowCap: bigint
  readonly borrowing: 'enabled' | 'disabled'
  readonly status: 'active' | 'frozen' | 'paused'
  /** No liquidation up to this time, Unix seconds; 0: none. */
  readonly liquidationGraceUntil: number
  /** Rates a year, in ray. */
  readonly rateCurve: {
    readonly optimalUsageRay: bigint
    readonly baseRay: bigint
    readonly slope1Ray: bigint
    readonly slope2Ray: bigint
  }
}

/** Correlated coins, lent against each other on better terms. */
export interface EModeSpec extends LendingCollateralTerms {
  readonly name: string
  readonly collateral: readonly Address[]
  readonly borrowable: readonly Address[]
}
