// A pool of concentrated liquidity as a contract: Uniswap v3-core's pool and what v3-periphery reckons around it (SwapRouter.sol
// with an exact input and no price limit; NonfungiblePositionManager.sol, mint, and decreaseLiquidity with collect). A swap for
// which the ranges hold too little is refused, where the router would do a part of it. Reserves count fees that wait.
import type { Address } from '@solvent/primitives'
import {
  type ConcentratedDesign,
  type MarketEvent,
  type MarketSpec,
  PRICE_BITS,
  type RangeVault,
  type RevertReason,
} from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import { type Outcome, refused } from '../../outcome.ts'
import type { SettlementRules } from '../../settlement-rules.ts'
import { ConcentratedPool, type Range, type RangeRefusal } from '../concentrated/concentrated-pool.ts'
import type { PoolPosition, PoolPrice, TickInfo } from '../concentrated/pool-state.ts'
import { type Amounts, liquidityFloor } from '../concentrated/range-amounts.ts'
import { accumulateTick, type TickAccumulator } from '../concentrated/tick-accumulator.ts'
import { MAX_SQRT_RATIO, MIN_SQRT_RATIO } from '../concentrated/tick-math.ts'
import type { SwapSide } from '../constant-product/sell.ts'
import {
  type MarketPrice,
  type PoolHoldings,
  reservesCapacity,
  type Swap,
  type Swapped,
  type Venue,
} from './market-contract.ts'

interface Minted extends Amounts {
  readonly liquidity: bigint
}

interface Burned extends Amounts {
  readonly paid0: bigint
  readonly paid1: bigint
}

export class RangeContract implements Venue {
  readonly kind = 'ranges'
  readonly spec: MarketSpec
  readonly #design: ConcentratedDesign
  readonly #pool: ConcentratedPool
  readonly #reserves: UndoableCell<Amounts>
  readonly #ticks: UndoableCell<TickAccumulator>

  constructor(log: UndoLog, spec: MarketSpec, design: ConcentratedDesign) {
    this.spec = spec
    this.#design = design
    const state = {
      price: new UndoableMap<'now', PoolPrice>(log),
      ticks: new UndoableMap<number, TickInfo>(log),
      initialised: new UndoableMap<number, number>(log),
      positions: new UndoableMap<string, PoolPosition>(log),
    }
    const { feePips, tickSpacing } = design
    this.#pool = new ConcentratedPool(state, { feePips: BigInt(feePips), tickSpacing })
    this.#reserves = new UndoableCell<Amounts>(log, { amount0: 0n, amount1: 0n })
    this.#ticks = new UndoableCell<TickAccumulator>(log, { tickCumulative: 0n, blockTimestampLast: 0 })
  }

  open({ reserve0, reserve1 }: PoolHoldings): void {
    this.#pool.initialise(this.#design.sqrtPriceX96)
    for (const { liquidity, ...range } of this.#design.ranges) this.#pool.mint(range, liquidity)
    this.#reserves.set({ amount0: reserve0, amount1: reserve1 })
  }

  price(): MarketPrice {
    const { amount0, amount1 } = this.#reserves.get()
    const root = this.root()
    return { reserve0: amount0, reserve1: amount1, priceX96: (root * root) >> PRICE_BITS }
  }

  /** Root of the price, times 2^96. */
  root(): bigint {
    return this.#pool.price()?.sqrtPriceX96 ?? 0n
  }

  liquidityOf(range: Range): bigint {
    return this.#pool.position(range)?.liquidity ?? 0n
  }

  /** One that owns a range here. */
  vault(address: Address): RangeVault | undefined {
    return this.#design.vaults.find((vault) => vault.address === address)
  }

  accumulated(nowSeconds: number): TickAccumulator {
    return accumulateTick(this.#ticks.get(), this.#pool.price()?.tick ?? 0, nowSeconds)
  }

  capacity(side: SwapSide): bigint {
    const { reserve0, reserve1, priceX96 } = this.price()
    // All of the depth may be of the one token: what comes in is then counted at the price.
    const held0 = reserve0 + (priceX96 === 0n ? 0n : (reserve1 << PRICE_BITS) / priceX96)
    const held1 = reserve1 + ((reserve0 * priceX96) >> PRICE_BITS)
    return reservesCapacity({ reserve0: held0, reserve1: held1, priceX96 }, side)
  }

  swap({ side, amountIn, nowSeconds, rules }: Swap): Outcome<Swapped, RevertReason> {
    const zeroForOne = side === 'sell-0'
    const sqrtPriceLimitX96 = zeroForOne ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n
    const observed = this.accumulated(nowSeconds)
    const swapped = rules.swapRanges(this.#pool, { zeroForOne, amount: amountIn, sqrtPriceLimitX96 })
    if (swapped.status === 'refused') return refused('no-liquidity')
    const { amount0, amount1 } = swapped
    const [taken, amountOut] = zeroForOne ? [amount0, -amount1] : [amount1, -amount0]
    if (taken !== amountIn || amountOut <= 0n) return refused('no-liquidity')
    this.#move({ amount0, amount1 })
    this.#ticks.set(observed)
    return { status: 'ok', amountOut, rounding: [], events: [this.#moved()] }
  }

  /** Provides as much liquidity between two ticks as both amounts allow. */
  mint(range: Range, wanted: Amounts): Outcome<Minted, RevertReason> {
    const price = this.#pool.price()
    if (price === undefined || !this.#pool.areEnds(range)) return refused('bad-ticks')
    const liquidity = liquidityFloor(price.sqrtPriceX96, range, wanted)
    const minted = this.#pool.mint(range, liquidity)
    if (minted.status === 'refused') return refused(REFUSALS[minted.reason])
    const { amount0, amount1 } = minted
    this.#move({ amount0, amount1 })
    return { status: 'ok', liquidity, amount0, amount1 }
  }

  /** Takes liquidity out and pays what the position is owed. */
  burn(range: Range, liquidity: bigint, rules: SettlementRules): Outcome<Burned, RevertReason> {
    const burned = this.#pool.burn(range, liquidity)
    if (burned.status === 'refused') return refused(REFUSALS[burned.reason])
    const { amount0: paid0, amount1: paid1 } = rules.collectRange(this.#pool, range)
    this.#move({ amount0: -paid0, amount1: -paid1 })
    return { status: 'ok', amount0: burned.amount0, amount1: burned.amount1, paid0, paid1 }
  }

  #move({ amount0, amount1 }: Amounts): void {
    const held = this.#reserves.get()
    this.#reserves.set({ amount0: held.amount0 + amount0, amount1: held.amount1 + amount1 })
  }

  #moved(): MarketEvent {
    const { sqrtPriceX96, tick, liquidity } = this.#pool.price() as PoolPrice
    return { kind: 'tick-moved', market: this.spec.address, sqrtPriceX96, tick, liquidity }
  }
}

const REFUSALS: Readonly<Record<RangeRefusal | 'not-initialised', RevertReason>> = {
  'bad-ticks': 'bad-ticks',
  'zero-liquidity': 'zero-amount',
  'too-much-liquidity': 'supply-overflow',
  'too-little-liquidity': 'insufficient-balance',
  'not-initialised': 'no-liquidity',
}
