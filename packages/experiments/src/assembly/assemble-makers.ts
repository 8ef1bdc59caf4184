// From a scenario's market makers to their nodes.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { MarketSpec, OrderBookDesign } from '@solvent/protocol'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import { type BookMarket, lotsOf } from '../scenario/order-books.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

export function makerNodes({ scenario, spec, genesis, prices }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.marketMakers ?? {}).map(([name, maker]) => {
    const venue = venuesOf(scenario).find((each) => each.name === maker.market)!
    const market = spec.markets.find((each) => each.name === maker.market)!
    const [first, second] = pairOf(venue.market)
    const amount = (symbol: string): bigint =>
      parseUnits(maker.inventory[symbol] ?? '0', scenario.assets[symbol]!.decimals)
    const { halfSpreadBps, stepBps, levels, widening, requoteBps } = maker
    return {
      id: asNodeId(name),
      role: 'market-maker',
      init: {
        ...{ spec, node: asNodeId(name), genesis, prices },
        market: market as MarketSpec & { readonly design: OrderBookDesign },
        capital: { amount0: amount(first), amount1: amount(second) },
        rules: {
          ...{ halfSpreadBps, stepBps, levels, widening, requoteBps },
          lotsPerLevel: lotsOf(scenario, venue.market as BookMarket, maker.size),
          standsAsideAboveBps: maker.standsAsideAboveBps ?? null,
          leavesAtLossBps: maker.leavesAtLossBps ?? null,
        },
      },
    }
  })
}
