// A pool of concentrated liquidity in exact integers: liquidity between ticks, fees by growth a unit. Source: Uniswap v3-core,
// UniswapV3Pool.sol (mint, burn, collect, swap), Tick.sol, Position.sol, TickBitmap.sol. A swap stops, as the contract's does,
// at the ends of the bitmap's words too: each stop rounds, and so the amounts are the same to the unit. Sums of fee growth
// overflow on purpose; only differences of them mean anything. Without the contract's observations of past prices.
import type { StateMap } from '../../ledger/state-map.ts'
import { type Outcome, refused } from '../../outcome.ts'
import { KeySet, type KeyWords } from '../../queues/key-set.ts'
import { type FeeGrowth, feeGrowthInside, grownBy, NO_GROWTH } from './fee-growth.ts'
import { amount0Floor, amount0Up, amount1Floor, amount1Up } from './sqrt-price-math.ts'
import { swapStep } from './swap-step.ts'
import {
  MAX_SQRT_RATIO,
  MAX_TICK,
  MIN_SQRT_RATIO,
  MIN_TICK,
  sqrtRatioAtTickUp,
  tickAtSqrtRatioFloor,
} from './tick-math.ts'

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

export interface ConcentratedPoolRules {
  readonly feePips: bigint
  readonly tickSpacing: number
}

export interface Range {
  readonly owner: string
  readonly tickLower: number
  readonly tickUpper: number
}

export interface ConcentratedSwap {
  readonly zeroForOne: boolean
  /** In when positive, out when negative. */
  readonly amount: bigint
  /** Where the swap stops with what it has. */
  readonly sqrtPriceLimitX96: bigint
}

interface Amounts {
  readonly amount0: bigint
  readonly amount1: bigint
}

export type RangeRefusal = 'bad-ticks' | 'zero-liquidity' | 'too-much-liquidity' | 'too-little-liquidity'

const WORD_TICKS = 256
/** Keys of the set of ticks are not negative; a multiple of a word, so that words keep their ends. */
const KEY_OFFSET = 3_466 * WORD_TICKS
const MAX_UINT128 = (1n << 128n) - 1n

export class ConcentratedPool {
  readonly #state: ConcentratedPoolState
  readonly #rules: ConcentratedPoolRules
  readonly #initialised: KeySet
  readonly #maxLiquidityPerTick: bigint

  constructor(state: ConcentratedPoolState, rules: ConcentratedPoolRules) {
    this.#state = state
    this.#rules = rules
    this.#initialised = new KeySet(state.initialised)
    const ticksOneSide = Math.floor(MAX_TICK / rules.tickSpacing)
    this.#maxLiquidityPerTick = MAX_UINT128 / BigInt(2 * ticksOneSide + 1)
  }

  /** Undefined until the pool is initialised. */
  price(): PoolPrice | undefined {
    return this.#state.price.get('now')
  }

  position(range: Range): PoolPosition | undefined {
    return this.#state.positions.get(keyOf(range))
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
      const next = this.#nextTick(tick, zeroForOne)
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
        if (next.isInitialised) liquidity += this.#cross(next.tick, feeGrowthGlobal, zeroForOne)
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
    if (!this.#areTicks(tickLower, tickUpper)) return 'bad-ticks'
    const gross = [tickLower, tickUpper].map(
      (tick) => (this.#state.ticks.get(tick)?.liquidityGross ?? 0n) + delta,
    )
    if (gross.some((liquidity) => liquidity > this.#maxLiquidityPerTick)) return 'too-much-liquidity'
    if (delta !== 0n) {
      this.#updateTick(price, tickLower, delta, delta)
      this.#updateTick(price, tickUpper, delta, -delta)
    }
    const inside = feeGrowthInside({
      lower: this.#state.ticks.get(tickLower) as TickInfo,
      upper: this.#state.ticks.get(tickUpper) as TickInfo,
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
    for (const tick of [tickLower, tickUpper]) this.#clearTick(tick)
    if (tickLower <= price.tick && price.tick < tickUpper)
      this.#state.price.set('now', { ...price, liquidity: price.liquidity + delta })
    return null
  }

  #areTicks(lower: number, upper: number): boolean {
    const { tickSpacing } = this.#rules
    const isSpaced = Number.isInteger(lower / tickSpacing) && Number.isInteger(upper / tickSpacing)
    return isSpaced && lower < upper && lower >= MIN_TICK && upper <= MAX_TICK
  }

  #updateTick(price: PoolPrice, tick: number, delta: bigint, net: bigint): void {
    const info = this.#state.ticks.get(tick)
    if (info === undefined) this.#initialised.add(this.#keyOfTick(tick))
    // By convention all growth so far happened below a tick that starts to count.
    const fresh = tick <= price.tick ? price.feeGrowthGlobal : NO_GROWTH
    this.#state.ticks.set(tick, {
      liquidityGross: (info?.liquidityGross ?? 0n) + delta,
      liquidityNet: (info?.liquidityNet ?? 0n) + net,
      feeGrowthOutside: info?.feeGrowthOutside ?? fresh,
    })
  }

  #clearTick(tick: number): void {
    if (this.#state.ticks.get(tick)?.liquidityGross !== 0n) return
    this.#state.ticks.delete(tick)
    this.#initialised.remove(this.#keyOfTick(tick))
  }

  #cross(tick: number, feeGrowthGlobal: FeeGrowth, zeroForOne: boolean): bigint {
    const info = this.#state.ticks.get(tick) as TickInfo
    const outside = info.feeGrowthOutside
    this.#state.ticks.set(tick, {
      ...info,
      feeGrowthOutside: {
        token0: BigInt.asUintN(256, feeGrowthGlobal.token0 - outside.token0),
        token1: BigInt.asUintN(256, feeGrowthGlobal.token1 - outside.token1),
      },
    })
    return zeroForOne ? -info.liquidityNet : info.liquidityNet
  }

  /** The next initialised tick in the word of the bitmap, or the word's end. */
  #nextTick(tick: number, isDown: boolean): { readonly tick: number; readonly isInitialised: boolean } {
    const { tickSpacing } = this.#rules
    const key = Math.floor(tick / tickSpacing) + KEY_OFFSET
    const from = isDown ? key : key + 1
    const start = Math.floor(from / WORD_TICKS) * WORD_TICKS
    const end = isDown ? start : start + WORD_TICKS - 1
    const found = isDown ? this.#initialised.below(key + 1) : this.#initialised.above(key)
    const isInitialised = found !== null && (isDown ? found >= end : found <= end)
    const next = ((isInitialised ? found : end) - KEY_OFFSET) * tickSpacing
    return { tick: next < MIN_TICK ? MIN_TICK : next > MAX_TICK ? MAX_TICK : next, isInitialised }
  }

  #keyOfTick(tick: number): number {
    return tick / this.#rules.tickSpacing + KEY_OFFSET
  }
}

/** A pool of its own, for whoever needs no undo. */
export function plainConcentratedPool(): ConcentratedPoolState {
  return { price: new Map(), ticks: new Map(), initialised: new Map(), positions: new Map() }
}

type AmountBetween = (a: bigint, b: bigint, liquidity: bigint) => bigint

/** What liquidity of a range holds: token 1 below the price, token 0 above it. */
function amountsOf(
  price: PoolPrice,
  { tickLower, tickUpper }: Range,
  liquidity: bigint,
  amount0Of: AmountBetween,
  amount1Of: AmountBetween,
): Amounts {
  const lower = sqrtRatioAtTickUp(tickLower)
  const upper = sqrtRatioAtTickUp(tickUpper)
  if (price.tick < tickLower) return { amount0: amount0Of(lower, upper, liquidity), amount1: 0n }
  if (price.tick >= tickUpper) return { amount0: 0n, amount1: amount1Of(lower, upper, liquidity) }
  return {
    amount0: amount0Of(price.sqrtPriceX96, upper, liquidity),
    amount1: amount1Of(lower, price.sqrtPriceX96, liquidity),
  }
}

function feesFloor(since: bigint, inside: bigint, liquidity: bigint): bigint {
  return BigInt.asUintN(128, (BigInt.asUintN(256, inside - since) * liquidity) >> 128n)
}

function keyOf({ owner, tickLower, tickUpper }: Range): string {
  return `${owner}|${tickLower}|${tickUpper}`
}
