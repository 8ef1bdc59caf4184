// Decay along a curve of blocks: so many blocks after a start the amount stands so much lower, and moves on a straight line between two such
// points. Source: Uniswap/UniswapX src/lib/NonlinearDutchDecayLib.sol (V3 orders): up to 16 points, relative blocks of 16 bits that ascend,
// relative amounts with a sign that are taken from the start, bounded below by the minimum; rounded in the swapper's favour. Its
// adjustment to the base fee is not here. Blocks are the destination's, amounts base units of the output.
import { mulDivWithResidue } from '@solvent/primitives'
import type { RoundedAmount } from './rounded-amount.ts'

export interface CurvePoint {
  /** After the start; 16 bits. */
  readonly blocks: number
  /** How much less is due there than at the start; below zero: more. */
  readonly fall: bigint
}

export interface BlockCurve {
  readonly startAmount: bigint
  /** Of the destination: up to and with it the start is due. */
  readonly decayStartBlock: number
  /** 1 to 16 points, ascending in blocks. */
  readonly curve: readonly CurvePoint[]
}

export const MOST_CURVE_POINTS = 16
/** More blocks than this count as this many. */
export const MOST_CURVE_BLOCKS = 65_535

const MAX_UINT256 = 2n ** 256n - 1n

/**
 * What is due in a block; `minAmount` is the least ever.
 *
 * @example curveAmount({ startAmount: 1000n, decayStartBlock: 7, curve: [{ blocks: 10, fall: 100n }] }, 850n, 10).amount // 970n
 */
export function curveAmount(
  { startAmount, decayStartBlock, curve }: BlockCurve,
  minAmount: bigint,
  block: number,
): RoundedAmount {
  const elapsed = Math.min(block - decayStartBlock, MOST_CURVE_BLOCKS)
  const bounded = (amount: bigint) => (amount < minAmount ? minAmount : amount)
  let before: CurvePoint = START
  if (elapsed > 0)
    for (const point of curve) {
      if (point.blocks > elapsed) {
        const { amount, rounding } = between(startAmount, before, point, elapsed)
        return amount < minAmount ? { amount: minAmount, rounding: null } : { amount, rounding }
      }
      before = point
    }
  return { amount: bounded(startAmount - before.fall), rounding: null }
}

const START: CurvePoint = Object.freeze({ blocks: 0, fall: 0n })

function between(start: bigint, before: CurvePoint, after: CurvePoint, elapsed: number): RoundedAmount {
  const divisor = BigInt(after.blocks - before.blocks)
  const span = after.fall - before.fall
  const way = span < 0n ? -span : span
  const { quotient, residue } = mulDivWithResidue(way, BigInt(elapsed - before.blocks), divisor)
  const from = start - before.fall
  if (span >= 0n)
    return {
      amount: from - quotient,
      rounding: residue === 0n ? null : { direction: 'floor', residue, divisor },
    }
  if (residue === 0n) return { amount: from + quotient, rounding: null }
  return { amount: from + quotient + 1n, rounding: { direction: 'up', residue: divisor - residue, divisor } }
}

/**
 * The first block from `from` on in which at most `amount` is due, or null.
 *
 * @example firstBlockAtOrBelow({ startAmount: 1000n, decayStartBlock: 7, curve: [{ blocks: 10, fall: 100n }] }, 850n, { amount: 970n, from: 0 }) // 10
 */
export function firstBlockAtOrBelow(
  curve: BlockCurve,
  minAmount: bigint,
  { amount, from }: { readonly amount: bigint; readonly from: number },
): number | null {
  const isDue = (block: number) => curveAmount(curve, minAmount, block).amount <= amount
  let above = from
  if (isDue(above)) return above
  // The start is due up to its block; in the next a point at the start counts at once, without a piece that leads to it.
  const opening = curve.decayStartBlock + 1
  if (opening > above) {
    if (isDue(opening)) return opening
    above = opening
  }
  for (const { blocks } of curve.curve) {
    const end = curve.decayStartBlock + blocks
    if (end <= above) continue
    // On one piece it only falls or only rises, so that an end that is due is found by halving.
    if (isDue(end)) {
      let below = end
      while (below - above > 1) {
        const middle = above + Math.floor((below - above) / 2)
        if (isDue(middle)) below = middle
        else above = middle
      }
      return below
    }
    above = end
  }
  return null
}

/** The most that is ever due. */
export function highestOfCurve({ startAmount, curve }: BlockCurve): bigint {
  return curve.reduce(
    (most, { fall }) => (startAmount - fall > most ? startAmount - fall : most),
    startAmount,
  )
}

/** Why this is no curve, as a sentence, or null. */
export function findCurveFault(curve: BlockCurve, minAmount: bigint): string | null {
  const { startAmount, curve: points } = curve
  if (points.length < 1 || points.length > MOST_CURVE_POINTS) return 'the curve has not 1 to 16 points'
  if (startAmount < minAmount) return 'startAmount is below minAmount'
  let last = -1
  for (const { blocks } of points) {
    if (!Number.isInteger(blocks) || blocks < 0 || blocks > MOST_CURVE_BLOCKS)
      return 'a point of the curve is not 0 to 65535 blocks after its start'
    if (blocks <= last) return 'the points of the curve do not ascend'
    last = blocks
  }
  return highestOfCurve(curve) > MAX_UINT256 ? 'the curve rises above 2^256 - 1' : null
}
