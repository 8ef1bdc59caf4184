// One pool of concentrated liquidity as its events tell it: positions with the fees that each has earned, where the price is,
// and what the pool holds. Fees are given to positions segment by segment of a swap's way, in real amounts, where the contract
// keeps growth outside of ticks. Every change makes a new state, so that it can be taken back.
import { type Address, ln } from '@solvent/primitives'
import type { ConcentratedDesign, MarketSpec } from '@solvent/protocol'
import { AMOUNT_BITS, coarseness, heldAt, heldBetween, rootAt } from './range-arithmetic.ts'

export interface HeldRange {
  readonly owner: Address
  readonly tickLower: number
  readonly tickUpper: number
  readonly liquidity: bigint
  /** Earned and not paid, in 2^-64 units. */
  readonly fees0: bigint
  readonly fees1: bigint
  /** Steps of rounding in them. */
  readonly steps: bigint
}

export interface RangeState {
  readonly ranges: ReadonlyMap<string, HeldRange>
  readonly root: bigint
  readonly reserve0: bigint
  readonly reserve1: bigint
  /** What roundings may have left in the pool, or the audit's own may differ by: whole units. */
  readonly dust0: bigint
  readonly dust1: bigint
}

export type RangeKey = Pick<HeldRange, 'owner' | 'tickLower' | 'tickUpper'>

const PIPS = 1_000_000n
const WORD_TICKS = 256

export const keyOfRange = ({ owner, tickLower, tickUpper }: RangeKey): string =>
  `${owner}|${tickLower}|${tickUpper}`

export function openedRanges({ sqrtPriceX96, ranges }: ConcentratedDesign): RangeState {
  const opened = ranges.map((range): [string, HeldRange] => [
    keyOfRange(range),
    { ...range, fees0: 0n, fees1: 0n, steps: 1n },
  ])
  const state = { ranges: new Map(opened), root: sqrtPriceX96, reserve0: 0n, reserve1: 0n }
  const dust = { dust0: 0n, dust1: 0n }
  return ranges.reduce<RangeState>((sum, { liquidity }) => dusted(sum, liquidity, 1n), { ...state, ...dust })
}

/** The state in which more roundings of amounts of this liquidity have happened. */
export function dusted(state: RangeState, liquidity: bigint, steps: bigint): RangeState {
  const { amount0, amount1 } = coarseness(state.root, liquidity)
  return { ...state, dust0: state.dust0 + steps * amount0, dust1: state.dust1 + steps * amount1 }
}

/** The liquidity in range at a tick. */
export function liquidityAt({ ranges }: RangeState, tick: number): bigint {
  let sum = 0n
  for (const { tickLower, tickUpper, liquidity } of ranges.values())
    if (tickLower <= tick && tick < tickUpper) sum += liquidity
  return sum
}

/** What the pool owes: all that its ranges hold, and their fees, in whole units. */
export function owedBy({ ranges, root }: RangeState): { readonly amount0: bigint; readonly amount1: bigint } {
  let [sum0, sum1] = [0n, 0n]
  for (const range of ranges.values()) {
    const { amount0, amount1 } = heldAt(root, range)
    sum0 += amount0 + range.fees0
    sum1 += amount1 + range.fees1
  }
  return { amount0: sum0 >> AMOUNT_BITS, amount1: sum1 >> AMOUNT_BITS }
}

interface Way {
  readonly isDown: boolean
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** Where it ends. */
  readonly root: bigint
  readonly tick: number
}

/** The pool after a swap, or why the swap's amounts are not those of its way. */
export function swappedRanges(
  { design }: Pick<MarketSpec, 'design'>,
  state: RangeState,
  way: Way,
): RangeState | string {
  const { isDown, amountIn, amountOut, root } = way
  if (isDown ? root > state.root : root < state.root) return `moves its price the wrong way, to ${root}`
  const { feePips, tickSpacing } = design as ConcentratedDesign
  const fee = BigInt(feePips)
  const [low, high] = isDown ? [root, state.root] : [state.root, root]
  const ranges = new Map(state.ranges)
  const segments = segmentsOf(ranges, low, high, isDown)
  let [paidIn, paidOut, deepest] = [0n, 0n, 0n]
  segments.forEach(({ from, to, liquidity }, index) => {
    const between = heldBetween(from, to, liquidity)
    const [came, gone] = isDown ? [between.amount0, between.amount1] : [between.amount1, between.amount0]
    const rest = (amountIn << AMOUNT_BITS) - paidIn
    const feeHere = index === segments.length - 1 ? rest - came : (came * fee) / (PIPS - fee)
    paidIn += came + feeHere
    paidOut += gone
    if (liquidity > deepest) deepest = liquidity
    if (liquidity > 0n) earn(ranges, { from, to, liquidity, fee: feeHere, isDown })
  })
  const words = BigInt(1 + Math.ceil(distance(state.root, root) / (WORD_TICKS * tickSpacing)))
  const steps = words + BigInt(segments.length)
  const { amount0, amount1 } = coarseness(low, deepest)
  const [slackIn, slackOut] = isDown ? [steps * amount0, steps * amount1] : [steps * amount1, steps * amount0]
  const net = segments.reduce((sum, { from, to, liquidity }) => {
    const between = heldBetween(from, to, liquidity)
    return sum + (isDown ? between.amount0 : between.amount1)
  }, 0n)
  const wanted = ((net * PIPS) / (PIPS - fee)) >> AMOUNT_BITS
  if (amountIn + 2n * slackIn < wanted || amountIn > wanted + 2n * slackIn)
    return `takes ${amountIn} on a way that costs ${wanted}`
  const given = paidOut >> AMOUNT_BITS
  if (amountOut > given + slackOut || amountOut + slackOut < given)
    return `pays ${amountOut} on a way that gives ${given}`
  const [into0, into1] = isDown ? [amountIn, -amountOut] : [-amountOut, amountIn]
  for (const [key, range] of ranges) ranges.set(key, { ...range, steps: range.steps + steps })
  const reserves = { reserve0: state.reserve0 + into0, reserve1: state.reserve1 + into1 }
  return dusted({ ...state, ...reserves, root, ranges }, deepest, 2n * steps)
}

interface Segment {
  readonly from: bigint
  readonly to: bigint
  readonly liquidity: bigint
}

/** The way in pieces over which the liquidity is the same, in the order in which the price passes them. */
function segmentsOf(
  ranges: ReadonlyMap<string, HeldRange>,
  low: bigint,
  high: bigint,
  isDown: boolean,
): Segment[] {
  const ends = [...ranges.values()].flatMap(({ tickLower, tickUpper }) => [
    rootAt(tickLower),
    rootAt(tickUpper),
  ])
  const inside = [...new Set(ends)].filter((end) => low < end && end < high)
  const points = [low, ...inside.sort((a, b) => (a < b ? -1 : 1)), high]
  const segments = points.slice(1).map((to, index): Segment => {
    const from = points[index]!
    let liquidity = 0n
    for (const range of ranges.values()) if (covers(range, from, to)) liquidity += range.liquidity
    return { from, to, liquidity }
  })
  return isDown ? segments.reverse() : segments
}

function covers({ tickLower, tickUpper }: HeldRange, from: bigint, to: bigint): boolean {
  const middle = (from + to) / 2n
  return rootAt(tickLower) <= middle && middle < rootAt(tickUpper)
}

function earn(
  ranges: Map<string, HeldRange>,
  segment: Segment & { readonly fee: bigint; readonly isDown: boolean },
): void {
  const { from, to, liquidity, fee, isDown } = segment
  for (const [key, range] of ranges) {
    if (!covers(range, from, to)) continue
    const part = (fee * range.liquidity) / liquidity
    ranges.set(
      key,
      isDown ? { ...range, fees0: range.fees0 + part } : { ...range, fees1: range.fees1 + part },
    )
  }
}

/** Ticks between two roots, at least: a tick is 0.005 % of a root. */
function distance(a: bigint, b: bigint): number {
  const [low, high] = a < b ? [a, b] : [b, a]
  const scaled = Number((high * 1_000_000_000n) / low) / 1e9
  return Math.ceil((2 * ln(scaled)) / ln(1.0001)) + 1
}
