// Deeds of actors at the time of a fault: theft with stolen keys, replays, forged proofs, upgrades by an own admin, wash traffic.
// What is done stands among the actor's steps; the fault says when, and how often.
import { asNodeId } from '@solvent/primitives'
import { stepLabel } from '../actors/step-label.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily } from './fault-context.ts'

export const actFaults: FaultFamily<'act'> = {
  act: {
    check({ actor, step }, { scenario, path, findings }) {
      if (!findings.reference([...path, 'actor'], 'actor', actor, Object.keys(scenario.actors))) return
      findings.reference([...path, 'step'], 'step with `when: called`', step, calledSteps(scenario, actor))
    },
    resolve: ({ actor, step }) => [{ kind: 'control', to: asNodeId(actor), message: { kind: 'act', step } }],
  },
}

function calledSteps({ actors }: Scenario, actor: string): string[] {
  return actors[actor]!.steps.flatMap((step, index) =>
    step.when === 'called' ? [stepLabel(step, index)] : [],
  )
}
