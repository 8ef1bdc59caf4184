// Auctioneers of a scenario.
import type { BondTerms } from '@solvent/nodes'
import { asNodeId, parseUnits } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { tokenAddress } from './addresses.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

const PRICE_DECIMALS = 8

type Bonds = NonNullable<NonNullable<Scenario['auctionTerms']>['bonds']>

function bondTerms(
  scenario: Scenario,
  { chain, asset, least, deposit, slashBps, denySeconds, benchmark }: Bonds,
): BondTerms {
  const { decimals } = scenario.assets[asset]!
  return {
    chainId: chainIdOf(scenario, chain),
    token: tokenAddress(scenario, chain, asset),
    least: parseUnits(least, decimals),
    deposit: parseUnits(deposit, decimals),
    slashBps,
    denySeconds,
    ...(benchmark === undefined ? {} : { benchmark }),
  }
}

export function auctioneers({ scenario, spec, prices }: PlanInputs): PlannedNode[] {
  const { disciplines = [], recordPpm, rewards, bonds, leak, committee } = scenario.auctionTerms ?? {}
  const accomplices = spec.sealCommittee?.members.slice(0, committee?.colluding ?? 0) ?? []
  return scenarioNodes(scenario).auctioneers.map((node) => ({
    id: asNodeId(node),
    role: 'auctioneer',
    init: {
      spec,
      node: asNodeId(node),
      disciplines,
      prices,
      ...(recordPpm === undefined ? {} : { recordPpm }),
      ...(leak === undefined ? {} : { leak: { ppm: leak.ppm, to: leak.to.map(asNodeId) } }),
      ...(accomplices.includes(asNodeId(node)) ? { accomplices } : {}),
      ...(bonds === undefined ? {} : { bonds: bondTerms(scenario, bonds) }),
      ...(rewards === undefined
        ? {}
        : {
            rewards: {
              chainId: chainIdOf(scenario, rewards.chain),
              feeBps: rewards.feeBps,
              capBps: rewards.capBps,
              mostPenaltyE8: parseUnits(rewards.mostPenalty, PRICE_DECIMALS),
              ...(rewards.feesPaidBy === undefined ? {} : { feesPaidBy: rewards.feesPaidBy }),
              ...(rewards.consistencySeconds === undefined
                ? {}
                : { consistencySeconds: rewards.consistencySeconds }),
            },
          }),
    },
  }))
}
