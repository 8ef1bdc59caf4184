// From a scenario's crowds on markets to their nodes.
import { createStreams } from '@solvent/kernel'
import { drawSuppliers } from '@solvent/nodes'
import { asNodeId, parseUnits, secondsToMs } from '@solvent/primitives'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** What a crowd has provided is counted in so many parts. */
const PARTS = 10n ** 18n

export function providerCrowdNodes({ scenario, seed, spec, genesis }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.providerCrowds ?? {}).map(([name, crowd]) => {
    const { count, sizeSigma, thresholds, lossWeight, herding, checkSeconds } = crowd
    const people = { name, count, sizeSigma, total: PARTS, thresholds }
    return {
      id: asNodeId(name),
      role: 'provider-crowd',
      init: {
        ...{ spec, node: asNodeId(name), genesis, lossWeight, herding },
        lossAversion: crowd.lossAversion ?? null,
        returns:
          crowd.returns === undefined
            ? null
            : { below: crowd.returns.below, calmMs: secondsToMs(crowd.returns.calmSeconds) },
        market: spec.markets.find((market) => market.name === crowd.market)!,
        members: drawSuppliers(people, createStreams(seed)),
        checkMs: secondsToMs(checkSeconds),
      },
    }
  })
}

export function traderNodes({ scenario, spec, genesis }: PlanInputs): PlannedNode[] {
  return Object.entries(scenario.traders ?? {}).map(([name, trader]) => {
    const market = spec.markets.find((each) => each.name === trader.market)!
    const venue = venuesOf(scenario).find((each) => each.name === trader.market)!
    const [first] = pairOf(venue.market)
    const { perHour, sizeSigma, sellShare, slippageBps } = trader
    return {
      id: asNodeId(name),
      role: 'trader',
      init: {
        ...{ spec, node: asNodeId(name), market },
        genesis: genesis.find(({ chainId }) => chainId === market.chainId)!,
        rules: {
          ...{ perHour, sizeSigma, sellShare, slippageBps },
          meanSize: parseUnits(trader.size, scenario.assets[first]!.decimals),
        },
      },
    }
  })
}
