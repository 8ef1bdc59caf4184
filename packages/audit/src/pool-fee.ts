// The fee of a payout, reckoned again: the mean of the kinked yearly rate over the utilisation that the payout uses, for
// one week. Source: UMIP-136 and UMIP-157, with the fixed-point roundings of across-protocol/sdk. The week's rate is
// found by bisection. Everything is times 10^18.
import type { FeeCurve } from '@solvent/protocol'

const ONE = 10n ** 18n

export interface PoolUse {
  readonly cash: bigint
  /** What the pool has paid out beyond what was paid in, at least 0. */
  readonly used: bigint
}

/** What a payout of `amount` costs, in base units. */
export function expectedFee(curve: FeeCurve, { cash, used }: PoolUse, amount: bigint): bigint {
  const all = cash + used
  const share = (part: bigint): bigint => (all === 0n || part > all ? ONE : (part * ONE) / all)
  const from = share(used)
  const to = share(used + amount)
  const yearly = from === to ? rate(curve, from) : ((area(curve, to) - area(curve, from)) * ONE) / (to - from)
  const product = amount * weekly(yearly)
  return product / ONE + (product % ONE === 0n ? 0n : 1n)
}

function rate({ kinkE18, r0E18, r1E18, r2E18 }: FeeCurve, u: bigint): bigint {
  if (u <= kinkE18) return r0E18 + (u * r1E18) / kinkE18
  return r0E18 + r1E18 + ((u - kinkE18) * r2E18) / (ONE - kinkE18)
}

/** From 0 to u: a rectangle and a triangle below the kink, and another pair beyond it. */
function area(curve: FeeCurve, u: bigint): bigint {
  const { kinkE18, r0E18, r1E18 } = curve
  const low = u < kinkE18 ? u : kinkE18
  const sum = (low * r0E18) / ONE + half(rate(curve, low) - r0E18, low)
  if (u <= kinkE18) return sum
  const high = u - kinkE18
  return sum + (high * (r0E18 + r1E18)) / ONE + half(rate(curve, u) - r0E18 - r1E18, high)
}

function half(height: bigint, width: bigint): bigint {
  return (500_000_000_000_000_000n * height * width) / ONE / ONE
}

/** The largest x ≤ 1 with (1 + x)^52 ≤ 1 + yearly. */
function weekly(yearly: bigint): bigint {
  const target = (ONE + yearly) * ONE ** 51n
  let low = 0n
  let high = ONE
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if ((ONE + middle) ** 52n <= target) low = middle
    else high = middle - 1n
  }
  return low
}
