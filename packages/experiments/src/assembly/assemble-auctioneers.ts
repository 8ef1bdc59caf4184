// Auctioneers of a scenario.
import { asNodeId, parseUnits } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

const PRICE_DECIMALS = 8

export function auctioneers({ scenario, spec, prices }: PlanInputs): PlannedNode[] {
  const { disciplines = [], rewards, leak } = scenario.auctionTerms ?? {}
  return scenarioNodes(scenario).auctioneers.map((node) => ({
    id: asNodeId(node),
    role: 'auctioneer',
    init: {
      spec,
      node: asNodeId(node),
      disciplines,
      prices,
      ...(leak === undefined ? {} : { leak: { ppm: leak.ppm, to: leak.to.map(asNodeId) } }),
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
