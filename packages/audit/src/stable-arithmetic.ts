// What a stable pool of two coins owes, by the audit's own arithmetic: D is found by halving where the contract iterates
// (Egorov 2019: A·S + D = A·D + D³/(4xy), with A·n^n for A). Contracts round in 18 decimals and in each coin's own units; the
// audit grants two units of the coarser coin.
import type { StableSwapDesign } from '@solvent/protocol'
import type { MarketLedger } from './market-ledger.ts'

type Reserves = Pick<MarketLedger, 'reserve0' | 'reserve1'>

const PIPS = 1_000_000n
const WAD = 10n ** 18n
/** Steps of rounding that are granted, in the coarser coin's unit. */
const GRANTED = 2n

/** Why a swap breaks the rule of the pool: with what the fee kept counted as paid, D stays, and would not with more paid. */
export function stableSwapProblem(
  reserves: Reserves,
  design: StableSwapDesign,
  swap: { readonly sells0: boolean; readonly amountIn: bigint; readonly amountOut: bigint },
): string | null {
  const { sells0, amountIn, amountOut } = swap
  const rates = [design.rate0, design.rate1] as const
  const [rateIn, rateOut] = sells0 ? rates : [rates[1], rates[0]]
  const [x, y] = common(reserves, rates)
  const before = invariantOf(x, y, design)
  const unit = (GRANTED * (rateIn > rateOut ? rateIn : rateOut)) / WAD + GRANTED
  const paid = (amountOut * rateOut) / WAD
  const gross = (paid * PIPS) / (PIPS - BigInt(design.feePips))
  const given = (amountIn * rateIn) / WAD
  const after = (out: bigint): bigint =>
    sells0 ? invariantOf(x + given, y - out, design) : invariantOf(x - out, y + given, design)
  if (gross + unit >= (sells0 ? y : x)) return `pays ${amountOut} for ${amountIn}, more than it has`
  if (after(gross - unit) < before) return `lowers D: ${amountOut} for ${amountIn}`
  return after(gross + unit + unit) > before ? `pays ${amountOut} for ${amountIn}, less than D allows` : null
}

/** Why shares are not what two amounts are worth: never more than what D has grown by. */
export function stableProvisionProblem(
  { reserve0, reserve1, shares: supply }: Pick<MarketLedger, 'reserve0' | 'reserve1' | 'shares'>,
  design: StableSwapDesign,
  added: { readonly amount0: bigint; readonly amount1: bigint; readonly shares: bigint },
): string | null {
  const { amount0, amount1, shares } = added
  const rates = [design.rate0, design.rate1] as const
  const whole = { reserve0: reserve0 + amount0, reserve1: reserve1 + amount1 }
  const after = invariantOf(...common(whole, rates), design)
  if (supply === 0n)
    return shares <= after + GRANTED && shares + GRANTED >= after
      ? null
      : `${shares} first shares, D is ${after}`
  const before = invariantOf(...common({ reserve0, reserve1 }, rates), design)
  return shares * before <= supply * (after + GRANTED - before)
    ? null
    : `${shares} shares of ${supply}, D grows from ${before} to ${after}`
}

function common(
  { reserve0, reserve1 }: Reserves,
  [rate0, rate1]: readonly [bigint, bigint],
): [bigint, bigint] {
  return [(reserve0 * rate0) / WAD, (reserve1 * rate1) / WAD]
}

/** The greatest D with D³/(4xy) + (A − 1)·D ≤ A·S. */
function invariantOf(x: bigint, y: bigint, { amplification }: StableSwapDesign): bigint {
  const a = 2n * BigInt(amplification)
  const product = 4n * x * y
  const sum = x + y
  if (product === 0n) return 0n
  let [low, high] = [0n, sum]
  while (low < high) {
    const d = (low + high + 1n) / 2n
    if (d * d * d + (a - 1n) * d * product <= a * sum * product) low = d
    else high = d - 1n
  }
  return low
}

/**
 * D as contracts have it, to the unit: their iteration from the sum of both balances, in A·n without their hundredths. A price of shares is this D, and
 * what a follower works out must be the same.
 */
export function contractInvariant(
  reserves: Reserves,
  { amplification, rate0, rate1 }: StableSwapDesign,
): bigint {
  const [x, y] = common(reserves, [rate0, rate1])
  if (x === 0n || y === 0n) return 0n
  const a = 2n * BigInt(amplification)
  const sum = x + y
  let d = sum
  for (let round = 0; round < 255; round++) {
    const cube = (((d * d) / (2n * x)) * d) / (2n * y)
    const next = ((a * sum + 2n * cube) * d) / ((a - 1n) * d + 3n * cube)
    if (next - d <= 1n && d - next <= 1n) return next
    d = next
  }
  return 0n
}
