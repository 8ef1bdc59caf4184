// The clearing house of perpetual futures: margin accounts, the insurance fund, and the identity that it keeps:
//
//   vault = Σ margin + Σ cash of positions + virtual cash of the markets + fund + Σ pots of funding − bad debt
//
// where the vault is what has been deposited less what has been paid out. An account is cross (one margin under positions in many
// markets) or isolated (margin and position of one market): an isolated account is an account of its own. Source: Perpetual
// Protocol v1, ClearingHouse.sol; margins and the waterfall as exchanges publish them (BitMEX, Binance Futures).
import { absBig, BPS, divUp, PRICE_ONE_E8 } from '@solvent/primitives'
import { type DynamicMarginRules, marginBpsUp, type RealisedVariance } from '../../controls/dynamic-margin.ts'
import type { StateMap } from '../../ledger/state-map.ts'
import type { OrderBook } from '../../market/order-book/order-book.ts'
import { type FundingRules, type FundingState, observed } from './funding.ts'
import { type ContractUnits, flatPosition, fundingOwedUp, type Position, valueAt } from './position.ts'
import { spotPriceE8, tradeVirtual, type VirtualAmm } from './virtual-amm.ts'

export interface MarketRules extends ContractUnits {
  readonly funding: FundingRules
  /** Equity over the value of all positions: to open, and to stay. */
  readonly initialMarginBps: bigint
  readonly maintenanceMarginBps: bigint
  /** Left out: they are fixed. Its floor is the initial margin. */
  readonly dynamicMargin?: DynamicMarginRules
  /** Of a trade's cash, to the fund. */
  readonly tradeFeeBps: bigint
  /** Of the cash of what is liquidated; half to who called, half to the fund. */
  readonly liquidationFeeBps: bigint
  /** Whether positions are weighed at the venue or at the index. */
  readonly mark: 'venue' | 'index'
  readonly venue: VenueRules
}

export type VenueRules =
  | { readonly kind: 'virtual-amm' }
  /** One lot in base units of the underlying, and what one tick of one lot is worth in base units of the coin of settlement. */
  | { readonly kind: 'order-book'; readonly lotUnits: bigint; readonly tickCash: bigint }

export interface PerpetualMarket {
  /** Null on an order book. */
  readonly amm: VirtualAmm | null
  /** Of the last fill on an order book, ticks; null before the first. */
  readonly lastTicks: number | null
  readonly funding: FundingState
  /** What payers of funding have paid and receivers have not had yet. */
  readonly pot: bigint
  /** Of the index, by funding intervals. */
  readonly variance: RealisedVariance
  /** Σ units of all accounts. */
  readonly netUnits: bigint
}

export interface MarginAccount {
  readonly owner: string
  /** May be below 0 while positions of a cross account are worth more. */
  readonly margin: bigint
  readonly positions: readonly (readonly [market: string, position: Position])[]
  /** Orders that rest on a book: what they would cost at their limits. */
  readonly orders: readonly { readonly id: number; readonly market: string; readonly cash: bigint }[]
}

export interface Purse {
  readonly fund: bigint
  /** Losses that neither margin nor fund covered: the vault lacks this much. */
  readonly badDebt: bigint
}

/** Accounts can be gone through, for auto-deleveraging; their order means nothing. */
export interface AccountMap extends StateMap<string, MarginAccount> {
  entries(): Iterable<[string, MarginAccount]>
}

export interface ClearingHouse {
  readonly rules: ReadonlyMap<string, MarketRules>
  readonly books: ReadonlyMap<string, OrderBook>
  readonly markets: StateMap<string, PerpetualMarket>
  readonly accounts: AccountMap
  readonly purse: StateMap<'purse', Purse>
}

/** When a command runs, and the index prices that it may believe; null when the oracle's rule refuses one. */
export interface PriceMoment {
  readonly atSeconds: number
  readonly indexE8: (market: string) => bigint | null
}

export const EMPTY_PURSE: Purse = { fund: 0n, badDebt: 0n }

/** The key of an account: all of an owner's cross positions share one. */
export function accountKey(owner: string, isolatedIn: string | null): string {
  return isolatedIn === null ? owner : `${owner}/${isolatedIn}`
}

export function purseOf({ purse }: ClearingHouse): Purse {
  return purse.get('purse') ?? EMPTY_PURSE
}

export function positionIn(account: MarginAccount, market: string): Position | undefined {
  return account.positions.find(([name]) => name === market)?.[1]
}

export function withPosition(account: MarginAccount, market: string, position: Position): MarginAccount {
  const others = account.positions.filter(([name]) => name !== market)
  const isFlat = position.units === 0n && position.cash === 0n
  return { ...account, positions: isFlat ? others : [...others, [market, position]] }
}

/** The price at which the venue trades: spot, or the middle of the book, or its last fill; null when there is none. */
export function venuePriceE8(house: ClearingHouse, name: string): bigint | null {
  const rules = house.rules.get(name) as MarketRules
  const market = house.markets.get(name) as PerpetualMarket
  if (market.amm !== null) return spotPriceE8(market.amm, rules)
  if (rules.venue.kind !== 'order-book') return null
  const { lotUnits, tickCash } = rules.venue
  const bid = house.books.get(name)?.best('buy') ?? null
  const ask = house.books.get(name)?.best('sell') ?? null
  const twiceTicks =
    bid !== null && ask !== null ? bid + ask : market.lastTicks === null ? null : 2 * market.lastTicks
  if (twiceTicks === null) return null
  return (BigInt(twiceTicks) * tickCash * rules.baseUnit * PRICE_ONE_E8) / (2n * lotUnits * rules.quoteUnit)
}

/** The price that positions are weighed at; null when it is not known. */
export function markPriceE8(house: ClearingHouse, name: string, { indexE8 }: PriceMoment): bigint | null {
  const index = indexE8(name)
  const mark = house.rules.get(name)?.mark === 'index' ? index : (venuePriceE8(house, name) ?? index)
  return mark === null || mark <= 0n ? null : mark
}

/**
 * What units are worth: against a virtual market maker what closing them would bring (a price that one's own trade has moved is
 * no profit), else their value at the mark, rounded down; null when no price is known.
 */
export function markValue(
  house: ClearingHouse,
  name: string,
  units: bigint,
  moment: PriceMoment,
): bigint | null {
  const rules = house.rules.get(name) as MarketRules
  const { amm } = house.markets.get(name) as PerpetualMarket
  if (amm !== null && rules.mark === 'venue') {
    const closed = tradeVirtual(amm, -units)
    if (closed.status === 'ok') return closed.leg.cash
  }
  const mark = markPriceE8(house, name, moment)
  return mark === null ? null : valueAt(units, mark, rules)
}

/** Writes the premium of now into a market's average; no index, no note. */
export function observeMarket(
  house: ClearingHouse,
  name: string,
  { atSeconds, indexE8 }: PriceMoment,
): PerpetualMarket {
  const market = house.markets.get(name) as PerpetualMarket
  const index = indexE8(name)
  const venue = venuePriceE8(house, name)
  if (index === null || index <= 0n || venue === null) return market
  const next = { ...market, funding: observed(market.funding, venue, index, atSeconds) }
  house.markets.set(name, next)
  return next
}

/** Pays or takes what an account's positions owe in funding; writes the pots, not the account. */
export function withFundingPaid(house: ClearingHouse, account: MarginAccount): MarginAccount {
  let paid = account
  for (const [name, position] of account.positions) {
    const market = house.markets.get(name) as PerpetualMarket
    const { index } = market.funding
    if (position.fundingIndex === index) continue
    const owed = fundingOwedUp(position, index)
    house.markets.set(name, { ...market, pot: market.pot + owed })
    paid = { ...withPosition(paid, name, { ...position, fundingIndex: index }), margin: paid.margin - owed }
  }
  return paid
}

export interface Standing {
  /** Margin and what the positions are worth. */
  readonly equity: bigint
  readonly initialRequired: bigint
  readonly maintenanceRequired: bigint
}

/** How an account stands once its funding is paid; null when a price that it hangs on is not known. */
export function standingOf(
  house: ClearingHouse,
  account: MarginAccount,
  moment: PriceMoment,
): Standing | null {
  let equity = account.margin
  let initialRequired = 0n
  let maintenanceRequired = 0n
  for (const [name, { units, cash }] of account.positions) {
    const value = markValue(house, name, units, moment)
    if (value === null) return null
    equity += value + cash
    const margins = marginsOf(house, name)
    initialRequired += shareUp(absBig(value), margins.initialBps)
    maintenanceRequired += shareUp(absBig(value), margins.maintenanceBps)
  }
  for (const order of account.orders)
    initialRequired += shareUp(order.cash, marginsOf(house, order.market).initialBps)
  return { equity, initialRequired, maintenanceRequired }
}

export interface Margins {
  readonly initialBps: bigint
  readonly maintenanceBps: bigint
}

/** The margins of a market as its volatility has them now: the maintenance margin in proportion to the initial one, rounded up. */
export function marginsOf(house: ClearingHouse, name: string): Margins {
  const { dynamicMargin, initialMarginBps, maintenanceMarginBps } = house.rules.get(name) as MarketRules
  if (dynamicMargin === undefined)
    return { initialBps: initialMarginBps, maintenanceBps: maintenanceMarginBps }
  const initialBps = marginBpsUp((house.markets.get(name) as PerpetualMarket).variance, dynamicMargin)
  return { initialBps, maintenanceBps: divUp(initialBps * maintenanceMarginBps, initialMarginBps) }
}

export function shareUp(value: bigint, bps: bigint): bigint {
  return (value * bps + BPS - 1n) / BPS
}

/** The position in a market, flat at the market's funding index when there is none. */
export function positionOrFlat(house: ClearingHouse, account: MarginAccount, market: string): Position {
  return (
    positionIn(account, market) ?? flatPosition((house.markets.get(market) as PerpetualMarket).funding.index)
  )
}

export function writeAccount({ accounts }: ClearingHouse, key: string, account: MarginAccount): void {
  if (account.margin === 0n && account.positions.length === 0 && account.orders.length === 0)
    accounts.delete(key)
  else accounts.set(key, account)
}
