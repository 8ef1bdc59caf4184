// Orders for perpetual futures on a limit order book. Who opens must have the initial margin as if the order and all that wait were
// filled at their limits, and what the order would lose there against the mark (the open loss). Sources: price–time priority of market/order-book; initial margin for orders as exchanges publish it
// (BitMEX, Isolated and cross margin; Binance Futures, Open loss).
import { absBig, maxBig } from '@solvent/primitives'
import type { Fill, OrderBook, PlaceRefusal, Side, TimeInForce } from '../../market/order-book/order-book.ts'
import { type Outcome, refused } from '../../outcome.ts'
import {
  type ClearingHouse,
  type MarginAccount,
  markPriceE8,
  observeMarket,
  type PriceMoment,
  shareUp,
  standingOf,
  withFundingPaid,
  writeAccount,
} from './clearing-house.ts'
import { valueAt } from './position.ts'
import { absorbed, charged, isAccountOf, isOpening, settleFills } from './settle-leg.ts'

export type OrderRefusal =
  | 'unknown-account'
  | 'unknown-market'
  | 'wrong-venue'
  | 'wrong-margin'
  | 'too-many-orders'
  | 'no-price'
  | 'margin-short'
  | PlaceRefusal

/** Orders of one account that may wait at a time. */
export const MAX_ORDERS = 64

export interface PerpetualOrder {
  readonly market: string
  readonly id: number
  readonly side: 'buy' | 'sell'
  readonly priceTicks: number
  readonly lots: bigint
  readonly timeInForce: TimeInForce
}

/** Places an order; what fills changes both sides' positions at once. The taker pays the fee. */
export function placeOrder(
  house: ClearingHouse,
  key: string,
  { market: name, id, side, priceTicks, lots, timeInForce }: PerpetualOrder,
  moment: PriceMoment,
): Outcome<
  {
    readonly fills: readonly Fill[]
    readonly filledLots: bigint
    readonly restingLots: bigint
    readonly fee: bigint
  },
  OrderRefusal
> {
  const rules = house.rules.get(name)
  const book = house.books.get(name)
  const before = house.accounts.get(key)
  if (rules === undefined) return refused('unknown-market')
  if (book === undefined || rules.venue.kind !== 'order-book') return refused('wrong-venue')
  if (before === undefined) return refused('unknown-account')
  if (!isAccountOf(key, before, name)) return refused('wrong-margin')
  if (before.orders.length >= MAX_ORDERS) return refused('too-many-orders')
  if (lots <= 0n) return refused('zero-lots')
  if (!Number.isSafeInteger(priceTicks)) return refused('price-out-of-range')
  const { lotUnits, tickCash } = rules.venue
  observeMarket(house, name, moment)
  const paid = withFundingPaid(house, before)
  writeAccount(house, key, paid)
  const cash = BigInt(priceTicks) * lots * tickCash
  // A seller gets the best bid at most: what that comes to is what may be at risk.
  const mostTicks = side === 'sell' ? Math.max(priceTicks, book.best('buy') ?? 0) : priceTicks
  const atLimit = { id, market: name, cash: BigInt(mostTicks) * lots * tickCash }
  const standing = standingOf(house, { ...paid, orders: [...paid.orders, atLimit] }, moment)
  const mark = markPriceE8(house, name, moment)
  if (standing === null || mark === null) return refused('no-price')
  const worth = valueAt(lots * lotUnits, mark, rules)
  const openLoss = maxBig(0n, side === 'buy' ? cash - worth : worth - cash)
  // Several orders that each only close would open together.
  const together = lots + waitingLots(book, paid, name, side)
  const opens = isOpening(paid, name, side === 'buy' ? together * lotUnits : -together * lotUnits)
  if (
    opens &&
    standing.equity - openLoss - shareUp(atLimit.cash, rules.tradeFeeBps) < standing.initialRequired
  )
    return refused('margin-short')
  const placed = book.place({ id, owner: key, side, priceTicks, lots, timeInForce })
  if (placed.status === 'refused') return placed
  const { fills } = placed
  const taken = settleFills(house, key, { market: name, side, fills })
  const fee = shareUp(absBig(taken.cash), rules.tradeFeeBps)
  const charge = charged(house, house.accounts.get(key) as MarginAccount, fee)
  const { account } = absorbed(house, charge)
  const resting = { id, market: name, cash: BigInt(priceTicks) * placed.restingLots * tickCash }
  const orders = placed.restingLots > 0n ? [...account.orders, resting] : account.orders
  writeAccount(house, key, { ...account, orders })
  observeMarket(house, name, moment)
  return {
    status: 'ok',
    fills,
    filledLots: absBig(taken.units) / lotUnits,
    restingLots: placed.restingLots,
    fee,
  }
}

function waitingLots(book: OrderBook, { orders }: MarginAccount, market: string, side: Side): bigint {
  return orders.reduce((sum, { id, market: of }) => {
    const order = of === market ? book.order(id) : undefined
    return order?.side === side ? sum + order.lots : sum
  }, 0n)
}

/** Takes an order out; only the account that placed it may. */
export function cancelOrder(
  house: ClearingHouse,
  key: string,
  { market, id }: { readonly market: string; readonly id: number },
): Outcome<Record<never, never>, 'unknown-order' | 'not-owner' | 'unknown-market'> {
  const book = house.books.get(market)
  if (book === undefined) return refused('unknown-market')
  const cancelled = book.cancel(id, key)
  if (cancelled.status === 'refused') return cancelled
  const account = house.accounts.get(key) as MarginAccount
  const orders = account.orders.filter((order) => order.id !== id || order.market !== market)
  writeAccount(house, key, { ...account, orders })
  return { status: 'ok' }
}

/** Takes out all orders of an account in a market; their ids. */
export function cancelOrders(
  house: ClearingHouse,
  key: string,
  market: string,
): Outcome<{ readonly ids: readonly number[] }, 'unknown-account' | 'wrong-venue'> {
  const account = house.accounts.get(key)
  if (!house.books.has(market)) return refused('wrong-venue')
  if (account === undefined) return refused('unknown-account')
  const ids = account.orders.filter((order) => order.market === market).map(({ id }) => id)
  for (const id of ids) cancelOrder(house, key, { market, id })
  return { status: 'ok', ids }
}

/** The account without its orders, which are taken out of their books. */
export function withoutOrders(house: ClearingHouse, account: MarginAccount, key: string): MarginAccount {
  for (const { id, market } of account.orders) house.books.get(market)?.cancel(id, key)
  return { ...account, orders: [] }
}
