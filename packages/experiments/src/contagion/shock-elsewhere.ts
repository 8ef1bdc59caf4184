// A scenario's shock at other bridges: the same value forged or stolen there, or the same standstill.
import type { WrittenFault } from '../faults/fault-schema.ts'
import { believersOf, bridgePartiesOf } from '../scenario/bridge-parties.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { attacks } from './shock.ts'

type Actor = Scenario['actors'][string]
type Forgery = Extract<Actor['steps'][number], { do: 'deliver-forged' }>

export interface Elsewhere {
  /** `bridge/asset`, or the bridge alone where nothing is taken. */
  readonly place: string
  readonly scenario: Scenario
}

/** Of one asset of another bridge: its name, where it is at home, and where the forged message says it comes from. */
interface Place {
  readonly bridge: string
  readonly asset: string
  readonly from: string
  readonly to: string
}

/** Perhaps not possible as scenarios: an attack that one kind of bridge allows another has no room for. */
export function struckElsewhere(scenario: Scenario): Elsewhere[] {
  const fault = scenario.faults.find(({ kind }) => kind === 'forge')
  if (fault !== undefined) return forgedElsewhere(scenario, fault)
  const theft = firstForgery(scenario)
  if (theft !== undefined) return stolenElsewhere(scenario, theft)
  return stoppedElsewhere(scenario)
}

function forgedElsewhere(scenario: Scenario, forged: WrittenFault): Elsewhere[] {
  const { bridge: struck, asset: taken, amount } = forged
  return placesOf(scenario, `${String(struck)}/${String(taken)}`).map((place) => {
    const poisoned = enoughAt(scenario, place.bridge)
    const { domain: _, ...rest } = forged
    const moved = { ...rest, ...place, poisoned, amount: worthAt(scenario, taken, amount, place) }
    const faults = scenario.faults.map((fault): WrittenFault => {
      if (fault === forged) return moved
      return answeredAt(fault, { bridge: struck, asset: taken }, place)
    })
    return { place: `${place.bridge}/${place.asset}`, scenario: { ...scenario, faults } }
  })
}

/** What the thief does with what it took is left out: it has something else there. */
function stolenElsewhere(scenario: Scenario, theft: Forgery): Elsewhere[] {
  const { bridge: struck, asset: taken, amount } = theft
  return placesOf(scenario, `${struck}/${taken}`).map((place) => {
    const moved: Forgery = {
      ...theft,
      ...place,
      keys: enoughAt(scenario, place.bridge),
      amount: worthAt(scenario, taken, amount, place),
    }
    const actors = Object.entries(scenario.actors).map(([name, actor]): [string, Actor] => {
      if (!attacks(actor)) return [name, actor]
      return [name, { ...actor, steps: actor.steps.includes(theft) ? [moved] : [] }]
    })
    const faults = scenario.faults.map((fault) => answeredAt(fault, { bridge: struck, asset: taken }, place))
    return {
      place: `${place.bridge}/${place.asset}`,
      scenario: { ...scenario, actors: Object.fromEntries(actors), faults },
    }
  })
}

/** What operators of the struck bridge do about it, those of the other do. */
function answeredAt(
  fault: WrittenFault,
  struck: { readonly bridge: unknown; readonly asset: unknown },
  { bridge, asset }: Place,
): WrittenFault {
  if (fault.bridge !== struck.bridge) return fault
  return { ...fault, bridge, ...(fault.asset === struck.asset ? { asset } : {}) }
}

/** Pauses and halts of one bridge at each other. */
function stoppedElsewhere(scenario: Scenario): Elsewhere[] {
  const struck = scenario.faults.find(({ bridge }) => typeof bridge === 'string')?.bridge
  if (struck === undefined) return []
  return Object.keys(scenario.bridges)
    .filter((bridge) => bridge !== struck)
    .map((bridge) => ({
      place: bridge,
      scenario: {
        ...scenario,
        faults: scenario.faults.map(
          (fault): WrittenFault => (fault.bridge === struck ? { ...fault, bridge } : fault),
        ),
      },
    }))
}

function firstForgery({ actors }: Scenario): Forgery | undefined {
  for (const { steps } of Object.values(actors))
    for (const step of steps)
      if (step.do === 'deliver-forged' && step.outcome === 'accepted' && step.signatures === 'keys')
        return step
  return undefined
}

/** All assets of all bridges but one; a lock is robbed at home, a pool and an issuer at the first of their other chains. */
function placesOf({ bridges }: Scenario, but: string): Place[] {
  return Object.entries(bridges).flatMap(([bridge, { custody, assets }]) =>
    Object.entries(assets).flatMap(([asset, { home, claims }]): Place[] => {
      const far = Object.keys(claims)[0]
      if (far === undefined || `${bridge}/${asset}` === but) return []
      const [from, to] = custody.kind === 'burn-mint' ? [home, far] : [far, home]
      return [{ bridge, asset, from, to }]
    }),
  )
}

/** So many verifiers that the bridge believes them. */
function enoughAt({ bridges }: Scenario, bridge: string): number {
  const { verification } = bridges[bridge]!
  return verification.kind === 'quorum'
    ? verification.threshold
    : Math.max(1, believersOf(bridgePartiesOf(bridge, verification)).length)
}

function worthAt({ assets }: Scenario, taken: unknown, amount: unknown, { asset }: Place): string {
  const value = Number(amount) * Number(assets[String(taken)]!.price)
  return (value / Number(assets[asset]!.price)).toFixed(2)
}
