// From a scenario's clearing houses to their contracts, their funds and their keepers.
import { asNodeId, parseUnits, wholeUnit } from '@solvent/primitives'
import {
  derivativeAddress,
  type NetworkSpec,
  type PerpetualMarketSpec,
  type PerpetualSpec,
  type PerpetualVenue,
} from '@solvent/protocol'
import { tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import type { PlannedNode } from '../assembly/network-plan.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { perpetualKeeperNames } from '../scenario/node-names.ts'
import { lotAndTickOf } from '../scenario/order-books.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { indexRule } from './index-rule.ts'
import type { ScenarioPerpetual } from './perpetual-schema.ts'

const PRICE_DECIMALS = 8
const RATE_DECIMALS = 18

export function perpetualSpecs(scenario: Scenario): PerpetualSpec[] {
  return Object.entries(scenario.perpetuals ?? {}).map(([name, house]) => ({
    kind: 'perpetual',
    name,
    address: derivativeAddress('perpetual', name),
    chainId: chainIdOf(scenario, house.chain),
    token: tokenAddress(scenario, house.chain, house.asset),
    fund: parseUnits(house.fund, scenario.assets[house.asset]!.decimals),
    markets: Object.keys(house.markets).map((market) => perpetualMarketSpec(scenario, house, market)),
  }))
}

export function perpetualMarketSpec(
  scenario: Scenario,
  { markets, asset }: ScenarioPerpetual,
  name: string,
): PerpetualMarketSpec {
  const market = markets[name]!
  const { decimals } = scenario.assets[asset]!
  const underlying = scenario.assets[market.asset]!
  const { intervalSeconds, interest, clamp, cap } = market.funding
  const { dynamicMargin } = market
  const rate = (each: string): bigint => parseUnits(each, RATE_DECIMALS)
  return {
    name,
    index: indexRule(scenario, market.oracle),
    startPriceE8: parseUnits(underlying.price, PRICE_DECIMALS),
    venue: perpetualVenue(market, underlying.decimals, decimals),
    baseUnit: wholeUnit(underlying.decimals),
    quoteUnit: wholeUnit(decimals),
    initialMarginBps: BigInt(market.initialMarginBps),
    maintenanceMarginBps: BigInt(market.maintenanceMarginBps),
    ...(dynamicMargin === undefined
      ? {}
      : {
          dynamicMargin: {
            decayBps: BigInt(dynamicMargin.decayBps),
            deviationsE2: BigInt(dynamicMargin.deviationsE2),
            horizon: BigInt(dynamicMargin.horizonIntervals),
            capBps: BigInt(dynamicMargin.capBps),
          },
        }),
    tradeFeeBps: BigInt(market.tradeFeeBps),
    liquidationFeeBps: BigInt(market.liquidationFeeBps),
    mark: market.mark,
    funding: { intervalSeconds, interestE18: rate(interest), clampE18: rate(clamp), capE18: rate(cap) },
  }
}

/** A book's tick of 0 is one that is no whole number of base units: a fault that the house's rules name. */
function perpetualVenue(
  { venue, depth, lot, tick }: ScenarioPerpetual['markets'][string],
  baseDecimals: number,
  quoteDecimals: number,
): PerpetualVenue {
  if (venue === 'virtual-amm') return { kind: venue, depth: parseUnits(depth ?? '0', quoteDecimals) }
  const units = lotAndTickOf({ lot: lot ?? '0', tick: tick ?? '0' }, baseDecimals, quoteDecimals)
  return { kind: venue, lotUnits: units.lotSize, tickCash: units.tickSize ?? 0n }
}

export function perpetualNodes(scenario: Scenario, spec: NetworkSpec): PlannedNode[] {
  return perpetualSpecs(scenario).flatMap((house) =>
    perpetualKeeperNames(house.name, scenario.perpetuals![house.name]!.keepers).map(
      (name): PlannedNode => ({
        id: asNodeId(name),
        role: 'perpetual-keeper',
        init: { spec, node: asNodeId(name), house },
      }),
    ),
  )
}

export function perpetualHoldings(scenario: Scenario): Holding[] {
  return perpetualSpecs(scenario).map(({ name, address, fund }) => {
    const { chain, asset } = scenario.perpetuals![name]!
    return { chain, symbol: asset, kind: 'POOL', name, owner: address, amount: fund }
  })
}
