// Kinds of liquidation cases: `liquidation` and `liquidation-amm` on real numbers, `liquidation-aave-integer` to the last unit.
import {
  liquidationAmounts,
  type RealCascadeInput,
  type RealLiquidationInput,
  realLiquidation,
  realLiquidationCascade,
} from '@solvent/settlement'
import type { FixtureKind } from './fixture-kind.ts'
import { listedCases } from './listed-cases.ts'

export const liquidationKind: FixtureKind<RealLiquidationInput> = {
  kind: 'liquidation',
  split: listedCases,
  compute: realLiquidation,
}

export const liquidationCascadeKind: FixtureKind<RealCascadeInput> = {
  kind: 'liquidation-amm',
  split: listedCases,
  compute: realLiquidationCascade,
}

const names = [
  'collateralPrice',
  'collateralUnit',
  'debtPrice',
  'debtUnit',
  'liquidationBonusBps',
  'liquidationProtocolFeeBps',
  'debtToCover',
  'borrowerCollateralBalance',
] as const
type Name = (typeof names)[number]

/** Decimal texts. */
type AmountsInput = Readonly<Record<Name, string>>

export const aaveLiquidationKind: FixtureKind<AmountsInput> = {
  kind: 'liquidation-aave-integer',
  split: listedCases,
  compute: (input) => {
    const terms = Object.fromEntries(names.map((name) => [name, BigInt(input[name])])) as Record<Name, bigint>
    const amounts = liquidationAmounts(terms, terms.debtToCover, terms.borrowerCollateralBalance)
    return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]))
  },
}
