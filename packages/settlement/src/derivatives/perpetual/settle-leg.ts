// How a trade reaches the accounts of both sides: funding is paid first, what closes is realised into the margin.
import { absBig } from '@solvent/primitives'
import { coverLoss } from '../../lending/liquidation/loss-waterfall.ts'
import type { Fill, Side } from '../../market/order-book/order-book.ts'
import {
  type ClearingHouse,
  type MarginAccount,
  type MarketRules,
  type PerpetualMarket,
  positionIn,
  positionOrFlat,
  purseOf,
  withFundingPaid,
  withPosition,
} from './clearing-house.ts'
import { afterTrade, type TradeLeg } from './position.ts'

/** One leg of a trade in an account whose funding is paid; the market's sum of units is the caller's. */
export function exchanged(
  house: ClearingHouse,
  account: MarginAccount,
  name: string,
  leg: TradeLeg,
): MarginAccount {
  const { position, realised } = afterTrade(positionOrFlat(house, account, name), leg)
  return { ...withPosition(account, name, position), margin: account.margin + realised }
}

/** Settles what an order took from the book, with its makers; the taker's cash. */
export function settleFills(
  house: ClearingHouse,
  key: string,
  {
    market: name,
    side,
    fills,
  }: { readonly market: string; readonly side: Side; readonly fills: readonly Fill[] },
): TradeLeg {
  const { venue } = house.rules.get(name) as MarketRules
  let units = 0n
  let cash = 0n
  if (venue.kind !== 'order-book') return { units, cash }
  for (const { maker, makerId, lots, priceTicks } of fills) {
    const worth = BigInt(priceTicks) * lots * venue.tickCash
    const leg =
      side === 'buy'
        ? { units: lots * venue.lotUnits, cash: -worth }
        : { units: -lots * venue.lotUnits, cash: worth }
    settleLeg(house, maker, name, { units: -leg.units, cash: -leg.cash }, { id: makerId, worth })
    settleLeg(house, key, name, leg, null)
    units += leg.units
    cash += leg.cash
    house.markets.set(name, { ...(house.markets.get(name) as PerpetualMarket), lastTicks: priceTicks })
  }
  return { units, cash }
}

/** What a flat account owes beyond its margin: the fund pays, and what it cannot pay is bad debt. */
export function absorbed(
  house: ClearingHouse,
  account: MarginAccount,
): { readonly account: MarginAccount; readonly fromFund: bigint; readonly badDebt: bigint } {
  if (account.margin >= 0n || account.positions.length > 0) return { account, fromFund: 0n, badDebt: 0n }
  const purse = purseOf(house)
  const { fund, covered, uncovered } = coverLoss(purse.fund, -account.margin)
  house.purse.set('purse', { fund, badDebt: purse.badDebt + uncovered })
  return { account: { ...account, margin: 0n }, fromFund: covered, badDebt: uncovered }
}

/** Takes a fee from the margin to the fund. */
export function charged(house: ClearingHouse, account: MarginAccount, fee: bigint): MarginAccount {
  const purse = purseOf(house)
  house.purse.set('purse', { ...purse, fund: purse.fund + fee })
  return { ...account, margin: account.margin - fee }
}

/** An isolated account serves its own market alone. */
export function isAccountOf(key: string, { owner }: MarginAccount, market: string): boolean {
  return key === owner || key === `${owner}/${market}`
}

/** Whether a trade leaves more at risk than before: a larger position, or one on the other side. */
export function isOpening(account: MarginAccount, market: string, units: bigint): boolean {
  const held = positionIn(account, market)?.units ?? 0n
  const after = held + units
  return absBig(after) > absBig(held) || (after !== 0n && after > 0n !== held > 0n)
}

function settleLeg(
  house: ClearingHouse,
  key: string,
  name: string,
  leg: TradeLeg,
  filled: { readonly id: number; readonly worth: bigint } | null,
): void {
  const paid = withFundingPaid(house, house.accounts.get(key) as MarginAccount)
  const orders = paid.orders.flatMap((order) => {
    if (order.id !== filled?.id || order.market !== name) return [order]
    return order.cash > filled.worth ? [{ ...order, cash: order.cash - filled.worth }] : []
  })
  const account = exchanged(house, { ...paid, orders }, name, leg)
  // A taker's account is written even when all of it is gone: more fills of his may follow.
  house.accounts.set(key, filled === null ? account : absorbed(house, account).account)
}
