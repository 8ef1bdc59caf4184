// A clearing house as whoever follows its chain knows it: the contract's own machine, kept in step by the events of followed blocks, so that
// a liquidation can be tried before it is sent. Index prices are what feeds were last seen to say; how old an answer may be is left
// to the contract. A block that is no longer followed is taken back.
import type { Address } from '@solvent/primitives'
import type { Block, ChainEvent, OracleSpec, PerpetualEvent, PerpetualSpec } from '@solvent/protocol'
import { KeptBlocks } from '../../ledger/kept-blocks.ts'
import { UndoableMap, UndoLog } from '../../ledger/undo-log.ts'
import { type PriceMoment, standingOf } from './clearing-house.ts'
import { isFundingDue } from './funding.ts'
import { liquidatePerpetual } from './liquidate.ts'
import { depositMargin, payFunding, withdrawMargin } from './margin.ts'
import { PerpetualContract } from './perpetual-contract.ts'
import { cancelOrders, placeOrder } from './perpetual-order.ts'
import { tradePerpetual } from './virtual-trade.ts'

/** An account that can be liquidated in a market. */
export interface LiquidatableAccount {
  readonly account: string
  readonly owner: Address
  readonly market: string
}

/** What an owner has in a cross account, seen by one market. */
export interface MakerAccount {
  /** Margin and what positions are worth, as the house weighs them. */
  readonly equity: bigint
  /** Of its position in the market; below 0 short. */
  readonly units: bigint
  /** Of its orders that wait in the market's book. */
  readonly restingLots: bigint
}

export class PerpetualMirror {
  readonly spec: PerpetualSpec
  readonly #log = new UndoLog()
  readonly #contract: PerpetualContract
  readonly #prices: UndoableMap<Address, bigint>
  readonly #kept = new KeptBlocks(this.#log)

  constructor(spec: PerpetualSpec, oracles: readonly OracleSpec[], genesisSeconds: number) {
    this.spec = spec
    this.#contract = new PerpetualContract(this.#log, spec, genesisSeconds)
    this.#prices = new UndoableMap(this.#log)
    for (const { address, source } of oracles) {
      const first = source.kind === 'peg' ? source.priceE8 : source.kind === 'feed' ? source.genesisE8 : null
      if (first !== null) this.#prices.set(address, first)
    }
    this.#log.seal()
  }

  /** Who has too little margin for his position, as of the newest followed block. */
  liquidatable(atSeconds: number): LiquidatableAccount[] {
    const { house } = this.#contract
    const accounts = [...house.accounts.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    return accounts.flatMap(([account, { owner, positions }]) =>
      positions.flatMap(([market]) => {
        const mark = this.#log.mark()
        const { status } = liquidatePerpetual(house, account, market, this.#moment(atSeconds))
        this.#log.rollback(mark)
        return status === 'ok' ? [{ account, owner: owner as Address, market }] : []
      }),
    )
  }

  /** Null before the owner's first deposit, and while there is no price to weigh by. */
  accountOf(owner: Address, market: string, atSeconds: number): MakerAccount | null {
    const { house } = this.#contract
    const account = house.accounts.get(owner)
    const standing = account === undefined ? null : standingOf(house, account, this.#moment(atSeconds))
    if (account === undefined || standing === null) return null
    const book = house.books.get(market)
    const restingLots = account.orders.reduce(
      (sum, { id, market: of }) => sum + (of === market ? (book?.order(id)?.lots ?? 0n) : 0n),
      0n,
    )
    const units = account.positions.find(([name]) => name === market)?.[1].units ?? 0n
    return { equity: standing.equity, units, restingLots }
  }

  /** Markets whose funding interval is over. */
  fundingDue(atSeconds: number): string[] {
    const { house } = this.#contract
    return this.spec.markets
      .filter(({ name, funding }) => isFundingDue(house.markets.get(name)!.funding, funding, atSeconds))
      .map(({ name }) => name)
  }

  followed({ header: { chainId, timestamp }, hash, receipts }: Block): void {
    if (chainId !== this.spec.chainId) return
    for (const { events } of receipts) for (const event of events) this.#play(event, timestamp)
    this.#kept.followed(hash, null)
  }

  orphaned({ hash }: Block): void {
    this.#kept.orphaned(hash)
  }

  #moment(
    atSeconds: number,
    told?: { readonly market: string; readonly indexE8: bigint | null },
  ): PriceMoment {
    return {
      atSeconds,
      indexE8: (name) => {
        if (told?.market === name) return told.indexE8
        const index = this.spec.markets.find((market) => market.name === name)?.index
        return index === undefined ? null : (this.#prices.get(index.oracle) ?? null)
      },
    }
  }

  #play(event: ChainEvent, atSeconds: number): void {
    if (event.kind === 'price-updated') this.#prices.set(event.oracle, event.answerE8)
    else if ('house' in event && event.house === this.spec.address) this.#played(event, atSeconds)
  }

  #played(event: PerpetualEvent, atSeconds: number): void {
    const { house } = this.#contract
    switch (event.kind) {
      case 'margin-moved': {
        const { account, amount } = event
        const owner = account.split('/')[0]!
        if (amount > 0n) depositMargin(house, account, { owner, amount })
        else withdrawMargin(house, account, -amount, this.#moment(atSeconds))
        return
      }
      case 'perpetual-traded':
        tradePerpetual(house, event.account, { ...event, minCash: null }, this.#moment(atSeconds, event))
        return
      case 'perpetual-order-placed':
        placeOrder(house, event.account, { ...event, id: event.limitId }, this.#moment(atSeconds, event))
        return
      case 'perpetual-orders-cancelled':
        cancelOrders(house, event.account, event.market)
        return
      case 'funding-paid':
        payFunding(house, event.market, this.#moment(atSeconds, event))
        return
      case 'perpetual-liquidated':
        liquidatePerpetual(house, event.account, event.market, this.#moment(atSeconds, event))
        return
    }
  }
}
