// The audit's own arithmetic of isolated markets: shares, interest, the adaptive curve and the incentive, written from the contracts'
// rules (morpho-org/morpho-blue v1.0.0; morpho-org/morpho-blue-irm) and from nothing of the engine.
import type { IsolatedMarketSpec } from '@solvent/protocol'

const ONE = 10n ** 18n
const PRICE_ONE = 10n ** 36n
const YEAR = 31_536_000n
const LN2 = 693_147_180_559_945_309n

/** What all have, and in how many shares. */
export interface Part {
  readonly assets: bigint
  readonly shares: bigint
}

const upwards = (a: bigint, b: bigint): bigint => a / b + (a % b === 0n ? 0n : 1n)
const sharesPer = ({ assets, shares }: Part): readonly [bigint, bigint] => [shares + 10n ** 6n, assets + 1n]

export function sharesFloor(amount: bigint, part: Part): bigint {
  const [shares, assets] = sharesPer(part)
  return (amount * shares) / assets
}
export function sharesCeil(amount: bigint, part: Part): bigint {
  const [shares, assets] = sharesPer(part)
  return upwards(amount * shares, assets)
}
export function assetsFloor(count: bigint, part: Part): bigint {
  const [shares, assets] = sharesPer(part)
  return (count * assets) / shares
}
export function assetsCeil(count: bigint, part: Part): bigint {
  const [shares, assets] = sharesPer(part)
  return upwards(count * assets, shares)
}

export interface Growth {
  readonly interest: bigint
  readonly feeShares: bigint
  readonly rate: bigint
  readonly atTarget: bigint
}

/** What some seconds add. */
export function growthOf(
  { rate: rule, feeWad }: IsolatedMarketSpec,
  supplied: Part,
  borrowed: bigint,
  atTarget: bigint,
  seconds: bigint,
): Growth {
  const { rate, next } =
    rule.kind === 'fixed'
      ? { rate: rule.perSecondWad, next: 0n }
      : curveRate(supplied.assets, borrowed, atTarget, seconds)
  const x = rate * seconds
  const squared = (x * x) / (ONE * 2n)
  const interest = (borrowed * (x + squared + (squared * x) / (ONE * 3n))) / ONE
  const fee = (interest * feeWad) / ONE
  const others = { assets: supplied.assets + interest - fee, shares: supplied.shares }
  return { interest, feeShares: sharesFloor(fee, others), rate, atTarget: next }
}

function curveRate(supplied: bigint, borrowed: bigint, start: bigint, seconds: bigint) {
  const usage = supplied === 0n ? 0n : (borrowed * ONE) / supplied
  const target = (ONE * 90n) / 100n
  const isAbove = usage > target
  const error = ((usage - target) * ONE) / (isAbove ? ONE - target : target)
  const drift = ((((50n * ONE) / YEAR) * error) / ONE) * seconds
  const end = drift === 0n ? start : bounded((start * exponential(drift)) / ONE)
  const middle = drift === 0n ? start : bounded((start * exponential(drift / 2n)) / ONE)
  const average = drift === 0n ? start : (start + end + middle * 2n) / 4n
  const slope = error < 0n ? (ONE * 3n) / 4n : ONE * 3n
  return { rate: (((slope * error) / ONE + ONE) * average) / ONE, next: end }
}

/** Between 0.1 % and 200 % a year. */
function bounded(rate: bigint): bigint {
  const [least, most] = [ONE / 1_000n / YEAR, (ONE * 2n) / YEAR]
  return rate < least ? least : rate > most ? most : rate
}

/** e^x by halving: within the clips, which no drift here reaches. */
function exponential(x: bigint): bigint {
  if (x < -41_446_531_673_892_822_312n) return 0n
  const magnitude = x < 0n ? -x : x
  const doublings = (magnitude + LN2 / 2n) / LN2
  const rest = x < 0n ? x + doublings * LN2 : x - doublings * LN2
  const series = ONE + rest + (rest * rest) / ONE / 2n
  return x < 0n ? series >> doublings : series << doublings
}

/** Of the collateral in the loan, both in base units, times 10^36. */
export function quotient({ loan, collateral }: IsolatedMarketSpec, above: bigint, below: bigint): bigint {
  return (above * 10n ** BigInt(36 + loan.decimals - collateral.decimals)) / below
}

/** The most that may be owed on so much collateral. */
export function bearable(collateral: bigint, price: bigint, lltv: bigint): bigint {
  return (((collateral * price) / PRICE_ONE) * lltv) / ONE
}

/** Paid for each unit that is repaid: 1 / (1 − 0.3 · (1 − lltv)), 1.15 at most. */
export function incentive(lltv: bigint): bigint {
  const factor = (ONE * ONE) / (ONE - (3n * (ONE - lltv)) / 10n)
  const most = (ONE * 115n) / 100n
  return factor < most ? factor : most
}

/** What a repayment of shares buys of the collateral. */
export function boughtWith(count: bigint, owed: Part, price: bigint, lltv: bigint): bigint {
  return (((assetsFloor(count, owed) * incentive(lltv)) / ONE) * PRICE_ONE) / price
}

/** Shares of debt that so much collateral pays for. */
export function paidBy(collateral: bigint, owed: Part, price: bigint, lltv: bigint): bigint {
  return sharesCeil(upwards(upwards(collateral * price, PRICE_ONE) * ONE, incentive(lltv)), owed)
}
