// What a market's contract is to the chain, whatever its design: it is opened with what genesis gave it, says where its
// price stands, and answers calls by what they would move. Its state is behind the chain's undo log.
import type { Address } from '@solvent/primitives'
import type { MarketSpec, RevertReason, Rounding } from '@solvent/protocol'
import type { Outcome } from '../../outcome.ts'
import type { SettlementRules } from '../../settlement-rules.ts'
import type { PriceAccumulator } from '../constant-product/price-accumulator.ts'
import type { SwapSide } from '../constant-product/sell.ts'

export interface Swap {
  readonly side: SwapSide
  readonly amountIn: bigint
  readonly nowSeconds: number
  readonly rules: SettlementRules
}

export interface Swapped {
  readonly amountOut: bigint
  readonly rounding: readonly Rounding[]
}

export interface LiquidityChange {
  readonly amount0: bigint
  readonly amount1: bigint
  readonly shares: bigint
  /** Shares that are minted and belong to nobody. */
  readonly locked: bigint
  readonly rounding: readonly Rounding[]
}

export interface Added {
  readonly amount0: bigint
  readonly amount1: bigint
  readonly nowSeconds: number
}

/** What a pool of a genesis holds. */
export interface PoolHoldings {
  readonly reserve0: bigint
  readonly reserve1: bigint
  readonly shares: bigint
}

export interface MarketPrice extends Pick<PoolHoldings, 'reserve0' | 'reserve1'> {
  readonly priceX96: bigint
}

export interface MarketContract {
  readonly spec: MarketSpec
  readonly shareToken: Address
  open(holdings: PoolHoldings): void
  price(): MarketPrice
  holdings(): PoolHoldings
  /** Of a pair: the sums of price × seconds up to now; null where a design keeps none. */
  accumulated(nowSeconds: number): PriceAccumulator | null
  swap(swap: Swap): Outcome<Swapped, RevertReason>
  add(added: Added): Outcome<LiquidityChange, RevertReason>
  remove(shares: bigint, nowSeconds: number): Outcome<LiquidityChange, RevertReason>
}
