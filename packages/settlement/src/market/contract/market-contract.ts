// What a market's contract is to the chain: it is opened with what genesis gave it, says where its price stands, and answers
// calls by what they would move. Its state is behind the chain's undo log.
import type { Address } from '@solvent/primitives'
import type { MarketEvent, MarketSpec, RevertReason, Rounding } from '@solvent/protocol'
import type { PriceReading } from '../../oracle/price-reading.ts'
import type { Outcome } from '../../outcome.ts'
import type { SettlementRules } from '../../settlement-rules.ts'
import type { Amounts } from '../concentrated/range-amounts.ts'
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
  /** What else there is to say of it. */
  readonly events: readonly MarketEvent[]
}

export interface LiquidityChange extends Amounts {
  readonly shares: bigint
  /** Shares that are minted and belong to nobody. */
  readonly locked: bigint
  readonly rounding: readonly Rounding[]
}

export interface Added extends Amounts {
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

/** What every market does, whatever its design. */
export interface Venue {
  readonly spec: MarketSpec
  open(holdings: PoolHoldings): void
  price(): MarketPrice
  /** What oracles may read of its prices up to now; null where a design keeps nothing. */
  accumulated(nowSeconds: number): PriceReading | null
  swap(swap: Swap): Outcome<Swapped, RevertReason>
  /** More than this is never worth selling here. */
  capacity(side: SwapSide): bigint
}

/** A market whose depth belongs to shares. */
export interface SharedPool extends Venue {
  readonly kind: 'shares'
  readonly shareToken: Address
  holdings(): PoolHoldings
  add(added: Added): Outcome<LiquidityChange, RevertReason>
  remove(shares: bigint, nowSeconds: number): Outcome<LiquidityChange, RevertReason>
}

/** More than this many times what a pool holds is never worth paying into it. */
const MOST_RESERVES = 16n

/** The capacity of a pool that has a price however much comes in. */
export function reservesCapacity({ reserve0, reserve1 }: MarketPrice, side: SwapSide): bigint {
  return MOST_RESERVES * (side === 'sell-0' ? reserve0 : reserve1)
}
