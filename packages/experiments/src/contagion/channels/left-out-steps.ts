// A scenario in which actors do not do some things. Their steps stay, so that what waits for them waits for ever, and nobody calls
// for them.
import type { Scenario } from '../../scenario/scenario-schema.ts'

type Actor = Scenario['actors'][string]

export interface ActorPart {
  readonly actor: Actor
  readonly step: Actor['steps'][number]
}

export function hasStep({ actors }: Scenario, isMeant: (part: ActorPart) => boolean): boolean {
  return Object.values(actors).some((actor) => actor.steps.some((step) => isMeant({ actor, step })))
}

export function withoutSteps(scenario: Scenario, isMeant: (part: ActorPart) => boolean): Scenario {
  const left = new Set<string>()
  const actors = Object.entries(scenario.actors).map(([name, actor]): [string, Actor] => {
    const steps = actor.steps.map((step, at) => {
      if (!isMeant({ actor, step })) return step
      left.add(`${name}/${step.label ?? `step-${at + 1}`}`)
      return { ...step, when: 'called' as const }
    })
    return [name, { ...actor, steps }]
  })
  const faults = scenario.faults.filter(
    ({ kind, actor, step }) => kind !== 'act' || !left.has(`${String(actor)}/${String(step)}`),
  )
  return { ...scenario, actors: Object.fromEntries(actors), faults }
}
