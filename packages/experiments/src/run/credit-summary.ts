// The part of a run's summary on oracles and lending; expectations reach it as `lending[main/USDC].badDebt`, `oracles[eth-usd].ageSeconds`.
import type { RunReport } from '@solvent/nodes'
import { formatUnits } from '@solvent/primitives'

const PRICE_DECIMALS = 8

/** Amounts are base units in decimal. */
export interface LendingSummary {
  readonly id: string
  readonly asset: string
  readonly cash: string
  readonly borrowed: string
  readonly supplied: string
  readonly broughtIn: string
  readonly withdrawn: string
  readonly forTreasury: string
  readonly utilisation: number
  readonly peakUtilisation: number
  readonly supplyRate: number
  readonly borrowRate: number
  readonly liquidations: number
  readonly repaid: string
  readonly seized: string
  readonly badDebt: string
  readonly deficit: string
  readonly paidByFund: string
  readonly paidByMutual: string
  readonly fund: string
}

export interface OracleSummary {
  readonly id: string
  readonly asset: string
  /** Null: it has no answer. */
  readonly price: string | null
  readonly updates: number
  readonly longestSeconds: number
  readonly ageSeconds: number | null
}

export function lendingSummaries({ lending }: RunReport): readonly LendingSummary[] {
  return lending.map(
    ({ cash, borrowed, supplied, forTreasury, repaid, seized, badDebt, deficit, ...rest }) => ({
      ...rest,
      cash: String(cash),
      borrowed: String(borrowed),
      supplied: String(supplied),
      broughtIn: String(rest.broughtIn),
      withdrawn: String(rest.withdrawn),
      forTreasury: String(forTreasury),
      repaid: String(repaid),
      seized: String(seized),
      badDebt: String(badDebt),
      deficit: String(deficit),
      paidByFund: String(rest.paidByFund),
      paidByMutual: String(rest.paidByMutual),
      fund: String(rest.fund),
    }),
  )
}

export function oracleSummaries({ oracles }: RunReport): readonly OracleSummary[] {
  return oracles.map(({ priceE8, ...rest }) => ({
    ...rest,
    price:
      priceE8 === null
        ? null
        : priceE8 < 0n
          ? `-${formatUnits(-priceE8, PRICE_DECIMALS)}`
          : formatUnits(priceE8, PRICE_DECIMALS),
  }))
}
