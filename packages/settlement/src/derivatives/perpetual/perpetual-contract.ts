// The contract of a clearing house: its state behind the chain's undo log.
import type { PerpetualMarketSpec, PerpetualSpec } from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import { OrderBook } from '../../market/order-book/order-book.ts'
import type { LevelQueuesState } from '../../queues/level-queues.ts'
import type { ClearingHouse, MarginAccount, MarketRules, PerpetualMarket, Purse } from './clearing-house.ts'
import { openMarket } from './margin.ts'

export class PerpetualContract {
  readonly spec: PerpetualSpec
  readonly house: ClearingHouse
  /** Of the next order on a book. */
  readonly nextOrder: UndoableCell<number>

  constructor(log: UndoLog, spec: PerpetualSpec, genesisSeconds: number) {
    this.spec = spec
    this.nextOrder = new UndoableCell(log, 0)
    this.house = {
      rules: new Map(spec.markets.map((market) => [market.name, marketRules(market)])),
      books: new Map(
        spec.markets
          .filter(({ venue }) => venue.kind === 'order-book')
          .map(({ name }) => [name, undoableBook(log)]),
      ),
      markets: new UndoableMap<string, PerpetualMarket>(log),
      accounts: new UndoableMap<string, MarginAccount>(log),
      purse: new UndoableMap<'purse', Purse>(log),
    }
    for (const { name, startPriceE8, venue } of spec.markets)
      openMarket(this.house, name, {
        ...{ atSeconds: genesisSeconds, priceE8: startPriceE8 },
        depth: venue.kind === 'virtual-amm' ? venue.depth : 0n,
      })
    this.house.purse.set('purse', { fund: spec.fund, badDebt: 0n })
  }
}

/** The rules of a market as the state machine takes them. */
export function marketRules(
  market: Omit<PerpetualMarketSpec, 'name' | 'index' | 'startPriceE8'>,
): MarketRules {
  const { baseUnit, quoteUnit, initialMarginBps, maintenanceMarginBps } = market
  const { tradeFeeBps, liquidationFeeBps, mark, funding, dynamicMargin, venue } = market
  return {
    ...{ baseUnit, quoteUnit, initialMarginBps, maintenanceMarginBps, tradeFeeBps, liquidationFeeBps },
    ...{ mark, funding, venue: venue.kind === 'virtual-amm' ? { kind: venue.kind } : venue },
    ...(dynamicMargin === undefined
      ? {}
      : { dynamicMargin: { ...dynamicMargin, floorBps: initialMarginBps } }),
  }
}

function undoableBook(log: UndoLog): OrderBook {
  return new OrderBook({ orders: new UndoableMap(log), buys: queues(log), sells: queues(log) })
}

function queues(log: UndoLog): LevelQueuesState<number> {
  return { words: new UndoableMap(log), levels: new UndoableMap(log), links: new UndoableMap(log) }
}
