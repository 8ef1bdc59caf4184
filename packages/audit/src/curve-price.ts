// The price along a curve of blocks as the audit computes it: the weighted mean of what two neighbouring points take from the start, as one
// fraction and without a division. Source of the rule: UniswapX NonlinearDutchDecayLib.
import type { Order } from '@solvent/protocol'

type Curve = Extract<Order['pricing'], { rule: 'block-dutch' }>

/** An exact price, `numerator / denominator` base units, and whether it is on its way up. */
export interface CurvePrice {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly isRising: boolean
}

/** What is due in a block of the destination, and at least `minAmount`. */
export function curvePrice(
  { startAmount, decayStartBlock, curve }: Curve,
  minAmount: bigint,
  block: number,
): CurvePrice {
  const since = BigInt(Math.min(Math.max(block - decayStartBlock, 0), 65_535))
  const points = [{ at: 0n, fall: 0n }, ...curve.map(({ blocks, fall }) => ({ at: BigInt(blocks), fall }))]
  const passed = since === 0n ? 0 : points.findLastIndex(({ at }) => at <= since)
  const left = points[passed]!
  const right = points[passed + 1] ?? left
  const isAtPoint = since === left.at || right === left
  const denominator = isAtPoint ? 1n : right.at - left.at
  const fall = isAtPoint ? left.fall : left.fall * (right.at - since) + right.fall * (since - left.at)
  const numerator = startAmount * denominator - fall
  if (numerator < minAmount * denominator) return { numerator: minAmount, denominator: 1n, isRising: false }
  return { numerator, denominator, isRising: right.fall < left.fall }
}
