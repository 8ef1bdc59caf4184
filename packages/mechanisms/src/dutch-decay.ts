// Dutch decay over time: the amount moves on a straight line from start to end, in integers.
// UniswapX `src/lib/DutchDecayLib.sol`: the delta is |start − end| · elapsed / duration rounded down, so a falling
// output is rounded in the swapper's favour. Times are Unix seconds, amounts base units.
import { mulDivFloor, SolventError } from '@solvent/primitives'

/** A straight line between two moments, flat outside them; it may fall (outputs) or rise (inputs). */
export interface DutchSchedule {
  readonly startAmount: bigint
  readonly endAmount: bigint
  /** The amount is `startAmount` while now <= decayStart. */
  readonly decayStart: number
  /** The amount is `endAmount` from decayEnd on. */
  readonly decayEnd: number
}

/**
 * The amount at a moment.
 *
 * @throws E_RANGE when decayEnd < decayStart and the amounts differ
 * @example dutchDecay({ startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }, 133) // 967n
 */
export function dutchDecay(schedule: DutchSchedule, nowSeconds: number): bigint {
  const { startAmount, endAmount, decayStart, decayEnd } = schedule
  if (startAmount === endAmount) return startAmount
  if (decayEnd < decayStart) {
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A Dutch schedule ends before it starts.',
      details: { decayStart, decayEnd },
    })
  }
  if (nowSeconds >= decayEnd) return endAmount
  if (nowSeconds <= decayStart) return startAmount
  const elapsed = BigInt(nowSeconds - decayStart)
  const duration = BigInt(decayEnd - decayStart)
  return endAmount < startAmount
    ? startAmount - mulDivFloor(startAmount - endAmount, elapsed, duration)
    : startAmount + mulDivFloor(endAmount - startAmount, elapsed, duration)
}

/**
 * The first whole second at which a falling schedule is at or below `amount`, or null when it never gets there.
 *
 * @example firstAtOrBelow({ startAmount: 1000n, endAmount: 900n, decayStart: 100, decayEnd: 200 }, 967n) // 133
 */
export function firstAtOrBelow(schedule: DutchSchedule, amount: bigint): number | null {
  if (schedule.startAmount <= amount) return 0
  if (schedule.endAmount > amount) return null
  let above = schedule.decayStart
  let below = schedule.decayEnd
  while (below - above > 1) {
    const middle = above + Math.floor((below - above) / 2)
    if (dutchDecay(schedule, middle) <= amount) below = middle
    else above = middle
  }
  return below
}
