// Isolated markets, C-1 to C-6: interest and shares by their rule, books that balance to the unit, nobody else touched, debts that the
// collateral bears, prices that may be used, and bad debt that suppliers bear when it happens.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, UsedPrice } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { CreditPrices } from './credit-prices.ts'
import type { WriteLog } from './credit-undo.ts'
import {
  assetsCeil,
  assetsFloor,
  bearable,
  growthOf,
  quotient,
  sharesCeil,
  sharesFloor,
} from './isolated-arithmetic.ts'
import { IsolatedLiquidations } from './isolated-liquidations.ts'
import { type IsolatedFacts, IsolatedRecord } from './isolated-record.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
/** Of shares of supply. */
type Moved = Event<'isolated-supplied' | 'isolated-withdrawn'>
type Id = 'C-1' | 'C-2' | 'C-3' | 'C-4' | 'C-5' | 'C-6'

export class IsolatedRules {
  readonly #tally: Tally
  readonly #log: WriteLog
  readonly #prices: CreditPrices
  readonly #markets = new Map<Address, IsolatedRecord>()
  readonly #liquidations: IsolatedLiquidations
  readonly #genesisSeconds: number
  /** Of the receipt in scope. */
  readonly #told = new Set<IsolatedRecord>()
  /** Fee shares that the receipt in scope has issued for interest, before what its command issues. */
  #fees = 0n

  constructor(tally: Tally, log: WriteLog, index: NetworkIndex, prices: CreditPrices) {
    this.#tally = tally
    this.#log = log
    this.#prices = prices
    this.#liquidations = new IsolatedLiquidations(tally)
    this.#genesisSeconds = Math.floor(index.spec.genesisMs / 1_000)
    for (const spec of index.spec.isolatedMarkets) {
      const chain = index.chains.get(spec.chainId)
      if (chain !== undefined) this.#markets.set(spec.address, new IsolatedRecord(spec, chain.book))
    }
  }

  genesis(): void {
    for (const market of this.#markets.values()) market.begin(this.#genesisSeconds)
  }

  event(scope: Scope, event: ChainEvent): void {
    const market = 'pool' in event ? this.#markets.get(event.pool) : undefined
    if (market === undefined) return
    this.#told.add(market)
    switch (event.kind) {
      case 'isolated-accrued':
        return this.#accrued(scope, market, event)
      case 'isolated-supplied':
        return this.#supplied(scope, market, event)
      case 'isolated-withdrawn':
        return this.#withdrawn(scope, market, event)
      case 'isolated-pledged':
        return this.#alone(scope, market, [event.user])
      case 'isolated-released':
        this.#alone(scope, market, [event.user])
        return this.#bornBy(scope, market, event.user, event.prices)
      case 'isolated-borrowed':
        return this.#borrowed(scope, market, event)
      case 'isolated-repaid':
        return this.#repaid(scope, market, event)
      case 'isolated-liquidated':
        return this.#liquidated(scope, market, event)
    }
  }

  /** A call that was refused for a price: one of them must be bad. */
  refused(scope: Scope, address: Address, what: string): void {
    const market = this.#markets.get(address)
    if (market === undefined) return
    this.#tally.checked['C-5']++
    const { collateral, loan } = market.spec
    const isAnyBad = [collateral, loan].some(
      ({ price }) => this.#prices.problem(price, scope.timestamp) !== null,
    )
    if (!isAnyBad) this.#breach(scope, 'C-5', market, `${what} was refused for a price, and both are good`)
  }

  receiptDone({ atMs }: Scope): void {
    for (const market of this.#told) this.#balanced(atMs, market)
    this.#told.clear()
    this.#fees = 0n
  }

  sums(atMs: number): void {
    for (const market of this.#markets.values()) {
      this.#tally.checked['C-1']++
      const misplaced = market.misplaced()
      if (misplaced !== null) this.#breach({ atMs }, 'C-1', market, misplaced)
      this.#balanced(atMs, market)
      this.#tally.checked['C-6']++
      for (const owner of market.bare())
        if (!market.bareAtGenesis.has(owner))
          this.#breach({ atMs }, 'C-6', market, `${owner} owes and has nothing pledged`)
    }
  }

  #accrued(scope: Scope, market: IsolatedRecord, event: Event<'isolated-accrued'>): void {
    this.#tally.checked['C-1']++
    const { facts, spec } = market
    const seconds = BigInt(scope.timestamp - facts.updatedAt)
    const due = growthOf(spec, market.before(scope).supply, facts.borrowed, facts.rateAtTarget, seconds)
    const { interest, feeShares, rateWad, rateAtTargetWad } = event
    if (
      interest !== due.interest ||
      feeShares !== due.feeShares ||
      rateWad !== due.rate ||
      rateAtTargetWad !== due.atTarget
    )
      this.#breach(
        scope,
        'C-1',
        market,
        `interest of ${interest} at ${rateWad}, ${feeShares} shares of it as a fee; due are ${due.interest} at ${due.rate} and ${due.feeShares}`,
      )
    this.#fees = due.feeShares
    this.#write(scope, market, {
      supplied: facts.supplied + due.interest,
      borrowed: facts.borrowed + due.interest,
      updatedAt: scope.timestamp,
      rateAtTarget: due.atTarget,
    })
  }

  #supplied(scope: Scope, market: IsolatedRecord, { user, amount, shares }: Moved): void {
    this.#alone(scope, market, [user])
    const { supply } = market.before(scope, this.#fees)
    this.#due(scope, market, `${shares} shares for ${amount}`, shares === sharesFloor(amount, supply))
    this.#write(scope, market, { supplied: market.facts.supplied + amount })
  }

  #withdrawn(scope: Scope, market: IsolatedRecord, { user, amount, shares }: Moved): void {
    this.#alone(scope, market, [user])
    const { supply } = market.before(scope, this.#fees)
    const isDue = shares === sharesCeil(amount, supply) || amount === assetsFloor(shares, supply)
    this.#due(scope, market, `${amount} for ${shares} shares`, isDue)
    this.#write(scope, market, { supplied: market.facts.supplied - amount })
  }

  #borrowed(scope: Scope, market: IsolatedRecord, event: Event<'isolated-borrowed'>): void {
    const { user, amount, shares, prices } = event
    this.#alone(scope, market, [user])
    const { borrow } = market.before(scope)
    this.#due(scope, market, `${shares} shares of debt for ${amount}`, shares === sharesCeil(amount, borrow))
    this.#write(scope, market, { borrowed: market.facts.borrowed + amount })
    this.#bornBy(scope, market, user, prices)
  }

  #repaid(scope: Scope, market: IsolatedRecord, event: Event<'isolated-repaid'>): void {
    const { user, payer, amount, shares } = event
    this.#alone(scope, market, [user, payer])
    const { borrow } = market.before(scope)
    const isDue = shares === sharesFloor(amount, borrow) || amount === assetsCeil(shares, borrow)
    this.#due(scope, market, `${amount} repaid for ${shares} shares of debt`, isDue)
    const { borrowed } = market.facts
    this.#write(scope, market, { borrowed: borrowed > amount ? borrowed - amount : 0n })
  }

  #liquidated(scope: Scope, market: IsolatedRecord, event: Event<'isolated-liquidated'>): void {
    this.#alone(scope, market, [event.borrower, event.liquidator])
    const price = this.#priceIn(scope, market, event.prices)
    if (price === null) return
    const { facts } = market
    const { badDebt, borrowed } = this.#liquidations.judge(scope, market, event, price)
    this.#write(scope, market, { supplied: facts.supplied - badDebt, borrowed })
  }

  /** C-4: what is owed is within what the collateral bears. */
  #bornBy(scope: Scope, market: IsolatedRecord, owner: Address, prices: readonly UsedPrice[]): void {
    const { pledged, owed } = market.positionNow(owner)
    if (owed === 0n) return
    const price = this.#priceIn(scope, market, prices)
    if (price === null) return
    this.#tally.checked['C-4']++
    const debt = assetsCeil(owed, market.borrowNow)
    const most = bearable(pledged, price, market.spec.lltvWad)
    if (debt > most) this.#breach(scope, 'C-4', market, `${owner} owes ${debt}, the collateral bears ${most}`)
  }

  /** The market's price from what its oracles said; null, and a breach, when it did not ask. */
  #priceIn(scope: Scope, market: IsolatedRecord, prices: readonly UsedPrice[]): bigint | null {
    const { spec } = market
    const { collateral, loan, name, chainId } = spec
    const sides = [collateral, loan]
    const ruleOf = (token: Address) => sides.find((side) => side.token === token)?.price
    this.#prices.usable(scope, { name, chainId, ruleOf }, prices)
    const [above, below] = sides.map(({ token }) => prices.find((each) => each.token === token)?.priceE8)
    if (above !== undefined && below !== undefined && below > 0n) return quotient(spec, above, below)
    this.#breach(scope, 'C-5', market, 'a decision asked for no price')
    return null
  }

  #due(scope: Scope, market: IsolatedRecord, what: string, isDue: boolean): void {
    this.#tally.checked['C-1']++
    if (!isDue) this.#breach(scope, 'C-1', market, `${what}: not by the price of a share`)
  }

  /** C-3: entries touch the market, its fee's recipient, who calls, and those that the event names. */
  #alone(scope: Scope, market: IsolatedRecord, named: readonly Address[]): void {
    this.#tally.checked['C-3']++
    const { address, feeRecipient } = market.spec
    const allowed = new Set<string>(['', address, feeRecipient, ...named])
    if (scope.transaction !== null) allowed.add(scope.transaction.from)
    for (const { cause, legs } of scope.receipt.entries)
      if (cause.startsWith('isolated-'))
        for (const { owner } of legs)
          if (!allowed.has(owner)) this.#breach(scope, 'C-3', market, `${cause} moves something of ${owner}`)
  }

  /** C-2: cash and debts are what suppliers have, but for single units that repayments leave. */
  #balanced(atMs: number, market: IsolatedRecord): void {
    this.#tally.checked['C-2']++
    const { supplied, borrowed, operations } = market.facts
    const gap = market.cash + borrowed - supplied
    if (gap < 0n || gap > operations || borrowed > supplied)
      this.#breach(
        { atMs },
        'C-2',
        market,
        `cash of ${market.cash} and debts of ${borrowed} against claims of ${supplied}`,
      )
  }

  #write(scope: Scope, market: IsolatedRecord, change: Partial<IsolatedFacts>): void {
    const before = market.facts
    market.facts = { ...before, ...change, operations: before.operations + 1n }
    this.#log.note(scope.block.hash, () => {
      market.facts = before
    })
  }

  #breach({ atMs }: { readonly atMs: number }, id: Id, { spec }: IsolatedRecord, detail: string): void {
    this.#tally.breach(id, atMs, spec.chainId, `isolated market ${spec.name}: ${detail}`)
  }
}
