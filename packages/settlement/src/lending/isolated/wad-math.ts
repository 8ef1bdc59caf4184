// Fixed-point arithmetic of isolated markets, with the rounding in the name. Sources: morpho-org/morpho-blue, MathLib.sol;
// morpho-org/morpho-blue-irm, MathLib.sol and ExpLib.sol. Wad: 18 decimals. Division of bigint goes towards zero, as Solidity's does.
import { WAD } from '@solvent/primitives'

export const wMulDown = (a: bigint, b: bigint): bigint => (a * b) / WAD
export const wDivDown = (a: bigint, b: bigint): bigint => (a * WAD) / b
export const wDivUp = (a: bigint, b: bigint): bigint => (a * WAD + b - 1n) / b

/** e^(x·n) − 1 by its first three terms, in wad. */
export function wTaylorCompounded(x: bigint, n: bigint): bigint {
  const first = x * n
  const second = (first * first) / (2n * WAD)
  const third = (second * first) / (3n * WAD)
  return first + second + third
}

const LN_2 = 693_147_180_559_945_309n
/** ln of 10^-18: below it the result is nothing. */
const LN_WEI = -41_446_531_673_892_822_312n
/** Above it Solidity would overflow, and the library clips. */
const UPPER_BOUND = 93_859_467_695_000_404_319n
const UPPER_VALUE = 57_716_089_161_558_943_949_701_069_502_944_508_345_128_422_502_756_744_429_568n

/** e^x in wad: 2^q · e^r with |r| ≤ ln(2)/2 and e^r by its first three terms. */
export function wExp(x: bigint): bigint {
  if (x < LN_WEI) return 0n
  if (x >= UPPER_BOUND) return UPPER_VALUE
  const half = x < 0n ? -(LN_2 / 2n) : LN_2 / 2n
  const q = (x + half) / LN_2
  const r = x - q * LN_2
  const expR = WAD + r + (r * r) / WAD / 2n
  return q >= 0n ? expR << q : expR >> -q
}
