// What learners do once they no longer explore: from any state, greedy play ends in a cycle.
import type { QTables } from './q-tables.ts'
import { greedyProfile } from './q-tables.ts'

/** How states follow each other when the agents play given profiles. */
export interface Transition {
  /** Profile played in a state. */
  profileIn(state: number): number
  /** The state after a profile was played in a state. */
  stateAfter(state: number, profile: number): number
}

/** Greedy play of learners. */
export function greedyPlay(tables: QTables, profiles: number): Transition {
  const kept = tables.states / profiles
  return {
    profileIn: (state) => greedyProfile(tables, state),
    stateAfter: (state, profile) => (kept < 1 ? 0 : (state % kept) * profiles + profile),
  }
}

export interface Cycle {
  /** States of the cycle in the order in which they are visited. */
  readonly states: readonly number[]
  /** What is played in them, to reach the next one: profiles[i] leads from states[i] to states[i + 1]. */
  readonly profiles: readonly number[]
  /** Steps before the cycle is entered. */
  readonly lead: number
}

/** Follows play from a state until it repeats itself. */
export function cycleFrom(play: Transition, state: number): Cycle {
  const seenAt = new Map<number, number>()
  const states: number[] = []
  const profiles: number[] = []
  let at = state
  while (!seenAt.has(at)) {
    seenAt.set(at, states.length)
    states.push(at)
    const profile = play.profileIn(at)
    profiles.push(profile)
    at = play.stateAfter(at, profile)
  }
  const lead = seenAt.get(at) ?? 0
  return { states: states.slice(lead), profiles: profiles.slice(lead), lead }
}
