// What a pool of concentrated liquidity keeps. Source: Uniswap v3-core, UniswapV3Pool.sol (slot0, liquidity), Tick.sol, Position.sol.
import type { StateMap } from '../../ledger/state-map.ts'
import type { KeyWords } from '../../queues/key-set.ts'
import type { FeeGrowth } from './fee-growth.ts'

/** What changes with every swap. */
export interface PoolPrice {
  readonly sqrtPriceX96: bigint
  readonly tick: number
  /** In range. */
  readonly liquidity: bigint
  readonly feeGrowthGlobal: FeeGrowth
}

export interface TickInfo {
  readonly liquidityGross: bigint
  /** Added when the price crosses upwards. */
  readonly liquidityNet: bigint
  readonly feeGrowthOutside: FeeGrowth
}

export interface PoolPosition {
  readonly liquidity: bigint
  readonly feeGrowthInsideLast: FeeGrowth
  readonly tokensOwed0: bigint
  readonly tokensOwed1: bigint
}

export interface ConcentratedPoolState {
  /** One entry. */
  readonly price: StateMap<'now', PoolPrice>
  readonly ticks: StateMap<number, TickInfo>
  readonly initialised: KeyWords
  /** By owner and ticks. */
  readonly positions: StateMap<string, PoolPosition>
}

/** A pool of its own, for whoever needs no undo. */
export function plainConcentratedPool(): ConcentratedPoolState {
  return { price: new Map(), ticks: new Map(), initialised: new Map(), positions: new Map() }
}
