// The ticks of a pool at which liquidity begins or ends, and which of them comes next. Source: Uniswap v3-core, Tick.sol
// (update, clear, cross), TickBitmap.sol (nextInitializedTickWithinOneWord).
import { KeySet } from '../../queues/key-set.ts'
import { type FeeGrowth, NO_GROWTH } from './fee-growth.ts'
import type { ConcentratedPoolState, PoolPrice, TickInfo } from './pool-state.ts'
import type { TickRange } from './range-amounts.ts'
import { MAX_TICK, MIN_TICK } from './tick-math.ts'

const WORD_TICKS = 256
/** Keys of the set of ticks are not negative; a multiple of a word, so that words keep their ends. */
const KEY_OFFSET = 3_466 * WORD_TICKS
const MAX_UINT128 = (1n << 128n) - 1n

export class TickTable {
  readonly #ticks: ConcentratedPoolState['ticks']
  readonly #initialised: KeySet
  readonly #tickSpacing: number
  readonly #maxLiquidity: bigint

  constructor(state: Pick<ConcentratedPoolState, 'ticks' | 'initialised'>, tickSpacing: number) {
    this.#ticks = state.ticks
    this.#initialised = new KeySet(state.initialised)
    this.#tickSpacing = tickSpacing
    const ticksOneSide = Math.floor(MAX_TICK / tickSpacing)
    this.#maxLiquidity = MAX_UINT128 / BigInt(2 * ticksOneSide + 1)
  }

  get(tick: number): TickInfo | undefined {
    return this.#ticks.get(tick)
  }

  areEnds({ tickLower: lower, tickUpper: upper }: TickRange): boolean {
    const tickSpacing = this.#tickSpacing
    const isSpaced = Number.isInteger(lower / tickSpacing) && Number.isInteger(upper / tickSpacing)
    return isSpaced && lower < upper && lower >= MIN_TICK && upper <= MAX_TICK
  }

  /** Whether a tick may have so much more liquidity. */
  hasRoom(tick: number, delta: bigint): boolean {
    return (this.#ticks.get(tick)?.liquidityGross ?? 0n) + delta <= this.#maxLiquidity
  }

  update(price: PoolPrice, tick: number, delta: bigint, net: bigint): void {
    const info = this.#ticks.get(tick)
    if (info === undefined) this.#initialised.add(this.#keyOfTick(tick))
    // By convention all growth so far happened below a tick that starts to count.
    const fresh = tick <= price.tick ? price.feeGrowthGlobal : NO_GROWTH
    this.#ticks.set(tick, {
      liquidityGross: (info?.liquidityGross ?? 0n) + delta,
      liquidityNet: (info?.liquidityNet ?? 0n) + net,
      feeGrowthOutside: info?.feeGrowthOutside ?? fresh,
    })
  }

  /** Forgets a tick at which nothing begins or ends any more. */
  clear(tick: number): void {
    if (this.#ticks.get(tick)?.liquidityGross !== 0n) return
    this.#ticks.delete(tick)
    this.#initialised.remove(this.#keyOfTick(tick))
  }

  /** Turns a tick's outside over; what the liquidity in range changes by. */
  cross(tick: number, feeGrowthGlobal: FeeGrowth, zeroForOne: boolean): bigint {
    const info = this.#ticks.get(tick) as TickInfo
    const outside = info.feeGrowthOutside
    this.#ticks.set(tick, {
      ...info,
      feeGrowthOutside: {
        token0: BigInt.asUintN(256, feeGrowthGlobal.token0 - outside.token0),
        token1: BigInt.asUintN(256, feeGrowthGlobal.token1 - outside.token1),
      },
    })
    return zeroForOne ? -info.liquidityNet : info.liquidityNet
  }

  /** The next initialised tick in the word of the bitmap, or the word's end. */
  next(tick: number, isDown: boolean): { readonly tick: number; readonly isInitialised: boolean } {
    const tickSpacing = this.#tickSpacing
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
    return tick / this.#tickSpacing + KEY_OFFSET
  }
}
