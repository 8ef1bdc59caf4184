// From a scenario's populations to their nodes and to what is in their pools when the run begins.
import { createStreams } from '@solvent/kernel'
import { drawSuppliers, type PopulationInit } from '@solvent/nodes'
import { asNodeId, BPS, parseUnits, secondsToMs } from '@solvent/primitives'
import { debtToken, type Genesis, marketAddress, type NetworkSpec, receiptToken } from '@solvent/protocol'
import { lendingAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import type { PlannedNode } from '../assembly/network-plan.ts'
import { behindClaim } from '../lending/claims-at-start.ts'
import { marketHolding } from '../lending/isolated-markets.ts'
import { lendingPlace } from '../lending/lending-place.ts'
import { lentDecimals, lentToken } from '../lending/lent-asset.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { borrowersOf, peopleOf } from './draw-population.ts'
import type { ScenarioBorrowers, ScenarioPopulation, ScenarioSuppliers } from './population-schema.ts'
import { fallPlan } from './price-fall.ts'

/** A node for each population. */
export function populationNodes(
  scenario: Scenario,
  seed: string,
  { spec, genesis }: { readonly spec: NetworkSpec; readonly genesis: readonly Genesis[] },
): PlannedNode[] {
  return Object.entries(scenario.populations ?? {}).map(([name, population]): PlannedNode => {
    const chainId = chainIdOf(scenario, chainOf(scenario, population))
    const node = asNodeId(name)
    const plan =
      population.kind === 'suppliers'
        ? suppliersPlan(scenario, name, population, seed)
        : borrowersPlan(scenario, name, population, seed)
    return {
      id: node,
      role: 'population',
      init: { spec, node, genesis: genesis.find((each) => each.chainId === chainId)!, plan },
    }
  })
}

type Plan = PopulationInit['plan']

function suppliersPlan(scenario: Scenario, name: string, population: ScenarioSuppliers, seed: string): Plan {
  const { pool, asset, run } = population
  const chain = chainOf(scenario, population)
  return {
    kind: 'suppliers',
    chainId: chainIdOf(scenario, chain),
    pool: lendingAddress(pool),
    token: lentToken(scenario, chain, asset),
    members:
      run === undefined
        ? []
        : drawSuppliers(
            { ...peopleOf(scenario, name, population), thresholds: run.thresholds },
            createStreams(seed),
          ),
    herding: run?.herding ?? 0,
    weights: { utilisation: run?.utilisation ?? 0, badDebt: run?.badDebt ?? 0 },
    fall: fallPlan(scenario, chain, run?.fall),
    lossAversion: run?.lossAversion ?? null,
    returns:
      run?.returns === undefined
        ? null
        : { below: run.returns.below, calmMs: secondsToMs(run.returns.calmSeconds) },
    news: (run?.news ?? []).map(({ atSeconds, level }) => ({ elapsedMs: secondsToMs(atSeconds), level })),
    sells:
      run?.sell === undefined
        ? null
        : {
            market: marketAddress(run.sell.market),
            shareBps: BigInt(Math.round(run.sell.share * Number(BPS))),
            everyMs: secondsToMs(Math.min(run.sell.everySeconds ?? run.checkSeconds, run.checkSeconds)),
          },
    checkMs: secondsToMs(run?.checkSeconds ?? scenario.durationSeconds),
  }
}

function borrowersPlan(scenario: Scenario, name: string, population: ScenarioBorrowers, seed: string): Plan {
  const { pool, collateral, debt, watch } = population
  const chain = chainOf(scenario, population)
  return {
    kind: 'borrowers',
    chainId: chainIdOf(scenario, chain),
    pool: lendingAddress(pool),
    collateral: lentToken(scenario, chain, collateral),
    debt: lentToken(scenario, chain, debt),
    watchers: borrowersOf(scenario, name, population, seed)
      .filter(({ savings }) => savings > 0n)
      .map(({ address, savings }) => ({
        address,
        savings,
        actsBelow: watch?.actsBelow ?? 1,
        target: watch?.target ?? 1,
      })),
  }
}

function chainOf(scenario: Scenario, { pool }: ScenarioPopulation): string {
  return lendingPlace(scenario, pool)!.chain
}

/** Receipts, pledges, debts, cash (less what is lent out, so that it may be negative until it is added up) and savings. */
export function populationHoldings(scenario: Scenario, seed: string): Holding[] {
  return Object.entries(scenario.populations ?? {}).flatMap(([name, population]) => {
    if (scenario.isolatedMarkets?.[population.pool] !== undefined)
      return isolatedPeople(scenario, name, population, seed)
    const chain = chainOf(scenario, population)
    const contract = lendingAddress(population.pool)
    const of = (lent: string) => {
      const token = lentToken(scenario, chain, lent)
      const shared = { chain, symbol: `${lent} in ${population.pool}`, name }
      return {
        cash: (amount: bigint): Holding[] => [
          { ...shared, kind: 'POOL', symbol: lent, token, owner: contract, amount },
          ...behindClaim(scenario, { chain, lent, amount }),
        ],
        receipt: receiptToken(contract, token),
        debt: debtToken(contract, token),
        coin: (amount: bigint): Holding[] => [
          { ...shared, symbol: lent, kind: 'USER', token, amount },
          ...behindClaim(scenario, { chain, lent, amount }),
        ],
        held: (kind: Holding['kind'], issued: Holding['token'], amount: bigint): Holding => ({
          ...{ ...shared, kind, token: issued, amount },
        }),
      }
    }
    if (population.kind === 'suppliers') {
      const { cash, receipt, held } = of(population.asset)
      const amount = parseUnits(population.amount, lentDecimals(scenario, population.asset))
      return [held('USER', receipt, amount), ...cash(amount)]
    }
    const [pledged, owed] = [of(population.collateral), of(population.debt)]
    const drawn = borrowersOf(scenario, name, population, seed)
    const sum = (part: 'collateral' | 'debt' | 'savings') =>
      drawn.reduce((total, each) => total + each[part], 0n)
    return [
      ...drawn.flatMap(({ address, collateral, debt }): Holding[] => [
        { ...pledged.held('COLLATERAL', pledged.receipt, collateral), owner: address },
        { ...owed.held('BORROWER', owed.debt, debt), owner: address },
      ]),
      ...pledged.cash(sum('collateral')),
      ...owed.cash(-sum('debt')),
      ...owed.coin(sum('savings')),
    ]
  })
}

/** The same at an isolated market. */
function isolatedPeople(
  scenario: Scenario,
  name: string,
  population: ScenarioPopulation,
  seed: string,
): Holding[] {
  const at = marketHolding(scenario, population.pool)
  if (population.kind === 'suppliers') return at.supply(name, at.loan(population.amount))
  const drawn = borrowersOf(scenario, name, population, seed)
  const savings = drawn.reduce((total, each) => total + each.savings, 0n)
  const { chain, loan } = scenario.isolatedMarkets![population.pool]!
  return [
    ...drawn.flatMap(({ address, collateral, debt }) =>
      [...at.pledge(name, collateral), ...at.debt(name, debt)].map((holding) =>
        holding.kind === 'COLLATERAL' || holding.kind === 'BORROWER'
          ? { ...holding, owner: address }
          : holding,
      ),
    ),
    { chain, symbol: loan, kind: 'USER', name, amount: savings },
  ]
}
