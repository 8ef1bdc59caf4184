// Orders of perpetual futures on a book, and what they and liquidations take from it (V-3): the best price first, at one price who came
// first, at the price of who waited; who opens has the initial margin as if all that he has waiting were filled, and for what his order could
// lose against the mark at its limit.
import type { NewBookOrder, PerpetualEvent, PerpetualFill } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { PerpetualBook } from './perpetual-book.ts'
import { ceilDiv, type PerpetualLedger } from './perpetual-ledger.ts'

type EventOf<K extends PerpetualEvent['kind']> = Extract<PerpetualEvent, { kind: K }>
type Side = NewBookOrder['side']

const BPS = 10_000n

/** Plays an order on the ledger; what is wrong with it. */
export function ordered(
  ledger: PerpetualLedger,
  event: EventOf<'perpetual-order-placed'>,
  { transaction }: Scope,
): string[] {
  const { market, account, limitId, side, priceTicks, lots, timeInForce, fills, fee } = event
  const [rules, book] = [ledger.rulesOf(market), ledger.book(market)]
  if (rules === undefined || book === null) return [`takes an order in a market ${market} that has no book`]
  const call = transaction?.call
  const found: string[] = []
  const isAsked =
    call?.kind === 'order-perpetual' &&
    call.side === side &&
    call.priceTicks === priceTicks &&
    call.lots === lots &&
    call.timeInForce === timeInForce
  if (!isAsked)
    found.push(`takes an order for ${lots} lots at ${priceTicks}, which its call does not ask for`)
  ledger.payFunding(account)
  found.push(...underMargin(ledger, book, event))
  const due = book.meets(side, priceTicks, lots)
  if (!isSame(fills, due))
    found.push(`fills order ${limitId} from ${told(fills)}, and ${told(due)} come first`)
  const { cash, lots: filled } = playFills(ledger, { market, account, side, fills })
  const owed = ceilDiv(size(cash) * rules.tradeFeeBps, BPS)
  if (owed !== fee) found.push(`asks for a fee of ${fee}, and it is ${owed}`)
  ledger.account(account).balance -= fee
  ledger.fund += fee
  ledger.absorb(account)
  const rests = timeInForce === 'good-till-cancelled' || timeInForce === 'post-only'
  if (
    (timeInForce === 'post-only' && filled > 0n) ||
    (timeInForce === 'fill-or-kill' && filled < lots) ||
    filled > lots
  )
    found.push(`fills ${filled} of ${lots} lots ${timeInForce}`)
  if (rests && filled < lots) book.rest({ limitId, account, side, priceTicks, lots: lots - filled })
  return found
}

export function cancelled(
  ledger: PerpetualLedger,
  { market, account, limitIds }: EventOf<'perpetual-orders-cancelled'>,
): string[] {
  const gone = ledger.book(market)?.withdraw(account) ?? []
  return gone.join() === limitIds.join()
    ? []
    : [`takes back orders ${limitIds.join(', ')} of ${account}, who has ${gone.join(', ')}`]
}

/** What a liquidation takes from the book, at any price; the cash of the account. */
export function closedOnBook(
  ledger: PerpetualLedger,
  asked: { readonly market: string; readonly account: string; readonly units: bigint },
  fills: readonly PerpetualFill[],
  found: string[],
): { readonly units: bigint; readonly cash: bigint } {
  const book = ledger.book(asked.market)
  if (book === null) {
    if (fills.length > 0) found.push(`fills from a book that ${asked.market} does not have`)
    return { units: 0n, cash: 0n }
  }
  const side = asked.units > 0n ? 'sell' : 'buy'
  const due = book.meets(side, null, sumOf(fills))
  if (!isSame(fills, due)) found.push(`liquidates into ${told(fills)}, and ${told(due)} come first`)
  const { cash, lots } = playFills(ledger, { ...asked, side, fills })
  return { units: (side === 'sell' ? lots : -lots) * book.venue.lotUnits, cash }
}

/** Before it is filled: who opens has enough for the order at its limit, and at what it could lose there. */
function underMargin(
  ledger: PerpetualLedger,
  book: PerpetualBook,
  { market, account, side, priceTicks, lots, indexE8 }: EventOf<'perpetual-order-placed'>,
): string[] {
  const units = lots * book.venue.lotUnits
  const before = ledger.unitsOf(account, market)
  let after = before + (side === 'buy' ? units : -units)
  for (const order of book.of(account))
    if (order.side === side) after += (side === 'buy' ? order.lots : -order.lots) * book.venue.lotUnits
  const opens = size(after) > size(before) || (after !== 0n && after > 0n !== before > 0n)
  const standing = ledger.standing(account, indexE8, market)
  const value = ledger.value(market, units, indexE8)
  if (!opens || standing === null || value === null) return []
  const atLimit = book.worth({ lots, priceTicks })
  const atRisk = book.worth({
    lots,
    priceTicks: Math.max(priceTicks, side === 'sell' ? (book.best('buy') ?? 0) : 0),
  })
  const loss = side === 'buy' ? atLimit - value : value - atLimit
  const needed = standing.initial + ceilDiv(atRisk * ledger.initialBps(market), BPS) + (loss > 0n ? loss : 0n)
  return standing.equity < needed
    ? [
        `lets ${account} order ${lots} lots at ${priceTicks} on ${standing.equity}, and ${needed} are asked for`,
      ]
    : []
}

function playFills(
  ledger: PerpetualLedger,
  {
    market,
    account,
    side,
    fills,
  }: {
    readonly market: string
    readonly account: string
    readonly side: Side
    readonly fills: readonly PerpetualFill[]
  },
): { readonly cash: bigint; readonly lots: bigint } {
  const book = ledger.book(market)!
  let cash = 0n
  for (const fill of fills) {
    const sign = side === 'buy' ? 1n : -1n
    const leg = { units: sign * fill.lots * book.venue.lotUnits, cash: -sign * book.worth(fill) }
    ledger.payFunding(fill.account)
    ledger.move(fill.account, market, { units: -leg.units, cash: -leg.cash })
    ledger.absorb(fill.account)
    ledger.payFunding(account)
    ledger.move(account, market, leg)
    book.take(fill)
    cash += leg.cash
  }
  return { cash, lots: sumOf(fills) }
}

function sumOf(fills: readonly PerpetualFill[]): bigint {
  return fills.reduce((sum, { lots }) => sum + lots, 0n)
}

function isSame(fills: readonly PerpetualFill[], due: readonly PerpetualFill[]): boolean {
  return (
    fills.length === due.length &&
    fills.every((fill, index) => {
      const other = due[index]!
      return (
        fill.limitId === other.limitId &&
        fill.account === other.account &&
        fill.priceTicks === other.priceTicks &&
        fill.lots === other.lots
      )
    })
  )
}

function told(fills: readonly PerpetualFill[]): string {
  if (fills.length === 0) return 'nobody'
  return fills.map(({ limitId, lots, priceTicks }) => `${lots} of ${limitId} at ${priceTicks}`).join(', ')
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}
