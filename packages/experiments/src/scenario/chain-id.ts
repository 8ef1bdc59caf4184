// The id of a chain that a scenario names.
import { asChainId, type ChainId } from '@solvent/primitives'
import type { Scenario } from './scenario-schema.ts'

export function chainIdOf(scenario: Scenario, chain: string): ChainId {
  return asChainId(scenario.chains[chain]!.id)
}
