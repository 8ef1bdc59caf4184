// What a payout costs: the liquidity providers' fee of Across. A yearly rate that rises with utilisation, straight up to
// a kink and straight beyond it, averaged over the utilisation that the payout itself uses up, and charged for one week.
// Sources: UMIP-136 and UMIP-157 (the formula), across-protocol/sdk src/lpFeeCalculator (its rounding), HubPool.sol
// (utilisation). Rates and utilisations are times 10^18; every division rounds down.
import { maxBig, minBig, WAD } from '@solvent/primitives'
import type { FeeCurve } from '@solvent/protocol'
import { weeklyRateE18 } from './weekly-rate.ts'

/** What the pool holds and what is owed to it, before the payout. Base units, not negative. */
export interface Utilised {
  readonly cash: bigint
  readonly used: bigint
}

/** used / (cash + used); 1 for a pool with nothing. */
export function utilisationE18({ cash, used }: Utilised): bigint {
  const total = cash + used
  return total === 0n ? WAD : (used * WAD) / total
}

/**
 * The share of an amount that a payout of it costs now, between 0 and 10^18. Use beyond all that there is counts as full.
 *
 * @param amount base units, positive
 */
export function payoutFeeE18(curve: FeeCurve, pool: Utilised, amount: bigint): bigint {
  const before = utilisationE18(pool)
  const total = pool.cash + pool.used
  const after = total === 0n ? WAD : minBig(WAD, ((pool.used + amount) * WAD) / total)
  return weeklyRateE18(meanRateE18(curve, before, after))
}

/** The rate at one utilisation. */
export function rateAtE18(curve: FeeCurve, utilisation: bigint): bigint {
  const { kinkE18, r0E18, r1E18, r2E18 } = curve
  const below = kinkE18 === 0n ? 0n : (minBig(utilisation, kinkE18) * r1E18) / kinkE18
  const beyond = maxBig(0n, utilisation - kinkE18)
  return r0E18 + below + (beyond === 0n ? 0n : (beyond * r2E18) / (WAD - kinkE18))
}

/** The mean rate between two utilisations: the difference of the areas over the width. */
export function meanRateE18(curve: FeeCurve, before: bigint, after: bigint): bigint {
  if (before === after) return rateAtE18(curve, before)
  return ((areaE18(curve, after) - areaE18(curve, before)) * WAD) / (after - before)
}

function areaE18(curve: FeeCurve, utilisation: bigint): bigint {
  const { kinkE18, r0E18, r1E18 } = curve
  const below = minBig(utilisation, kinkE18)
  const beyond = maxBig(0n, utilisation - kinkE18)
  return (
    (below * r0E18) / WAD +
    triangleE18(rateAtE18(curve, below) - r0E18, below) +
    (beyond * (r0E18 + r1E18)) / WAD +
    triangleE18(rateAtE18(curve, utilisation) - r0E18 - r1E18, beyond)
  )
}

function triangleE18(height: bigint, width: bigint): bigint {
  return maxBig(0n, ((WAD / 2n) * height * width) / WAD / WAD)
}
