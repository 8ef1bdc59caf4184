// Reporters of oracles, and stewards of authorities.
import { asNodeId } from '@solvent/primitives'
import { controlAddress, type PriceSource } from '@solvent/protocol'
import { ratioRules, riskRules } from '../controls/assemble-authorities.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { reporterName, scenarioNodes } from '../scenario/node-names.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** The first reporter of a chain also pokes its delayed oracles and averages. */
export function reporters({ scenario, spec, prices, genesis }: PlanInputs): PlannedNode[] {
  return scenarioNodes(scenario).reporters.map(({ node, chain }) => {
    const chainId = chainIdOf(scenario, chain)
    const poked = spec.oracles.filter((each) => each.chainId === chainId && isPoked(each.source))
    const pokes = node === reporterName(chain, 1) ? poked.map(({ address }) => address) : []
    return {
      id: asNodeId(node),
      role: 'reporter',
      init: {
        ...{ spec, node: asNodeId(node), chainId, prices, pokes },
        genesis: spec.oracles.some((each) => each.chainId === chainId && observesSoundness(each.source))
          ? genesis
          : [],
      },
    }
  })
}

const isPoked = ({ kind }: PriceSource): boolean => kind === 'delayed' || kind === 'twap'

const observesSoundness = (source: PriceSource): boolean =>
  source.kind === 'feed' && source.observes?.kind === 'soundness'

/** The first member of an authority watches for all. */
export function stewards({ scenario, spec }: PlanInputs): PlannedNode[] {
  const { stewards: members } = scenarioNodes(scenario)
  return members.map(({ node, authority }, index) => ({
    id: asNodeId(node),
    role: 'steward',
    init: {
      spec,
      node: asNodeId(node),
      authority: controlAddress(authority),
      ...(members[index - 1]?.authority === authority
        ? { rules: [], ratios: [] }
        : { rules: riskRules(scenario, authority), ratios: ratioRules(scenario, authority) }),
    },
  }))
}
