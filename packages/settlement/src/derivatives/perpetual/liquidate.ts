// Liquidation of perpetual futures, and who pays. An account below its maintenance margin is closed on the venue by anyone who calls.
// What closing costs beyond its equity (the loss past the bankruptcy price) the insurance fund pays; when the fund cannot, positions
// on the other side are closed at the bankruptcy price, the most profitable and most leveraged first, and only what then has no
// other side left goes to the venue at a loss that is booked as bad debt. Sources: Perpetual Protocol v1, ClearingHouse.sol
// (liquidate: half the fee to the liquidator); BitMEX, Auto-Deleveraging; Binance Futures, Insurance Funds.
import { absBig, divUp, maxBig, minBig } from '@solvent/primitives'
import type { Fill } from '../../market/order-book/order-book.ts'
import { type Outcome, refused } from '../../outcome.ts'
import {
  type ClearingHouse,
  type MarginAccount,
  markPriceE8,
  markValue,
  observeMarket,
  type PriceMoment,
  positionIn,
  purseOf,
  shareUp,
  standingOf,
  withFundingPaid,
  writeAccount,
} from './clearing-house.ts'
import { closeOnVenue } from './close-on-venue.ts'
import { type Deleveraging, deleverage } from './deleverage.ts'
import { withoutOrders } from './perpetual-order.ts'
import { absorbed } from './settle-leg.ts'

export type LiquidateRefusal =
  | 'unknown-market'
  | 'unknown-account'
  | 'no-position'
  | 'no-price'
  | 'margin-sufficient'

export interface Liquidated {
  /** What was closed, signed; 0 when nobody was there to close it with. */
  readonly units: bigint
  /** For who called; leaves the vault. */
  readonly reward: bigint
  readonly toFund: bigint
  /** Of the loss past the bankruptcy price. */
  readonly fromFund: bigint
  readonly badDebt: bigint
  /** What it took from a book before and after others were deleveraged. */
  readonly fills: readonly Fill[]
  readonly lateFills: readonly Fill[]
  /** Whose positions were closed against it, and how many units of each. */
  readonly deleveraged: readonly Deleveraging[]
}

/** Closes an account's position in one market, and takes all its orders out of the books. */
export function liquidatePerpetual(
  house: ClearingHouse,
  key: string,
  name: string,
  moment: PriceMoment,
): Outcome<Liquidated, LiquidateRefusal> {
  const rules = house.rules.get(name)
  const found = house.accounts.get(key)
  if (rules === undefined) return refused('unknown-market')
  if (found === undefined) return refused('unknown-account')
  const units = positionIn(found, name)?.units ?? 0n
  if (units === 0n) return refused('no-position')
  observeMarket(house, name, moment)
  const paid = withFundingPaid(house, found)
  writeAccount(house, key, paid)
  const standing = standingOf(house, paid, moment)
  const mark = markPriceE8(house, name, moment)
  const value = markValue(house, name, units, moment)
  if (standing === null || mark === null || value === null) return refused('no-price')
  if (standing.equity >= standing.maintenanceRequired) return refused('margin-sufficient')
  writeAccount(house, key, withoutOrders(house, paid, key))

  // What closing must bring for the account to end at zero, with everything else that it has.
  const bankrupt = value - standing.equity
  const fundable = closeOnVenue(house, key, name, { units: -units, minCash: bankrupt - purseOf(house).fund })
  const left = units + fundable.units
  const deleveraged = deleverage(house, key, name, {
    units: left,
    cash: divUp(bankrupt * left, units),
    markE8: mark,
  })
  const last = left - deleveraged.reduce((sum, each) => sum + each.units, 0n)
  const rest = closeOnVenue(house, key, name, { units: -last, minCash: null })
  const fee = shareUp(absBig(fundable.cash) + absBig(rest.cash), rules.liquidationFeeBps)
  return {
    ...{ status: 'ok', units: units - last - rest.units, deleveraged },
    ...{ fills: fundable.fills, lateFills: rest.fills },
    ...settled(house, key, fee),
  }
}

/** Fee and loss of what has been closed: the fee is at most the margin that is left, the loss falls due with the last position. */
function settled(
  house: ClearingHouse,
  key: string,
  fee: bigint,
): Pick<Liquidated, 'reward' | 'toFund' | 'fromFund' | 'badDebt'> {
  const account = house.accounts.get(key) as MarginAccount
  const purse = purseOf(house)
  const penalty = minBig(fee, maxBig(0n, account.margin))
  const reward = penalty / 2n
  const toFund = penalty - reward
  house.purse.set('purse', { ...purse, fund: purse.fund + toFund })
  const {
    account: left,
    fromFund,
    badDebt,
  } = absorbed(house, {
    ...account,
    margin: account.margin - penalty,
  })
  writeAccount(house, key, left)
  return { reward, toFund, fromFund, badDebt }
}
