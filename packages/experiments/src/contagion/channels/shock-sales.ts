// Sales that a shock brings about: those of attackers, and those that wait for something to happen.
import { attacks } from '../shock.ts'
import type { ActorPart } from './left-out-steps.ts'

export function isSale({ actor, step }: ActorPart): boolean {
  if (step.do !== 'swap') return false
  const waits = Array.isArray(step.after) ? step.after.length > 0 : true
  return attacks(actor) || waits || step.when === 'called'
}
