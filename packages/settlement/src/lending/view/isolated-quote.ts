// What liquidating a position at an isolated market would bring.
import type { Address } from '@solvent/primitives'
import { minBig } from '@solvent/primitives'
import { ALL_OF_IT } from '@solvent/protocol'
import { liquidateIsolated } from '../isolated/isolated-liquidation.ts'
import { NO_POSITION } from '../isolated/isolated-market.ts'
import { toAssetsUp } from '../isolated/shares.ts'
import type { CreditView } from './credit-view.ts'
import type { LiquidationQuote } from './liquidation-quote.ts'

/** None while the account is healthy, cannot be judged, or the capital does not reach. */
export function quoteIsolatedLiquidation(
  view: CreditView,
  at: { readonly market: Address; readonly borrower: string; readonly atSeconds: number },
  capitalOf: (token: Address) => bigint,
): LiquidationQuote[] {
  const contract = view.isolated.markets.get(at.market)
  const totals = view.isolated.totalsAt(at.market, at.atSeconds)
  if (contract === undefined || totals === null) return []
  const { lltvWad, collateral, loan } = contract.spec
  const position = contract.positions.get(at.borrower) ?? NO_POSITION
  const capital = capitalOf(loan.token)
  if (capital <= 0n) return []
  const owed = toAssetsUp(position.borrowShares, totals.borrow)
  const most = capital >= owed ? ('all' as const) : minBig(capital, owed)
  const price = view.isolatedPrice(at.market, at.atSeconds)
  const done = liquidateIsolated(totals, position, most, { lltvWad, price, lossOf: (badDebt) => badDebt })
  if (done.status === 'refused' || done.repaid > capital) return []
  return [
    {
      collateral: collateral.token,
      debt: loan.token,
      debtToCover: most === 'all' ? ALL_OF_IT : most,
      debtRepaid: done.repaid,
      seized: done.seized,
    },
  ]
}
