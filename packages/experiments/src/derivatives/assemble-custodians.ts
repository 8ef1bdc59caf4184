// From a scenario's custodians to their nodes, their contracts and what lies at their addresses.
import { createStreams } from '@solvent/kernel'
import { type CustodianPlan, drawSuppliers } from '@solvent/nodes'
import { asNodeId, parseUnits, secondsToMs } from '@solvent/primitives'
import {
  type CustodianSpec,
  contractAddress,
  derivativeAddress,
  type Genesis,
  type NetworkSpec,
} from '@solvent/protocol'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import type { PlannedNode } from '../assembly/network-plan.ts'
import { discountWindowSpecs } from '../controls/discount-windows.ts'
import { fallPlan } from '../populations/price-fall.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioCustodian } from './custodian-schema.ts'

export function custodianSpecs(scenario: Scenario, seed: string): CustodianSpec[] {
  return Object.entries(scenario.custodians ?? {}).map(([name, { chain, asset }]) => ({
    kind: 'custodian',
    name,
    address: derivativeAddress('custodian', name),
    chainId: chainIdOf(scenario, chain),
    token: tokenAddress(scenario, chain, asset),
    account: accountOf(seed, name),
    customers: contractAddress('customers', name),
  }))
}

/** A node for each custodian. */
export function custodianNodes(
  scenario: Scenario,
  seed: string,
  { spec, genesis }: { readonly spec: NetworkSpec; readonly genesis: readonly Genesis[] },
): PlannedNode[] {
  return Object.entries(scenario.custodians ?? {}).map(([name, custodian]): PlannedNode => {
    const { customers, loans, asset, chain, affiliate, windUpAfterSeconds } = custodian
    const { count, sizeSigma, thresholds, herding, coins, fall, news, checkSeconds } = customers
    const { decimals } = scenario.assets[asset]!
    const total = parseUnits(custodian.claims, decimals)
    const draw = { name, count, total, sizeSigma, thresholds }
    const contract = custodianSpecs(scenario, seed).find((each) => each.name === name)!
    return {
      id: asNodeId(name),
      role: 'custodian',
      init: {
        spec,
        node: asNodeId(name),
        genesis: genesis.find(({ chainId }) => chainId === contract.chainId)!,
        plan: {
          custodian: contract,
          lent: parseUnits(custodian.lent, decimals),
          affiliate: affiliate === undefined ? null : accountOf(seed, affiliate),
          loans: loans.map(({ atSeconds, amount }) => ({
            elapsedMs: secondsToMs(atSeconds),
            amount: parseUnits(amount, decimals),
          })),
          lastResort: lastResortOf(scenario, custodian, seed),
          haltBelowBps: BigInt(custodian.haltBelowBps),
          windUpAfterMs: windUpAfterSeconds === undefined ? null : secondsToMs(windUpAfterSeconds),
          customers: {
            members: drawSuppliers(draw, createStreams(seed)),
            herding,
            coins,
            fall: fallPlan(scenario, chain, fall),
            news: news.map(({ atSeconds, level }) => ({ elapsedMs: secondsToMs(atSeconds), level })),
            checkMs: secondsToMs(checkSeconds),
          },
        },
      },
    }
  })
}

export function custodianHoldings({ custodians, assets }: Scenario): Holding[] {
  return Object.entries(custodians ?? {}).flatMap(([name, custodian]) => {
    const { chain, asset, lastResort } = custodian
    const at = { chain, name, kind: 'USER' } as const
    const coins = { ...at, symbol: asset, amount: coinsOf(custodian, assets[asset]!.decimals) }
    if (lastResort === undefined) return [coins]
    const { collateral, holds } = lastResort
    return [coins, { ...at, symbol: collateral, amount: parseUnits(holds, assets[collateral]!.decimals) }]
  })
}

function lastResortOf(
  scenario: Scenario,
  { lastResort, chain }: ScenarioCustodian,
  seed: string,
): CustodianPlan['lastResort'] {
  if (lastResort === undefined) return null
  const { window, collateral } = lastResort
  return {
    window: discountWindowSpecs(scenario, seed).find(({ name }) => name === window)!,
    collateral: tokenAddress(scenario, chain, collateral),
  }
}

/** What lies at its address; below 0 where it has lent on more than it was given. */
export function coinsOf({ coins, claims, lent }: ScenarioCustodian, decimals: number): bigint {
  return coins === undefined
    ? parseUnits(claims, decimals) - parseUnits(lent, decimals)
    : parseUnits(coins, decimals)
}
