// The validator groups of a scenario's L1, cut so fine that every fault by share hits whole groups.
import { DEFAULT_VALIDATORS } from '@solvent/protocol'
import type { Scenario } from './scenario-schema.ts'

export interface ScenarioGroup {
  /** The group as the file names it, or the producer's number where the file names none. */
  readonly group: string
  /** The part of that group, from 0 to 1. */
  readonly fromShare: number
  readonly toShare: number
  readonly validators: number
  /** Index of the producer that proposes and votes for it. */
  readonly producer: number
}

export type ScenarioL1 = Extract<Scenario['chains'][string], { kind: 'l1' }>

/** The L1 whose validators vote on this one: itself, or what secures it. */
export function securityOf(scenario: Scenario, chain: string): string {
  const settings = scenario.chains[chain]
  return settings?.kind === 'l1' ? (settings.securedBy ?? chain) : chain
}

/** The L1s on which the validators of this one vote. */
export function securedTogether(scenario: Scenario, chain: string): string[] {
  const security = securityOf(scenario, chain)
  return Object.keys(scenario.chains).filter(
    (each) => scenario.chains[each]?.kind === 'l1' && securityOf(scenario, each) === security,
  )
}

/** A range that the seed draws a share from is cut into so many parts, and the share counts in whole ones. */
const PARTS_OF_A_RANGE = 4

/**
 * Shares at which faults cut the validators of an L1: `share` of `attesters-offline` and `missed-slots`, and where a finality
 * violation parts those who see one branch from those who see the other; a group that it names votes as one.
 */
export function sharesOf(scenario: Scenario, chain: string, group?: string): number[] {
  const security = securityOf(scenario, chain)
  const shares = scenario.faults.flatMap((fault) => {
    if (typeof fault.chain === 'string' && securityOf(scenario, fault.chain) !== security) return []
    if (fault.kind === 'attesters-offline' || fault.kind === 'missed-slots') return writtenShares(fault.share)
    if (group !== undefined && fault.group === group) return []
    return fault.kind === 'finality-violation' ? writtenShares(fault.share ?? 0).flatMap(splitOf) : []
  })
  return [...new Set([0, ...shares, 1])].sort((a, b) => a - b)
}

/** Of all validators the share that votes on both branches, and half of the rest that sees the first one alone. */
function splitOf(equivocating: number): number[] {
  return [equivocating, halfOfTheRest(equivocating)]
}

/** The upper end of those who see the first branch, where a share equivocates. */
export function halfOfTheRest(equivocating: number): number {
  return (1 + equivocating) / 2
}

/** A share as a file may write it: a number, a list to draw from, or a range. */
function writtenShares(share: unknown): number[] {
  if (typeof share === 'number') return [share]
  if (typeof share !== 'object' || share === null) return []
  const { oneOf, from, to } = share as { oneOf?: unknown; from?: unknown; to?: unknown }
  if (Array.isArray(oneOf)) return oneOf.filter((each) => typeof each === 'number')
  if (typeof from !== 'number' || typeof to !== 'number') return []
  const part = (to - from) / PARTS_OF_A_RANGE
  return [...Array.from({ length: PARTS_OF_A_RANGE }, (_, i) => from + i * part), to]
}

/** The groups as they vote on this chain; the place in the list is a group's bit. */
export function validatorGroups(scenario: Scenario, chain: string): ScenarioGroup[] {
  const settings = scenario.chains[chain] as ScenarioL1
  return baseGroups(scenario, chain).flatMap(({ group, validators, producer }) => {
    const cuts = sharesOf(scenario, chain, group)
    return cuts.slice(1).flatMap((toShare, i) => {
      const fromShare = cuts[i] ?? 0
      const count = Math.round(validators * toShare) - Math.round(validators * fromShare)
      return count === 0
        ? []
        : [{ group, fromShare, toShare, validators: count, producer: producer % settings.producers }]
    })
  })
}

/** Bits of the groups that a fault names: a group or all, and of these a share or all. */
export function groupBits(
  scenario: Scenario,
  chain: string,
  { group, share }: { readonly group?: string | undefined; readonly share?: number | undefined },
): number {
  return validatorGroups(scenario, chain).reduce((bits, each, i) => {
    const isMeant = (group === undefined || each.group === group) && each.toShare <= (share ?? 1)
    return isMeant ? bits | (1 << i) : bits
  }, 0)
}

/** The group's name in the network: with the part of it that it is, where faults cut it. */
export function groupTitle({ group, fromShare, toShare }: ScenarioGroup): string {
  return fromShare === 0 && toShare === 1 ? group : `${group} ${fromShare}-${toShare}`
}

/** Names of the groups before any cut. */
export function groupNames(scenario: Scenario, chain: string): string[] {
  return baseGroups(scenario, chain).map(({ group }) => group)
}

function baseGroups(
  scenario: Scenario,
  chain: string,
): { readonly group: string; readonly validators: number; readonly producer: number }[] {
  const settings = scenario.chains[securityOf(scenario, chain)] as ScenarioL1
  const total = settings.validators?.total ?? DEFAULT_VALIDATORS
  const named = Object.entries(
    settings.validators?.groups ??
      Object.fromEntries(
        Array.from({ length: settings.producers }, (_, i) => [
          `producer-${i + 1}`,
          { share: 1 / settings.producers, producer: i + 1 },
        ]),
      ),
  )
  let taken = 0
  let reached = 0
  return named.map(([group, { share, producer }], i) => {
    reached += share
    const upTo = i === named.length - 1 ? total : Math.round(total * reached)
    const validators = upTo - taken
    taken = upTo
    return { group, validators, producer: producer === undefined ? i : producer - 1 }
  })
}
