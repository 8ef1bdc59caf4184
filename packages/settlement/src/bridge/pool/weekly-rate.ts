// One week of a yearly rate, exact to its last digit: the 52nd root of 1 + r, rounded down. A step of Newton's method in
// binary fixed point finds it, from what floating point says: off by e before, it is off by 51 e² / 2 after, about 2^-93. Only
// where that is too close to a whole digit is the power taken in full, which is long.
import { exp, ln, minBig, WAD } from '@solvent/primitives'

const WEEKS_PER_YEAR = 52n
const ONE_TO_51 = WAD ** 51n
/** Binary digits behind the point. */
const DIGITS = 128n
const ONE = 1n << DIGITS
/** The step ends closer to the root than this, times 10^18, as long as floating point is off by less than 2^-45. */
const CLOSE = 1n << 104n
const FLOAT_ONE = 1e18
/** 1,000 times a year: beyond it floating point says too little. */
const MOST_FLOATED = 1_000n * WAD

/**
 * One week of a yearly rate, (1 + r)^(1/52) − 1, rounded down and at most 1. Exact: the largest x with
 * (10^18 + x)^52 ≤ (10^18 + r) · (10^18)^51.
 *
 * @param yearly times 10^18, not negative
 * @example weeklyRateE18(60_000_000_000_000_000n) // 1121183982821340n: 6 % a year
 */
export function weeklyRateE18(yearly: bigint): bigint {
  if (yearly > MOST_FLOATED) return inFull(yearly)
  const growth = exp(ln(1 + Number(yearly) / FLOAT_ONE) / Number(WEEKS_PER_YEAR))
  const target = ((WAD + yearly) << DIGITS) / WAD
  const guess = (BigInt(Math.round(growth * FLOAT_ONE)) << DIGITS) / WAD
  const root = ((WEEKS_PER_YEAR - 1n) * guess + (target << DIGITS) / toThe51(guess)) / WEEKS_PER_YEAR
  const scaled = root * WAD
  const rest = scaled & (ONE - 1n)
  return rest < CLOSE || ONE - rest < CLOSE ? inFull(yearly) : minBig(WAD, (scaled >> DIGITS) - WAD)
}

/** 51 = 32 + 16 + 2 + 1. */
function toThe51(x: bigint): bigint {
  const two = times(x, x)
  const three = times(two, x)
  const four = times(two, two)
  const eight = times(four, four)
  const sixteen = times(eight, eight)
  return times(times(sixteen, times(sixteen, sixteen)), three)
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> DIGITS
}

function inFull(yearly: bigint): bigint {
  const power = (WAD + yearly) * ONE_TO_51
  // (1 + r)^(1/52) ≤ 1 + r/52, so Newton's steps come down from above to the root and stop there.
  let root = WAD + yearly / WEEKS_PER_YEAR + 1n
  for (;;) {
    const next = ((WEEKS_PER_YEAR - 1n) * root + power / root ** 51n) / WEEKS_PER_YEAR
    if (next >= root) return minBig(WAD, root - WAD)
    root = next
  }
}
