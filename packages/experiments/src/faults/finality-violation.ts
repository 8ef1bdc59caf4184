// A finality violation: who votes on which branch, whether each branch can have two thirds of the stake, and what producers
// and all other nodes are told (accountable safety: Buterin and Griffith, arXiv 1710.09437, section 3).
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { FinalityViolation } from '@solvent/protocol'
import { participantNames } from '../actors/participants.ts'
import { accountOf } from '../assembly/addresses.ts'
import { signedTransfer } from '../assembly/signed-transfer.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import { allNodeNames, producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import {
  groupNames,
  halfOfTheRest,
  type ScenarioGroup,
  type ScenarioL1,
  validatorGroups,
} from '../scenario/validator-groups.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

type Violation = FaultOf<'finality-violation'>
type Sides = Pick<FinalityViolation, 'followed' | 'hidden'>

/** Slots below the head at which the branches part: what is under way when the fault begins is above. */
const FORK_BELOW_SLOTS = 2

export const finalityViolations: FaultFamily<'finality-violation'> = {
  'finality-violation': { check, resolve },
}

function check(fault: Violation, { scenario, path, findings }: FaultCheck): void {
  const { chain, group, share, depth, without, spends } = fault
  const kinds = Object.keys(scenario.chains).filter((each) => scenario.chains[each]?.kind === 'l1')
  if (!findings.reference([...path, 'chain'], 'l1 chain', chain, kinds)) return
  if (
    group !== undefined &&
    !findings.reference([...path, 'group'], 'validator group', group, groupNames(scenario, chain))
  )
    return
  const accounts = [...Object.keys(scenario.users), ...Object.keys(scenario.actors)]
  without.forEach(
    (each, i) => void findings.reference([...path, 'without', i], 'user or actor', each, accounts),
  )
  spends.forEach(({ by, asset, to }, i) => {
    const at = [...path, 'spends', i]
    findings.reference([...at, 'by'], 'user or actor', by, accounts)
    findings.reference([...at, 'to'], 'participant', to, participantNames(scenario))
    checkAssetOn(scenario, { symbol: asset, chain, path: [...at, 'asset'], findings })
  })
  if ((group === undefined) === (share === undefined))
    return void findings.add('E_VALUE', path, 'nobody is named who votes on both branches', {
      got: group === undefined ? 'neither group nor share' : 'both group and share',
      allowed: 'a group, or a share of all groups',
    })
  const settings = scenario.chains[chain] as ScenarioL1
  const least = (settings.finalityEpochs + 2) * settings.epochSlots
  if (depth < least)
    findings.add('E_RANGE', [...path, 'depth'], 'the hidden branch comes out before either branch is final', {
      got: `${depth} slots`,
      allowed: `at least ${least}: ${settings.finalityEpochs} epochs of ${settings.epochSlots} slots to finality, the one that runs and the next`,
    })
  checkStake(fault, { scenario, path, findings })
}

/** Each branch needs two thirds: with less than a third on both, one of them has less. */
function checkStake(fault: Violation, { scenario, path, findings }: FaultCheck): void {
  const groups = validatorGroups(scenario, fault.chain)
  const { followed, hidden } = sidesOf(fault, groups)
  const total = weightOf(groups, () => true)
  const both = weightOf(groups, (_, i) => isIn(followed & hidden, i))
  const where = [...path, fault.group === undefined ? 'share' : 'group']
  if (3 * both < total)
    return void findings.add(
      'E_RANGE',
      where,
      'less than a third of the stake cannot finalise two branches: each of them needs two thirds of the votes',
      { got: `${both} of ${total} validators`, allowed: `at least ${Math.ceil(total / 3)}` },
    )
  const here = weightOf(groups, ({ producer }, i) => producer === 0 && isIn(hidden, i))
  if (3 * here < 2 * total)
    findings.add(
      'E_RANGE',
      where,
      'the first producer builds the hidden branch alone, and too few validators vote at it to make it final',
      {
        got: `${here} of ${total} validators`,
        allowed: `at least ${Math.ceil((2 * total) / 3)}, e.g. with one producer`,
      },
    )
}

function resolve(fault: Violation, resolution: FaultResolution): ResolvedFault {
  const { scenario, seed } = resolution
  const { chain, depth, without, spends, atSeconds } = fault
  const { slotMs } = scenario.chains[chain] as ScenarioL1
  const nodes = scenarioNodes(scenario)
  const chainId = chainIdOf(scenario, chain)
  const slot = Math.max(0, Math.floor(secondsToMs(atSeconds) / slotMs) - FORK_BELOW_SLOTS)
  const violation = {
    chainId,
    slot,
    ...sidesOf(fault, validatorGroups(scenario, chain)),
    without: [...new Set([...without, ...spends.map(({ by }) => by)])].map((each) => accountOf(seed, each)),
    conflicting: spends.map((spend) => signedTransfer({ ...spend, chain, from: spend.by }, resolution)),
    untilMs: Date.parse(scenario.start) + secondsToMs(atSeconds) + depth * slotMs,
  }
  return [
    ...producersOf(nodes, chain).map(
      (node) =>
        ({ kind: 'control', to: asNodeId(node), message: { kind: 'violate-finality', violation } }) as const,
    ),
    ...watcherFirst(scenario).map((node) => ({
      afterMs: depth * slotMs,
      fault: {
        kind: 'control',
        to: asNodeId(node),
        message: { kind: 'overrule-finality', chainId, slot },
      } as const,
    })),
  ]
}

/** All nodes that follow chains, the watcher before the others: its audit hears of a decision before it sees what follows. */
function watcherFirst(scenario: Scenario): string[] {
  const nodes = scenarioNodes(scenario)
  const apart = [nodes.watcher, ...nodes.auctioneers]
  return [nodes.watcher, ...allNodeNames(nodes).filter((node) => !apart.includes(node))]
}

/** Who votes where: the named ones on both branches, of the rest one half on each. */
function sidesOf({ group, share }: Violation, groups: readonly ScenarioGroup[]): Sides {
  let followed = 0
  let hidden = 0
  groups.forEach((each, i) => {
    const isOfBoth = group === undefined ? each.toShare <= (share ?? 0) : each.group === group
    const seesFirst = each.toShare <= halfOfTheRest(share ?? 0)
    if (isOfBoth || seesFirst) followed |= 1 << i
    if (isOfBoth || !seesFirst) hidden |= 1 << i
  })
  return { followed, hidden }
}

function weightOf(
  groups: readonly ScenarioGroup[],
  counts: (group: ScenarioGroup, i: number) => boolean,
): number {
  return groups.reduce((sum, group, i) => (counts(group, i) ? sum + group.validators : sum), 0)
}

function isIn(bits: number, i: number): boolean {
  return ((bits >>> i) & 1) === 1
}
