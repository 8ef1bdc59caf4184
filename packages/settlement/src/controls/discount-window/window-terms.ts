// What a discount window lends on a pledge, and what a loan has come to cost. Amounts are base units; lent is rounded down, owed up.
import { BPS, mulDivFloor, mulDivUp, wholeUnit } from '@solvent/primitives'
import type { DiscountWindowSpec, WindowCollateral } from '@solvent/protocol'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'

const SECONDS_PER_YEAR = 31_536_000n

export interface WindowPrices {
  /** Of a whole coin, and of a whole unit of collateral, in the numeraire times 10^8. */
  readonly coinE8: bigint
  readonly collateralE8: bigint
}

/** The most that it lends on a pledge: its worth less the haircut. */
export function mostOn(
  pledged: bigint,
  { decimals }: Pick<DiscountWindowSpec, 'decimals'>,
  collateral: Pick<WindowCollateral, 'decimals' | 'haircutBps'>,
  { coinE8, collateralE8 }: WindowPrices,
): bigint {
  return mulDivFloor(
    pledged * collateralE8 * (BPS - collateral.haircutBps),
    wholeUnit(decimals),
    wholeUnit(collateral.decimals) * coinE8 * BPS,
  )
}

/** The least pledge on which it lends so much. */
export function pledgeFor(
  amount: bigint,
  { decimals }: Pick<DiscountWindowSpec, 'decimals'>,
  collateral: Pick<WindowCollateral, 'decimals' | 'haircutBps'>,
  { coinE8, collateralE8 }: WindowPrices,
): bigint {
  return mulDivUp(
    amount * coinE8 * BPS,
    wholeUnit(collateral.decimals),
    wholeUnit(decimals) * collateralE8 * (BPS - collateral.haircutBps),
  )
}

/** Simple interest for the seconds that have passed, rounded up. */
export function penaltyOn(
  principal: bigint,
  seconds: number,
  { penaltyBps }: Pick<DiscountWindowSpec, 'penaltyBps'>,
): bigint {
  return mulDivUp(principal * penaltyBps, BigInt(seconds), BPS * SECONDS_PER_YEAR)
}

export function windowFaults({
  penaltyBps,
  collaterals,
}: {
  readonly penaltyBps: bigint
  readonly collaterals: readonly Pick<WindowCollateral, 'haircutBps'>[]
}): ParameterFault[] {
  const faults = impossibleOf([
    [penaltyBps < 0n, 'a rate is not negative'],
    [
      collaterals.some(({ haircutBps }) => haircutBps < 0n || haircutBps >= BPS),
      'a haircut is below all of it',
    ],
  ])
  if (penaltyBps === 0n)
    faults.push({
      severity: 'dubious',
      reason: 'it lends for nothing: whoever has collateral borrows here first, in need or not',
    })
  if (collaterals.some(({ haircutBps }) => haircutBps === 0n))
    faults.push({ severity: 'dubious', reason: 'without a haircut any fall of the collateral is its loss' })
  return faults
}
