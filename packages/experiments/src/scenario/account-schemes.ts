// Of which signature scheme the keys of accounts are, and which of them an actor can sign for once a scheme is broken: those that
// its steps drain.
import type { KeyOwner } from '@solvent/nodes'
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

/** A key that counts for an account, or may come to. */
interface AccountKey {
  readonly scheme: string
  readonly key: KeyOwner
}

/** The first key of a node's account, and those to which its steps or its operator rotate it. */
export function keysOf(scenario: Scenario, seed: string, node: string): [AccountKey, ...AccountKey[]] {
  return [
    { scheme: accountScheme(scenario, node), key: accountParty(seed, node) },
    ...successorSchemes(scenario, node).map((scheme) => ({ scheme, key: successorKey(seed, node, scheme) })),
  ]
}

export function schemesOf(scenario: Scenario, node: string): string[] {
  return [accountScheme(scenario, node), ...successorSchemes(scenario, node)]
}

function successorSchemes({ actors, accountRotations = {} }: Scenario, node: string): string[] {
  const steps = actors[node]?.steps ?? []
  const rotation = accountRotations[node]
  const byStep = steps.flatMap((step) => (step.do === 'rotate-key' ? [step.scheme] : []))
  return [...new Set([...byStep, ...(rotation === undefined ? [] : [rotation.scheme])])]
}

/** The key of a scheme to which a node's account is rotated: it signs for the account and has no money of its own. */
export function successorKey(seed: string, node: string, scheme: string): KeyOwner {
  const owner = `${node}/${scheme}`
  return { node: owner, address: accountOf(seed, owner) }
}

export function accountParty(seed: string, node: string): Party {
  return { node: asNodeId(node), address: accountOf(seed, node) }
}
