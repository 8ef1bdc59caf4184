// A decay in pieces, counted in blocks: UniswapX V3 (NonlinearDutchDecayLib) gives up to 16 points, each an amount so many blocks after the
// start; between two points the amount moves on a straight line. Each piece is rounded like the decay by time (delta down).
import { SolventError } from '@solvent/primitives'
import { decayedAmount } from '@solvent/protocol/pricing'

/** The amount from this many blocks after the start on. */
export interface CurvePoint {
  readonly blocks: number
  readonly amount: bigint
}

const MOST_POINTS = 16
/** Elapsed blocks are a 16-bit number there. */
const MOST_BLOCKS = 65_535

/**
 * The amount after `elapsedBlocks`: flat before the first and after the last point.
 *
 * @throws SolventError E_RANGE without a point, with more than 16, or when points do not ascend in blocks
 * @example curveAmount([{ blocks: 0, amount: 1000n }, { blocks: 10, amount: 900n }], 3) // 970n
 */
export function curveAmount(points: readonly CurvePoint[], elapsedBlocks: number): bigint {
  const [first, ...others] = points
  if (first === undefined || points.length > MOST_POINTS)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A decay by blocks has too few or too many points.',
      details: { got: points.length, allowed: `1 to ${MOST_POINTS}` },
    })
  const elapsed = Math.min(elapsedBlocks, MOST_BLOCKS)
  let before = first
  for (const point of others) {
    if (point.blocks <= before.blocks)
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The points of a decay by blocks do not ascend.',
        details: { blocks: point.blocks, before: before.blocks },
      })
    if (elapsed < point.blocks) return between(before, point, elapsed)
    before = point
  }
  return before.amount
}

function between(before: CurvePoint, after: CurvePoint, elapsed: number): bigint {
  const decay = {
    startAmount: before.amount,
    endAmount: after.amount,
    decayStart: before.blocks,
    decayEnd: after.blocks,
  }
  return decayedAmount(decay, elapsed).amount
}
