// Clearing houses of perpetual futures, V-3: the vault holds what accounts, markets and fund come to less unpaid losses; trades are at the
// price of the virtual reserve or of who waited in the book, and cost their fee; who opens or takes margin out has the initial margin left, and who is liquidated had less
// than the maintenance margin; the fund pays first, and nobody pays twice. By the ledger of perpetual-ledger.ts.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, NetworkSpec, PerpetualEvent, PerpetualSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import { ceilDiv, PerpetualLedger } from './perpetual-ledger.ts'
import { cancelled, closedOnBook, ordered } from './perpetual-order-rules.ts'
import type { Tally } from './tally.ts'

type EventOf<K extends PerpetualEvent['kind']> = Extract<PerpetualEvent, { kind: K }>

interface House {
  readonly spec: PerpetualSpec
  ledger: PerpetualLedger
  readonly purchases: ReadonlySet<Address>
}

const E8 = 10n ** 8n
const BPS = 10_000n

export class PerpetualRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #houses = new Map<Address, House>()
  readonly #writes = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
    for (const spec of index.spec.derivatives)
      if (spec.kind === 'perpetual')
        this.#houses.set(spec.address, {
          spec,
          ledger: new PerpetualLedger(spec),
          purchases: purchasesFrom(index.spec, spec.address),
        })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('house' in event)) return
    this.#tally.checked['V-3']++
    const house = this.#houses.get(event.house)
    if (house?.spec.chainId !== scope.chain.chainId) {
      this.#tally.breach('V-3', scope.atMs, scope.chain.chainId, `there is no house ${event.house} here`)
      return
    }
    const before = house.ledger
    const after = before.copy()
    for (const problem of problems(after, event, scope, house.purchases))
      this.#breach(scope.atMs, house, problem)
    house.ledger = after
    this.#writes.note(scope.block.hash, () => {
      house.ledger = before
    })
    this.#sound(scope.atMs, house)
  }

  sums(atMs: number): void {
    for (const house of this.#houses.values()) this.#sound(atMs, house)
  }

  undoBlock(hash: string): void {
    this.#writes.undo(hash)
  }

  #sound(atMs: number, house: House): void {
    this.#tally.checked['V-3']++
    const { address, chainId, token } = house.spec
    const booked = this.#index.chains.get(chainId)?.book.token(token).balance('POOL', address)
    const owed = house.ledger.owed()
    if (booked !== owed) this.#breach(atMs, house, `holds ${booked}, its accounts and fund come to ${owed}`)
  }

  #breach(atMs: number, { spec }: House, detail: string): void {
    this.#tally.breach('V-3', atMs, spec.chainId, `house ${spec.name} ${detail}`)
  }
}

/** Contracts through which orders buy positions of this house. */
function purchasesFrom({ purchases = [] }: NetworkSpec, house: Address): ReadonlySet<Address> {
  return new Set(
    purchases
      .filter(({ buys }) => buys.kind === 'perpetual' && buys.house === house)
      .map(({ address }) => address),
  )
}

/** Plays an event on the ledger; what is wrong with it. */
function problems(
  ledger: PerpetualLedger,
  event: PerpetualEvent,
  scope: Scope,
  purchases: ReadonlySet<Address>,
): string[] {
  switch (event.kind) {
    case 'margin-moved':
      return marginMoved(ledger, event)
    case 'perpetual-traded':
      return traded(ledger, event, scope, purchases)
    case 'perpetual-order-placed':
      return ordered(ledger, event, scope)
    case 'perpetual-orders-cancelled':
      return cancelled(ledger, event)
    case 'funding-paid':
      return fundingPaid(ledger, event)
    case 'perpetual-liquidated':
      return liquidated(ledger, event)
  }
}

function marginMoved(ledger: PerpetualLedger, { account, amount }: EventOf<'margin-moved'>): string[] {
  if (amount < 0n) ledger.payFunding(account)
  ledger.account(account).balance += amount
  if (amount >= 0n) return []
  const standing = ledger.standing(account, null, '')
  return standing !== null && standing.equity < standing.initial
    ? [`pays ${-amount} out of an account that is left with ${standing.equity} of ${standing.initial}`]
    : []
}

function traded(
  ledger: PerpetualLedger,
  event: EventOf<'perpetual-traded'>,
  { transaction }: Scope,
  purchases: ReadonlySet<Address>,
): string[] {
  const { market, account, units, cash, fee, indexE8 } = event
  const rules = ledger.rulesOf(market)
  if (rules === undefined) return [`trades in a market ${market} that it does not have`]
  const call = transaction?.call
  const found: string[] = []
  // Of a fill that delivers to a purchase V-7 says whether it is the one.
  const isPurchase = call?.kind === 'fill' && purchases.has(call.order.output.recipient)
  const isTrade =
    call?.kind === 'trade-perpetual' &&
    call.units === units &&
    (call.minCash === null || cash >= call.minCash)
  if (!isPurchase && !isTrade) found.push(`trades ${units} for ${cash}, which its call does not ask for`)
  ledger.payFunding(account)
  const before = ledger.unitsOf(account, market)
  const due = ledger.trade(market, units)
  if (due !== cash) found.push(`gives ${cash} for ${units}, its reserve says ${due}`)
  const owed = ceilDiv((cash < 0n ? -cash : cash) * rules.tradeFeeBps, BPS)
  if (owed !== fee) found.push(`asks for a fee of ${fee}, and it is ${owed}`)
  ledger.move(account, market, { units, cash: cash - fee })
  ledger.fund += fee
  const after = before + units
  const opens = size(after) > size(before) || (after !== 0n && after > 0n !== before > 0n)
  const standing = ledger.standing(account, indexE8, market)
  if (opens && standing !== null && standing.equity < standing.initial)
    found.push(`opens ${units} on ${standing.equity}, and ${standing.initial} are asked for`)
  ledger.absorb(account)
  return found
}

function fundingPaid(ledger: PerpetualLedger, event: EventOf<'funding-paid'>): string[] {
  const { market, rateE18, index, indexE8, initialMarginBps } = event
  const rules = ledger.rulesOf(market)
  if (rules === undefined) return [`has funding in a market ${market} that it does not have`]
  const grown = (rateE18 * indexE8 * rules.quoteUnit) / (E8 * rules.baseUnit)
  const found: string[] = []
  if (index !== ledger.fundingIndex(market) + grown)
    found.push(`moves its funding to ${index}, a rate of ${rateE18} does not`)
  if (size(rateE18) > rules.funding.capE18) found.push(`asks for funding of ${rateE18}, above its cap`)
  ledger.endInterval(market, index, indexE8)
  const due = ledger.initialBps(market)
  if (initialMarginBps !== due) found.push(`asks for a margin of ${initialMarginBps} bp, and it is ${due}`)
  if (ledger.fund < 0n) found.push('pays funding that its fund does not have')
  return found
}

function liquidated(ledger: PerpetualLedger, event: EventOf<'perpetual-liquidated'>): string[] {
  const { market, account, units, reward, toFund, fills, lateFills, deleveraged, fund, badDebt, indexE8 } =
    event
  const rules = ledger.rulesOf(market)
  if (rules === undefined) return [`liquidates in a market ${market} that it does not have`]
  const found: string[] = []
  ledger.payFunding(account)
  const standing = ledger.standing(account, indexE8, market)
  if (standing !== null && standing.equity >= standing.maintenance)
    found.push(`liquidates an account with ${standing.equity}, and ${standing.maintenance} are enough`)
  const held = ledger.unitsOf(account, market)
  if (units === 0n || size(units) > size(held) || units > 0n !== held > 0n)
    found.push(`closes ${units} of ${held}`)
  const bankrupt = (ledger.value(market, held, indexE8) ?? 0n) - (standing?.equity ?? 0n)
  const mostLoss = bankrupt - ledger.fund
  ledger.withdrawOrders(account)
  const first = closedOnBook(ledger, { market, account, units }, fills, found)
  // As whole: what it gives for a part is in proportion to what the account and the fund can bear for all.
  if (standing !== null && first.cash * size(held) < mostLoss * size(first.units))
    found.push(`closes ${first.units} of ${held} for ${first.cash}, and its fund cannot pay what that loses`)
  let atVenue = units - first.units
  for (const taken of deleveraged) {
    ledger.payFunding(taken.account)
    const other = ledger.unitsOf(taken.account, market)
    if (other > 0n === taken.units > 0n || size(taken.units) > size(other))
      found.push(`closes ${taken.units} against ${taken.account}, who has ${other}`)
    ledger.move(taken.account, market, taken)
    ledger.move(account, market, { units: -taken.units, cash: -taken.cash })
    ledger.absorb(taken.account)
    atVenue -= taken.units
  }
  const last = closedOnBook(ledger, { market, account, units }, lateFills, found)
  atVenue -= last.units
  const cash = atVenue === 0n ? 0n : ledger.trade(market, -atVenue)
  if (atVenue !== 0n) {
    if (ledger.book(market) !== null) found.push(`closes ${atVenue} with nobody`)
    ledger.move(account, market, { units: -atVenue, cash })
  }
  const most = ceilDiv((size(first.cash) + size(last.cash) + size(cash)) * rules.liquidationFeeBps, BPS) + 1n
  if (reward + toFund > most || toFund < reward || toFund > reward + 1n)
    found.push(`takes ${reward} and ${toFund} of at most ${most}`)
  ledger.account(account).balance -= reward + toFund
  ledger.fund += toFund
  ledger.absorb(account)
  if (ledger.fund !== fund || ledger.badDebt !== badDebt)
    found.push(
      `has ${fund} and unpaid losses of ${badDebt}, and should have ${ledger.fund} and ${ledger.badDebt}`,
    )
  return found
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}
