// The contract of a clearing house: its state behind the chain's undo log.
import type { PerpetualMarketSpec, PerpetualSpec } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { ClearingHouse, MarginAccount, MarketRules, PerpetualMarket, Purse } from './clearing-house.ts'
import { openMarket } from './margin.ts'

export class PerpetualContract {
  readonly spec: PerpetualSpec
  readonly house: ClearingHouse

  constructor(log: UndoLog, spec: PerpetualSpec, genesisSeconds: number) {
    this.spec = spec
    this.house = {
      rules: new Map(spec.markets.map((market) => [market.name, marketRules(market)])),
      books: new Map(),
      markets: new UndoableMap<string, PerpetualMarket>(log),
      accounts: new UndoableMap<string, MarginAccount>(log),
      purse: new UndoableMap<'purse', Purse>(log),
    }
    for (const { name, startPriceE8, depth } of spec.markets)
      openMarket(this.house, name, { atSeconds: genesisSeconds, priceE8: startPriceE8, depth })
    this.house.purse.set('purse', { fund: spec.fund, badDebt: 0n })
  }
}

/** The rules of a market as the state machine takes them. */
export function marketRules(
  market: Omit<PerpetualMarketSpec, 'name' | 'index' | 'startPriceE8' | 'depth'>,
): MarketRules {
  const { baseUnit, quoteUnit, initialMarginBps, maintenanceMarginBps } = market
  const { tradeFeeBps, liquidationFeeBps, mark, funding, dynamicMargin } = market
  return {
    ...{ baseUnit, quoteUnit, initialMarginBps, maintenanceMarginBps, tradeFeeBps, liquidationFeeBps },
    ...{ mark, funding, venue: { kind: 'virtual-amm' } },
    ...(dynamicMargin === undefined
      ? {}
      : { dynamicMargin: { ...dynamicMargin, floorBps: initialMarginBps } }),
  }
}
