// What borrowing costs at an isolated market. The curve goes through a rate at 90 % usage: a quarter of it at none, four times it at
// full usage; and that rate itself grows while usage is above the target and falls while it is below. Source:
// morpho-org/morpho-blue-irm, AdaptiveCurveIrm.sol and its ConstantsLib.sol. Rates are wad a second.
import { maxBig, minBig, WAD } from '@solvent/primitives'
import type { IsolatedRate } from '@solvent/protocol'
import { wDivDown, wExp } from './wad-math.ts'

const YEAR = 365n * 86_400n
/** Of signed numbers: towards zero. */
const wMulToZero = (a: bigint, b: bigint): bigint => (a * b) / WAD
const wDivToZero = (a: bigint, b: bigint): bigint => (a * WAD) / b
const CURVE_STEEPNESS = 4n * WAD
/** In wad a second: 50 a year at full distance. */
const ADJUSTMENT_SPEED = (50n * WAD) / YEAR
const TARGET_USAGE = (9n * WAD) / 10n
/** 0.1 % and 200 % a year. */
export const MIN_RATE_AT_TARGET = WAD / 1_000n / YEAR
export const MAX_RATE_AT_TARGET = (2n * WAD) / YEAR

export interface BorrowRate {
  /** Averaged over the time that has passed. */
  readonly rateWad: bigint
  readonly atTargetWad: bigint
}

/**
 * The rate of some seconds at a usage, and the rate at the target after them.
 *
 * @param atTargetWad before them; 0 of a fixed rate
 */
export function borrowRate(
  rate: IsolatedRate,
  atTargetWad: bigint,
  use: { readonly supplied: bigint; readonly borrowed: bigint; readonly seconds: bigint },
): BorrowRate {
  if (rate.kind === 'fixed') return { rateWad: rate.perSecondWad, atTargetWad: 0n }
  const usage = use.supplied > 0n ? wDivDown(use.borrowed, use.supplied) : 0n
  const norm = usage > TARGET_USAGE ? WAD - TARGET_USAGE : TARGET_USAGE
  const distance = wDivToZero(usage - TARGET_USAGE, norm)
  const adaptation = wMulToZero(ADJUSTMENT_SPEED, distance) * use.seconds
  if (adaptation === 0n) return { rateWad: onCurve(atTargetWad, distance), atTargetWad }
  const end = adapted(atTargetWad, adaptation)
  const middle = adapted(atTargetWad, adaptation / 2n)
  return { rateWad: onCurve((atTargetWad + end + 2n * middle) / 4n, distance), atTargetWad: end }
}

function onCurve(atTarget: bigint, distance: bigint): bigint {
  const slope = distance < 0n ? WAD - wDivToZero(WAD, CURVE_STEEPNESS) : CURVE_STEEPNESS - WAD
  return wMulToZero(wMulToZero(slope, distance) + WAD, atTarget)
}

function adapted(atTarget: bigint, adaptation: bigint): bigint {
  const moved = wMulToZero(atTarget, wExp(adaptation))
  return minBig(maxBig(moved, MIN_RATE_AT_TARGET), MAX_RATE_AT_TARGET)
}
