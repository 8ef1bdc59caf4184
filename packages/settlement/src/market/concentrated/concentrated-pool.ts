// A pool of concentrated liquidity in exact integers: liquidity between ticks, fees by growth a unit. Source: Uniswap v3-core,
// UniswapV3Pool.sol (mint, burn, collect, swap), Tick.sol, Position.sol, TickBitmap.sol. A swap stops, as the contract's does,
// at the ends of the bitmap's words too: each stop rounds, and so the amounts are the same to the unit. Sums of fee growth
// overflow on purpose; only differences of them mean anything. Without the contract's observations of past prices.
import { type Outcome, refused } from '../../outcome.ts'
import { feeGrowthInside, grownBy, NO_GROWTH } from './fee-growth.ts'
import type { ConcentratedPoolState, PoolPosition, PoolPrice, TickInfo } from './pool-state.ts'
import { type Amounts, amountsOf, type TickRange } from './range-amounts.ts'
import { amount0Floor, amount0Up, amount1Floor, amount1Up } from './sqrt-price-math.ts'
import { swapStep } from './swap-step.ts'
import { MAX_SQRT_RATIO, MIN_SQRT_RATIO, sqrtRatioAtTickUp, tickAtSqrtRatioFloor } from './tick-math.ts'
import { TickTable } from './tick-table.ts'

export interface ConcentratedPoolRules {
  readonly feePips: bigint
  readonly tickSpacing: number
}

export interface Range extends TickRange {
  readonly owner: string
}

export interface ConcentratedSwap {
  readonly zeroForOne: boolean
  /** In when positive, out when negative. */
  readonly amount: bigint
  /** Where the swap stops with what it has. */
  readonly sqrtPriceLimitX96: bigint
}

export type RangeRefusal = 'bad-ticks' | 'zero-liquidity' | 'too-much-liquidity' | 'too-little-liquidity'

export class ConcentratedPool {
  readonly #state: ConcentratedPoolState
  readonly #rules: ConcentratedPoolRules
  readonly #ticks: TickTable

  constructor(state: ConcentratedPoolState, rules: ConcentratedPoolRules) {
    this.#state = state
    this.#rules = rules
    this.#ticks = new TickTable(state, rules.tickSpacing)
  }

  /** Undefined until the pool is initialised. */
  price(): PoolPrice | undefined {
    return this.#state.price.get('now')
  }

  position(range: Range): PoolPosition | undefined {
    return this.#state.positions.get(keyOf(range))
  }

  /** Whether a range may be from and to these ticks. */
  areEnds(range: TickRange): boolean {
    return this.#ticks.areEnds(range)
  }

  initialise(sqrtPriceX96: bigint): Outcome<{ readonly tick: number }, 'initialised' | 'price-out-of-range'> {
    if (this.price() !== undefined) return refused('initialised')
    if (sqrtPriceX96 < MIN_SQRT_RATIO || sqrtPriceX96 >= MAX_SQRT_RATIO) return refused('price-out-of-range')
    const tick = tickAtSqrtRatioFloor(sqrtPriceX96)
    this.#state.price.set('now', { sqrtPriceX96, tick, liquidity: 0n, feeGrowthGlobal: NO_GROWTH })
    return { status: 'ok', tick }
  }

  /** Adds liquidity to a range; the amounts are to be paid in, rounded up. */
  mint(range: Range, liquidity: bigint): Outcome<Amounts, RangeRefusal | 'not-initialised'> {
    const price = this.price()
    if (price === undefined) return refused('not-initialised')
    if (liquidity <= 0n) return refused('zero-liquidity')
    const reason = this.#change(price, range, liquidity)
    if (reason !== null) return refused(reason)
    return { status: 'ok', ...amountsOf(price, range, liquidity, amount0Up, amount1Up) }
  }

  /**
   * Takes liquidity out of a range; the amounts, rounded down, and the fees so far are owed to the owner until he collects
   * them. A burn of 0 brings the fees up to date.
   */
  burn(range: Range, liquidity: bigint): Outcome<Amounts, RangeRefusal | 'not-initialised'> {
    const price = this.price()
    if (price === undefined) return refused('not-initialised')
    const held = this.position(range)?.liquidity ?? 0n
    if (held === 0n || liquidity < 0n) return refused('zero-liquidity')
    if (liquidity > held) return refused('too-little-liquidity')
    const reason = this.#change(price, range, -liquidity)
    if (reason !== null) return refused(reason)
    const amounts = amountsOf(price, range, liquidity, amount0Floor, amount1Floor)
    const position = this.position(range) as PoolPosition
    this.#state.positions.set(keyOf(range), {
      ...position,
      tokensOwed0: position.tokensOwed0 + amounts.amount0,
      tokensOwed1: position.tokensOwed1 + amounts.amount1,
    })
    return { status: 'ok', ...amounts }
  }

  /** Pays out what a position is owed. */
  collect(range: Range): Amounts {
    const position = this.position(range)
    if (position === undefined) return { amount0: 0n, amount1: 0n }
    const { tokensOwed0: amount0, tokensOwed1: amount1 } = position
    if (position.liquidity === 0n) this.#state.positions.delete(keyOf(range))
    else this.#state.positions.set(keyOf(range), { ...position, tokensOwed0: 0n, tokensOwed1: 0n })
    return { amount0, amount1 }
  }

  /** Amounts are positive into the pool and negative out of it; a swap that meets its price limit does less than asked. */
  swap(swap: ConcentratedSwap): Outcome<Amounts, 'not-initialised' | 'zero-amount' | 'price-limit'> {
    const start = this.price()
    if (start === undefined) return refused('not-initialised')
    const { zeroForOne, amount, sqrtPriceLimitX96: limit } = swap
    if (amount === 0n) return refused('zero-amount')
    const isReachable = zeroForOne
      ? limit < start.sqrtPriceX96 && limit > MIN_SQRT_RATIO
      : limit > start.sqrtPriceX96 && limit < MAX_SQRT_RATIO
    if (!isReachable) return refused('price-limit')
    const isExactIn = amount > 0n
    let { sqrtPriceX96, tick, liquidity, feeGrowthGlobal } = start
    let remaining = amount
    let calculated = 0n
    while (remaining !== 0n && sqrtPriceX96 !== limit) {
      const next = this.#ticks.next(tick, zeroForOne)
      const nextPrice = sqrtRatioAtTickUp(next.tick)
      const isPastLimit = zeroForOne ? nextPrice < limit : nextPrice > limit
      const step = swapStep({
        sqrtPriceX96,
        targetX96: isPastLimit ? limit : nextPrice,
        liquidity,
        amountRemaining: remaining,
        feePips: this.#rules.feePips,
      })
      remaining += isExactIn ? -(step.amountIn + step.feeAmount) : step.amountOut
      calculated += isExactIn ? -step.amountOut : step.amountIn + step.feeAmount
      if (liquidity > 0n) feeGrowthGlobal = grownBy(feeGrowthGlobal, step.feeAmount, liquidity, zeroForOne)
      const moved = step.sqrtPriceX96 !== sqrtPriceX96
      sqrtPriceX96 = step.sqrtPriceX96
      if (sqrtPriceX96 === nextPrice) {
        if (next.isInitialised) liquidity += this.#ticks.cross(next.tick, feeGrowthGlobal, zeroForOne)
        tick = zeroForOne ? next.tick - 1 : next.tick
      } else if (moved) tick = tickAtSqrtRatioFloor(sqrtPriceX96)
    }
    this.#state.price.set('now', { sqrtPriceX96, tick, liquidity, feeGrowthGlobal })
    const spent = amount - remaining
    return zeroForOne === isExactIn
      ? { status: 'ok', amount0: spent, amount1: calculated }
      : { status: 'ok', amount0: calculated, amount1: spent }
  }

  /** Changes a range's liquidity and brings its fees up to date; null when done. */
  #change(price: PoolPrice, range: Range, delta: bigint): RangeRefusal | null {
    const { tickLower, tickUpper } = range
    if (!this.#ticks.areEnds(range)) return 'bad-ticks'
    if (![tickLower, tickUpper].every((tick) => this.#ticks.hasRoom(tick, delta))) return 'too-much-liquidity'
    if (delta !== 0n) {
      this.#ticks.update(price, tickLower, delta, delta)
      this.#ticks.update(price, tickUpper, delta, -delta)
    }
    const inside = feeGrowthInside({
      lower: this.#ticks.get(tickLower) as TickInfo,
      upper: this.#ticks.get(tickUpper) as TickInfo,
      tickLower,
      tickUpper,
      tickCurrent: price.tick,
      feeGrowthGlobal: price.feeGrowthGlobal,
    })
    const position = this.position(range)
    const held = position?.liquidity ?? 0n
    const since = position?.feeGrowthInsideLast ?? inside
    this.#state.positions.set(keyOf(range), {
      liquidity: held + delta,
      feeGrowthInsideLast: inside,
      tokensOwed0: (position?.tokensOwed0 ?? 0n) + feesFloor(since.token0, inside.token0, held),
      tokensOwed1: (position?.tokensOwed1 ?? 0n) + feesFloor(since.token1, inside.token1, held),
    })
    for (const tick of [tickLower, tickUpper]) this.#ticks.clear(tick)
    if (tickLower <= price.tick && price.tick < tickUpper)
      this.#state.price.set('now', { ...price, liquidity: price.liquidity + delta })
    return null
  }
}

/** A swap of a pool, as a rule that may be altered. */
export function swapRanges(
  pool: ConcentratedPool,
  swap: ConcentratedSwap,
): ReturnType<ConcentratedPool['swap']> {
  return pool.swap(swap)
}

/** What a position of a pool is paid, as a rule that may be altered. */
export function collectRange(pool: ConcentratedPool, range: Range): Amounts {
  return pool.collect(range)
}

function feesFloor(since: bigint, inside: bigint, liquidity: bigint): bigint {
  return BigInt.asUintN(128, (BigInt.asUintN(256, inside - since) * liquidity) >> 128n)
}

function keyOf({ owner, tickLower, tickUpper }: Range): string {
  return `${owner}|${tickLower}|${tickUpper}`
}
