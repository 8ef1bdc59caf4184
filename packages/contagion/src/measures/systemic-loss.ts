/**
 * What a shock to outside assets costs the system beyond itself, by who bears it: the clearing before and after.
 *
 * All outside assets end with owners, outside creditors or bankruptcy (conservation of clearing), so that the loss of
 * owners and creditors is the shock and what bankruptcy destroys on top (Glasserman, Young 2015, J Banking & Finance
 * 50:383, for losses without such costs).
 */
import type { Clearing } from '../clearing/clearing-account.ts'

export interface SystemicLoss {
  /** Outside assets lost. */
  readonly shock: number
  /** Lost by owners of equity. */
  readonly equity: number
  /** Lost by creditors outside the network. */
  readonly externalCreditors: number
  /** Destroyed by bankruptcies that the shock caused. */
  readonly deadweight: number
  /** Equity and outside creditors together. */
  readonly total: number
  /** Total over shock, 1 where bankruptcy costs nothing; NaN without a shock. */
  readonly multiplier: number
  /** |total − shock − deadweight| over the shock, or over 1 where that is less. */
  readonly certificate: { readonly conservation: number }
}

/**
 * Compares two clearings of one network.
 *
 * @example
 * systemicLoss(rogersVeraart(before, rates), rogersVeraart(after, rates)).multiplier // 1.4
 */
export function systemicLoss(
  before: Pick<Clearing, 'totals'>,
  after: Pick<Clearing, 'totals'>,
): SystemicLoss {
  const shock = before.totals.externalAssets - after.totals.externalAssets
  const equity = before.totals.equity - after.totals.equity
  const externalCreditors = before.totals.externalPaid - after.totals.externalPaid
  const deadweight = after.totals.bankruptcyCosts - before.totals.bankruptcyCosts
  const total = equity + externalCreditors
  return {
    shock,
    equity,
    externalCreditors,
    deadweight,
    total,
    multiplier: shock === 0 ? Number.NaN : total / shock,
    certificate: {
      conservation: Math.abs(total - shock - deadweight) / Math.max(1, Math.abs(shock)),
    },
  }
}
