// The part of a run's summary on auctions of collateral; expectations reach it as `collateralAuctions[maker/ETH].nearZeroShare`.
import type { RunReport } from '@solvent/nodes'

type Outcome = RunReport['collateralAuctions'][number]
type Amounts = 'nearZeroLots' | 'sold' | 'returned' | 'owed' | 'recovered' | 'paid'

/** Amounts are base units in decimal. */
export type CollateralAuctionSummary = Omit<Outcome, Amounts | 'collateral'> & {
  /** The collateral. */
  readonly asset: string
  /** Of the auctions that ended. */
  readonly nearZeroShare: number
  /** Of the debts in auctions that have ended or not: what has not come back. */
  readonly missing: string
} & { readonly [key in Amounts]: string }

export function auctionSummaries({ collateralAuctions }: RunReport): readonly CollateralAuctionSummary[] {
  return collateralAuctions.map(
    ({ id, collateral, nearZeroLots, sold, returned, owed, recovered, paid, ...counts }) => ({
      id,
      asset: collateral,
      ...counts,
      nearZeroShare: counts.ended === 0 ? 0 : counts.nearZero / counts.ended,
      nearZeroLots: String(nearZeroLots),
      sold: String(sold),
      returned: String(returned),
      owed: String(owed),
      recovered: String(recovered),
      paid: String(paid),
      missing: String(owed - recovered),
    }),
  )
}
