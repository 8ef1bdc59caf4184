// What of a scenario is its shock: the faults, the scripts of actors who attack, and paths of prices that are one. Without them the same people send the
// same orders.

import { drawFaults } from '../faults/draw-faults.ts'
import type { WrittenFault } from '../faults/fault-schema.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { pricesMoveAt, shockedPrices, steady } from './price-shock.ts'

type Actor = Scenario['actors'][string]

const ATTACKS: ReadonlySet<string> = new Set([
  'deliver-forged',
  'deliver-again',
  'deliver-false-fill',
  'claim-proven',
  'send-message',
])

/** What operators do about a shock stands among the faults of a file, too. */
export const answers: ReadonlySet<string> = new Set([
  'pause',
  'unpause',
  'share-loss',
  'freeze-account',
  'claw-back',
  'halt-token',
  'set-terms',
  'rotate-verifiers',
])

/** Answers that are a shock themselves where a file has nothing worse. */
const STANDSTILLS: ReadonlySet<string> = new Set(['pause', 'halt-token'])

/** Pays for a shock's losses where a study closes a channel, and has nothing to do without the shock. */
export const RECAPITALISER = 'recapitaliser'

export function attacks({ steps }: Actor): boolean {
  return steps.some((step) => ATTACKS.has(step.do))
}

/** The scenario with its faults drawn for a seed, so that leaving one out shifts the draws of no other. */
export function drawn(written: Scenario, seed: number): Scenario {
  const scenario = withNamedPrices(written)
  const { swarm: _, ...rest } = scenario
  const faults = drawFaults(scenario, String(seed)).map(
    ({ label, fault }): WrittenFault => ({ ...fault, label }),
  )
  return { ...rest, faults, expectations: [], exercises: [] }
}

/** Says which paths are a shock, so that it stays so whatever else a study takes away. */
function withNamedPrices(scenario: Scenario): Scenario {
  const { prices } = scenario
  return prices === undefined
    ? scenario
    : { ...scenario, prices: { ...prices, shock: pricesOfShock(scenario) } }
}

/** Assets whose path of prices is part of the shock. */
export function pricesOfShock(scenario: Scenario): string[] {
  const isElse =
    scenario.faults.some(({ kind }) => !answers.has(kind) || STANDSTILLS.has(kind)) ||
    scenario.swarm !== undefined
  return shockedPrices(scenario, !isElse && !Object.values(scenario.actors).some(attacks))
}

/** The scenario without its shock. */
export function calm(scenario: Scenario): Scenario {
  const actors = Object.entries(scenario.actors).map(([name, actor]): [string, Actor] => [
    name,
    attacks(actor) || name === RECAPITALISER ? { ...actor, steps: [] } : actor,
  ])
  const { swarm: _, ...rest } = steady(scenario, pricesOfShock(scenario))
  return { ...rest, actors: Object.fromEntries(actors), faults: [], expectations: [], exercises: [] }
}

/** Bridges that the shock names, in the order of the file. */
export function struckBridges(scenario: Scenario): string[] {
  const named = new Set<string>()
  for (const fault of scenario.faults) if (typeof fault.bridge === 'string') named.add(fault.bridge)
  for (const actor of Object.values(scenario.actors))
    if (attacks(actor)) for (const step of actor.steps) if ('bridge' in step) named.add(step.bridge)
  return Object.keys(scenario.bridges).filter((bridge) => named.has(bridge))
}

/** When the shock begins; null without any. */
export function shockAtSeconds(scenario: Scenario): number | null {
  const moveAt = pricesMoveAt(scenario, pricesOfShock(scenario))
  const times = [
    ...(moveAt === null ? [] : [moveAt]),
    ...scenario.faults.map(({ atSeconds }) => Number(atSeconds)),
    ...Object.values(scenario.actors)
      .filter(attacks)
      .flatMap(({ steps }) => steps.filter((step) => ATTACKS.has(step.do)).map(({ atSeconds }) => atSeconds)),
  ]
  return times.length === 0 ? null : Math.min(...times)
}

export interface ShockStep {
  readonly atSeconds: number
  readonly what: string
  readonly who: string
}

/** Faults and attacks in the order of time. */
export function shockSteps(scenario: Scenario): ShockStep[] {
  const faults = scenario.faults.map((fault) => ({
    atSeconds: Number(fault.atSeconds),
    what: fault.kind,
    who: String(
      fault.bridge ?? fault.chain ?? fault.node ?? fault.market ?? fault.custodian ?? fault.solver ?? '',
    ),
  }))
  const attacked = Object.entries(scenario.actors)
    .filter(([, actor]) => attacks(actor))
    .flatMap(([name, { steps }]) =>
      steps
        .filter(({ when }) => when === 'timed')
        .map((step) => ({
          atSeconds: step.atSeconds,
          what: `${step.do} by ${name}`,
          who: 'bridge' in step ? step.bridge : '',
        })),
    )
  const moved = pricesOfShock(scenario).flatMap((symbol) => {
    const atSeconds = pricesMoveAt(scenario, [symbol])
    return atSeconds === null ? [] : [{ atSeconds, what: 'price path', who: symbol }]
  })
  return [...faults, ...attacked, ...moved].sort((a, b) => a.atSeconds - b.atSeconds)
}
