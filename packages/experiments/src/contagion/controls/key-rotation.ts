// Keys that have moved to another signature scheme before theirs breaks: those of verifiers by a rotation, those of accounts by an account of their own.
import type { WrittenFault } from '../../faults/fault-schema.ts'
import { bridgePartiesOf } from '../../scenario/bridge-parties.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'
import { answersOf, withoutAnswers } from './operators.ts'

type Actor = Scenario['actors'][string]

const SCHEME = 'ml-dsa'
/** Between the vote for the next set and the end of the old set's grace, and until the break. */
const PARTS = 4

export const keyRotation: Control = {
  name: 'key-rotation',
  title: "bridges' verifiers rotate to keys of another scheme before theirs breaks",
  setting: 'halfway to the break, with a grace of a quarter of the time until then',
  isIn: (scenario) => breaksOf(scenario).length > 0 && answersOf(scenario, ['rotate-verifiers']).length > 0,
  add(scenario) {
    const [first] = breaksOf(scenario)
    if (keyRotation.isIn(scenario) || first === undefined) return scenario
    const graceSeconds = Math.floor(Number(first.atSeconds) / PARTS)
    const atSeconds = 2 * graceSeconds
    const moved = Object.entries(scenario.bridges).map(([name, bridge]) => {
      const { verification } = bridge
      const isBroken = verification.kind === 'quorum' && verification.scheme === first.scheme
      if (!isBroken) return { name, bridge, rotation: [] }
      const { verifiers, standby, standbyScheme = SCHEME } = verification
      const set = { ...verification, standby: Math.max(standby, verifiers), standbyScheme, graceSeconds }
      const parties = bridgePartiesOf(name, set).map(({ node }) => node)
      const next = parties.slice(verifiers, 2 * verifiers)
      const rotation: WrittenFault = {
        ...{ kind: 'rotate-verifiers', atSeconds, bridge: name, threshold: verification.threshold },
        ...{ verifiers: next, label: `study-rotation-${name}` },
      }
      return { name, bridge: { ...bridge, verification: set }, rotation: [rotation] }
    })
    return {
      ...scenario,
      bridges: Object.fromEntries(moved.map(({ name, bridge }) => [name, bridge])),
      faults: [...scenario.faults, ...moved.flatMap(({ rotation }) => rotation)],
    }
  },
  remove: (scenario) =>
    breaksOf(scenario).length > 0 ? withoutAnswers(scenario, ['rotate-verifiers']) : scenario,
}

export const accountKeys: Control = {
  name: 'account-keys',
  title: 'accounts that an attacker would drain have keys of another scheme from the start',
  setting: `keys of ${SCHEME}`,
  isIn: ({ accountSchemes = {} }) => Object.keys(accountSchemes).length > 0,
  add(scenario) {
    if (accountKeys.isIn(scenario) || breaksOf(scenario).length === 0) return scenario
    const victims = Object.values(scenario.actors).flatMap(({ steps }) =>
      steps.flatMap((step) => (step.do === 'drain' ? [step.victim] : [])),
    )
    if (victims.length === 0) return scenario
    const accountSchemes = Object.fromEntries(victims.map((victim) => [victim, SCHEME]))
    // A scheme that no key is of any more breaks without anybody noticing, and whoever waits for that does nothing.
    const isOfVerifiers = (scheme: unknown) =>
      Object.values(scenario.bridges).some(
        ({ verification }) => verification.kind === 'quorum' && verification.scheme === scheme,
      )
    const faults = scenario.faults.filter(
      ({ kind, scheme }) => kind !== 'scheme-break' || isOfVerifiers(scheme),
    )
    const isOver = !faults.some(({ kind }) => kind === 'scheme-break')
    const actors = Object.entries(scenario.actors).map(([name, actor]): [string, Actor] => [
      name,
      isOver ? { ...actor, steps: actor.steps.filter((step) => step.do !== 'drain') } : actor,
    ])
    return { ...scenario, accountSchemes, faults, actors: Object.fromEntries(actors) }
  },
  remove: ({ accountSchemes: _, ...scenario }) => scenario,
}

function breaksOf({ faults }: Scenario): WrittenFault[] {
  return faults
    .filter(({ kind }) => kind === 'scheme-break')
    .sort((a, b) => Number(a.atSeconds) - Number(b.atSeconds))
}
