// What befalls the validators of an L1, and re-orgs: told to the producers of every chain that the validators secure.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { ControlMessage, Fault, ValidatorDuty } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import {
  groupBits,
  groupNames,
  securedTogether,
  sharesOf,
  validatorGroups,
} from '../scenario/validator-groups.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

type ConsensusKind = 'attesters-offline' | 'missed-slots' | 'reorg' | 'equivocation'
type Absence = FaultOf<'attesters-offline' | 'missed-slots'>

export const consensusFaults: FaultFamily<ConsensusKind> = {
  'attesters-offline': {
    check: checkAbsence,
    resolve: (fault, resolution) => resolveAbsence(fault, 'votes', resolution),
  },
  'missed-slots': {
    check: checkAbsence,
    resolve: (fault, resolution) => resolveAbsence(fault, 'proposals', resolution),
  },
  reorg: {
    check: ({ chain }, { scenario, path, findings }) =>
      void findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains)),
    resolve: ({ chain, depth }, { scenario }) =>
      toProducers(scenario, chain, { kind: 'reorg', chainId: chainIdOf(scenario, chain), depth }),
  },
  equivocation: { check: checkGroup, resolve: resolveEquivocation },
}

/** True when the chain is an L1 and the group, if one is named, is one of its groups. */
function checkGroup(
  { chain, group }: { readonly chain: string; readonly group?: string | undefined },
  { scenario, path, findings }: FaultCheck,
): boolean {
  const l1s = Object.keys(scenario.chains).filter((each) => scenario.chains[each]?.kind === 'l1')
  if (!findings.reference([...path, 'chain'], 'l1 chain', chain, l1s)) return false
  if (group === undefined) return true
  return findings.reference([...path, 'group'], 'validator group', group, groupNames(scenario, chain))
}

function checkAbsence(fault: Absence, check: FaultCheck): void {
  const { scenario, path, findings } = check
  if (!checkGroup(fault, check)) return
  const { chain, group, share } = fault
  if (group === undefined && share === undefined)
    findings.add('E_VALUE', path, 'nobody is named who is absent', {
      got: 'neither group nor share',
      allowed: 'a group, a share, or a share of a group',
    })
  const shares = sharesOf(scenario, chain).slice(1)
  if (share !== undefined && !shares.includes(share))
    findings.add(
      'E_VALUE',
      [...path, 'share'],
      'the validators of this network do not divide at this share',
      {
        got: String(share),
        allowed: shares.join(', '),
      },
    )
}

function resolveAbsence(fault: Absence, duty: ValidatorDuty, { scenario }: FaultResolution): ResolvedFault {
  const untilMs = Date.parse(scenario.start) + secondsToMs(fault.atSeconds) + secondsToMs(fault.forSeconds)
  return securedTogether(scenario, fault.chain).flatMap((chain) =>
    toProducers(scenario, chain, {
      kind: 'validators-absent',
      chainId: chainIdOf(scenario, chain),
      groups: groupBits(scenario, chain, fault),
      duty,
      untilMs,
    }),
  )
}

/** The first of the groups that are meant signs twice, at the producer where it proposes. */
function resolveEquivocation(fault: FaultOf<'equivocation'>, { scenario }: FaultResolution): ResolvedFault {
  const { chain } = fault
  const groups = validatorGroups(scenario, chain)
  const group = Math.max(
    0,
    groups.findIndex((each) => fault.group === undefined || each.group === fault.group),
  )
  const producers = producersOf(scenarioNodes(scenario), chain)
  const producer = producers[groups[group]?.producer ?? 0] as string
  return [
    {
      kind: 'control',
      to: asNodeId(producer),
      message: { kind: 'equivocate', chainId: chainIdOf(scenario, chain), group },
    },
  ]
}

function toProducers(scenario: Scenario, chain: string, message: ControlMessage): Fault[] {
  return producersOf(scenarioNodes(scenario), chain).map((node) => ({
    kind: 'control',
    to: asNodeId(node),
    message,
  }))
}
