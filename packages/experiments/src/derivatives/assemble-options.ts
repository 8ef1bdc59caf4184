// From a scenario's option desks to their contracts, their capital and their hedgers.
import type { HedgerInit } from '@solvent/nodes'
import { asNodeId, msToSeconds, parseUnits, wholeUnit } from '@solvent/primitives'
import { derivativeAddress, type Genesis, type NetworkSpec, type OptionDeskSpec } from '@solvent/protocol'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import type { PlannedNode } from '../assembly/network-plan.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { indexRule } from './index-rule.ts'
import type { ScenarioHedger } from './option-schema.ts'

const PRICE_DECIMALS = 8

export function optionDeskSpecs(scenario: Scenario, seed: string): OptionDeskSpec[] {
  const start = Math.floor(msToSeconds(Date.parse(scenario.start)))
  return Object.entries(scenario.optionDesks ?? {}).map(([name, desk]) => {
    const { decimals } = scenario.assets[desk.asset]!
    const underlying = scenario.assets[desk.underlying]!
    const { startBps, perFallBps, floorBps, capBps } = desk.volatility
    return {
      kind: 'option-desk',
      name,
      address: derivativeAddress('option-desk', name),
      chainId: chainIdOf(scenario, desk.chain),
      token: tokenAddress(scenario, desk.chain, desk.asset),
      capital: parseUnits(desk.capital, decimals),
      index: indexRule(scenario, desk.oracle),
      baseUnit: wholeUnit(underlying.decimals),
      quoteUnit: wholeUnit(decimals),
      spreadBps: BigInt(desk.spreadBps),
      callReserveBps: BigInt(desk.callReserveBps),
      rateBps: BigInt(desk.rateBps),
      volatility: {
        startPriceE8: parseUnits(underlying.price, PRICE_DECIMALS),
        startBps: BigInt(startBps),
        perFallBps: BigInt(perFallBps),
        floorBps: BigInt(floorBps),
        capBps: BigInt(capBps),
      },
      series: Object.entries(desk.series).map(([series, { option, strike, expirySeconds }]) => ({
        name: series,
        option,
        strikeE8: parseUnits(strike, PRICE_DECIMALS),
        expiry: start + expirySeconds,
      })),
      hedgers: Object.entries(scenario.hedgers ?? {})
        .filter(([, hedger]) => hedger.desk === name)
        .map(([hedger]) => accountOf(seed, hedger)),
    }
  })
}

export function hedgerNodes(
  scenario: Scenario,
  { spec, genesis }: { readonly spec: NetworkSpec; readonly genesis: readonly Genesis[] },
): PlannedNode[] {
  return Object.entries(scenario.hedgers ?? {}).map(([name, hedger]): PlannedNode => {
    const desk = spec.derivatives.find((each) => each.kind === 'option-desk' && each.name === hedger.desk)
    const market = spec.markets.find((each) => each.name === hedger.market)!
    const rules = {
      follows: hedger.follows,
      shareBps: BigInt(hedger.shareBps),
      bandBps: BigInt(hedger.bandBps),
      vega: vegaRules(spec, hedger),
    }
    return {
      id: asNodeId(name),
      role: 'hedger',
      init: { spec, node: asNodeId(name), genesis, desk: desk as OptionDeskSpec, market, rules },
    }
  })
}

function vegaRules({ derivatives }: NetworkSpec, { vega }: ScenarioHedger): HedgerInit['rules']['vega'] {
  if (vega === undefined) return null
  const desk = derivatives
    .filter((each) => each.kind === 'option-desk')
    .find(({ name }) => name === vega.desk)!
  const series = desk.series.find(({ name }) => name === vega.series)!
  return { desk, series, shareBps: BigInt(vega.shareBps) }
}

export function optionHoldings(scenario: Scenario): Holding[] {
  const desks = Object.entries(scenario.optionDesks ?? {}).map(
    ([name, { chain, asset, capital }]): Holding => {
      const owner = derivativeAddress('option-desk', name)
      const amount = parseUnits(capital, scenario.assets[asset]!.decimals)
      return { chain, symbol: asset, kind: 'POOL', name, owner, amount }
    },
  )
  const hedgers = Object.entries(scenario.hedgers ?? {}).flatMap(([name, { desk, holdings }]) =>
    Object.entries(holdings).map(([symbol, amount]): Holding => {
      const { chain } = scenario.optionDesks![desk]!
      return {
        chain,
        symbol,
        kind: 'USER',
        name,
        amount: parseUnits(amount, scenario.assets[symbol]!.decimals),
      }
    }),
  )
  return [...desks, ...hedgers]
}
