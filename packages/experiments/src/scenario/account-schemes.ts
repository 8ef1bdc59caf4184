// Of which signature scheme the keys of accounts are, and which of them an actor can sign for once a scheme is broken: those that
// its steps drain.
import { asNodeId } from '@solvent/primitives'
import type { Party } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import type { Findings } from './findings.ts'
import { allNodeNames, scenarioNodes } from './node-names.ts'
import type { Scenario } from './scenario-schema.ts'

/** Of every account that `accountSchemes` does not name. */
const USUAL_SCHEME = 'ecdsa'

export function checkAccountSchemes(scenario: Scenario, findings: Findings): void {
  const nodes = allNodeNames(scenarioNodes(scenario))
  for (const node of Object.keys(scenario.accountSchemes ?? {}))
    findings.reference(['accountSchemes', node], 'node', node, nodes)
}

export function accountScheme({ accountSchemes = {} }: Scenario, node: string): string {
  return accountSchemes[node] ?? USUAL_SCHEME
}

/** The nodes that an actor's steps drain, each once. */
export function drainedBy({ actors }: Scenario, actor: string): string[] {
  const victims = (actors[actor]?.steps ?? []).flatMap((step) => (step.do === 'drain' ? [step.victim] : []))
  return [...new Set(victims)]
}

export function accountParty(seed: string, node: string): Party {
  return { node: asNodeId(node), address: accountOf(seed, node) }
}
