// From a scenario's market makers to their nodes.

import type { MarketMakerInit } from '@solvent/nodes'
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { MarketSpec, OrderBookDesign, PerpetualVenue } from '@solvent/protocol'
import { perpetualSpecs } from '../derivatives/assemble-perpetuals.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import { type BookMarket, lotsOf } from '../scenario/order-books.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

type MakerRules = MarketMakerInit['rules']
type PerpetualBook = Extract<PerpetualVenue, { kind: 'order-book' }>
type ScenarioMaker = NonNullable<Scenario['marketMakers']>[string]

export function makerNodes(inputs: PlanInputs): PlannedNode[] {
  return Object.entries(inputs.scenario.marketMakers ?? {}).map(([name, maker]) =>
    maker.house === undefined
      ? spotMaker(inputs, name, maker)
      : perpetualMaker(inputs, name, { ...maker, house: maker.house }),
  )
}

function spotMaker(
  { scenario, spec, genesis, prices }: PlanInputs,
  name: string,
  maker: ScenarioMaker,
): PlannedNode {
  const venue = venuesOf(scenario).find((each) => each.name === maker.market)!
  const market = spec.markets.find((each) => each.name === maker.market)!
  const [first, second] = pairOf(venue.market)
  const amount = (symbol: string): bigint =>
    parseUnits(maker.inventory[symbol] ?? '0', scenario.assets[symbol]!.decimals)
  return {
    id: asNodeId(name),
    role: 'market-maker',
    init: {
      ...{ spec, node: asNodeId(name), genesis, prices },
      market: market as MarketSpec & { readonly design: OrderBookDesign },
      capital: { amount0: amount(first), amount1: amount(second) },
      rules: rulesOf(maker, lotsOf(scenario, venue.market as BookMarket, maker.size)),
    },
  }
}

function perpetualMaker(
  { scenario, spec, prices }: PlanInputs,
  name: string,
  maker: ScenarioMaker & { readonly house: string },
): PlannedNode {
  const house = perpetualSpecs(scenario).find((each) => each.name === maker.house)!
  const { asset, markets } = scenario.perpetuals![maker.house]!
  const { asset: symbol } = markets[maker.market]!
  const { decimals } = scenario.assets[symbol]!
  const venue = house.markets.find((each) => each.name === maker.market)!.venue as PerpetualBook
  return {
    id: asNodeId(name),
    role: 'perpetual-maker',
    init: {
      ...{
        spec,
        node: asNodeId(name),
        prices,
        house,
        market: maker.market,
        underlying: { symbol, decimals },
      },
      margin: parseUnits(maker.inventory[asset] ?? '0', scenario.assets[asset]!.decimals),
      rules: rulesOf(maker, parseUnits(maker.size, decimals) / venue.lotUnits),
    },
  }
}

function rulesOf(maker: ScenarioMaker, lotsPerLevel: bigint): MakerRules {
  const { halfSpreadBps, stepBps, levels, widening, requoteBps } = maker
  return {
    ...{ halfSpreadBps, stepBps, levels, widening, requoteBps, lotsPerLevel },
    standsAsideAboveBps: maker.standsAsideAboveBps ?? null,
    leavesAtLossBps: maker.leavesAtLossBps ?? null,
  }
}
