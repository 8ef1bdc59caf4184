import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { decayingExplorer, GREEDY } from './exploration.ts'
import { statesOf } from './learn.ts'
import type { LearningState } from './learning-state.ts'
import { playMany } from './play-many.ts'
import { playTwo } from './play-two.ts'
import { actionValue, createQTables, searchRecord } from './q-tables.ts'
import { actionsOf, profileOf, stageGame } from './stage-game.ts'

const game = stageGame(2, 5, ([a = 0, b = 0]) => [(a + 1) / (1 + b + a * a), (b + 1) / (1 + a + b * b)])

function session(states: number): LearningState {
  return {
    game,
    tables: createQTables({ agents: 2, actions: 5, states }, (agent, action) => (agent + action) % 3),
    learningRates: Float64Array.of(0.3, 0.1),
    discount: 0.9,
    state: 3,
    periods: 0,
    lastChange: 1,
  }
}

describe('Q-learning', () => {
  it('numbers profiles with the first agent as the highest digit', () => {
    const three = { agents: 3, actions: 4 }
    expect(profileOf(three, [1, 2, 3])).toBe(27)
    expect(actionsOf(three, 27)).toEqual([1, 2, 3])
  })

  it('of two agents is the same to the bit in the fast loop and in the general one', () => {
    const [fast, general] = [session(25), session(25)]
    const choices = new Uint8Array(2 * 5000)
    decayingExplorer([1e-3, 2e-3], 5, createStreams(1).stream('explore')).fill(choices, 5000)
    expect(playTwo(fast, choices, 5000, 100_000)).toBe('learning')
    expect(playMany(general, choices, 5000, 100_000)).toBe('learning')
    expect(fast).toEqual(general)
    expect(fast.periods).toBe(5000)
  })

  it('follows the textbook update, with greedy actions found by looking at all values', () => {
    const learner = session(25)
    const plain = session(25)
    const values = Array.from({ length: 25 }, (_, state) =>
      [0, 1].map((agent) => [0, 1, 2, 3, 4].map((action) => actionValue(plain.tables, state, agent, action))),
    )
    const choices = new Uint8Array(2 * 3000)
    decayingExplorer([2e-3, 2e-3], 5, createStreams(2).stream('explore')).fill(choices, 3000)
    playTwo(learner, choices, 3000, 100_000)
    let state = 3
    for (let t = 0; t < 3000; t++) {
      const row = values[state]!
      const chosen = [0, 1].map((agent) => {
        const choice = choices[2 * t + agent]!
        return choice === GREEDY ? row[agent]!.indexOf(Math.max(...row[agent]!)) : choice
      })
      const next = profileOf(game, chosen)
      for (const agent of [0, 1]) {
        const old = row[agent]![chosen[agent]!]!
        const target = game.payoffs[2 * next + agent]! + 0.9 * Math.max(...values[next]![agent]!)
        row[agent]![chosen[agent]!] = old + [0.3, 0.1][agent]! * (target - old)
      }
      state = next
    }
    expect(learner.state).toBe(state)
    for (const [at, row] of values.entries())
      for (const [agent, actions] of row.entries())
        for (const [action, value] of actions.entries())
          expect(actionValue(learner.tables, at, agent, action)).toBeCloseTo(value, 12)
  })

  it('remembers two profiles, the last one in the lowest digit, or none', () => {
    const deep = session(statesOf(game, 2))
    playMany(deep, Uint8Array.of(4, 3, 1, 2), 2, 100_000)
    expect(deep.state).toBe((4 * 5 + 3) * 25 + (1 * 5 + 2))
    const none = { ...session(statesOf(game, 0)), state: 0 }
    playMany(none, Uint8Array.of(4, 3), 1, 100_000)
    expect(none.state).toBe(0)
  })

  it('stops in the period that ends a window without change', () => {
    const still = session(25)
    const choices = new Uint8Array(2 * 5000).fill(GREEDY)
    expect(playTwo(still, choices, 5000, 50)).toBe('converged')
    expect(still.periods - still.lastChange).toBe(49)
  })

  it('keeps the lowest of equal actions', () => {
    const values = Float64Array.of(0, 0, 1, 7, 7, 3)
    expect(searchRecord(values, 0, 6)).toBe(1)
    expect([values[0], values[1]]).toEqual([7, 7])
  })
})

describe('ε-greedy exploration', () => {
  it('lets each agent explore on its own with probability ε, for two agents and for three', () => {
    for (const agents of [2, 3]) {
      const choices = new Uint8Array(agents * 40_000)
      const rates = [0.2, 0.1, 0.05].slice(0, agents)
      // Without decay each agent would keep one rate: here all start at 0.15 and do not decay.
      decayingExplorer(
        rates.map(() => 0),
        4,
        createStreams(3).stream('explore'),
        0.15,
      ).fill(choices, 40_000)
      const explores = (agent: number) => (at: number) => choices[at * agents + agent] !== GREEDY
      const periods = Array.from({ length: 40_000 }, (_, at) => at)
      // Standard error of a share of 0.15 in 40,000 draws: 0.0018; of 0.0225: 0.0007.
      for (let agent = 0; agent < agents; agent++)
        expect(periods.filter(explores(agent)).length / 40_000).toBeCloseTo(0.15, 2)
      const both = periods.filter((at) => explores(0)(at) && explores(1)(at))
      expect(Math.abs(both.length / 40_000 - 0.0225)).toBeLessThan(0.003)
      for (let action = 0; action < 4; action++)
        expect(
          Math.abs(choices.filter((choice) => choice === action).length / (agents * 6000) - 0.25),
        ).toBeLessThan(0.02)
    }
  })

  it('decays by e^(−β) a period', () => {
    const choices = new Uint8Array(2 * 20_000)
    decayingExplorer([1e-4, 0], 4, createStreams(4).stream('explore')).fill(choices, 20_000)
    const share = (agent: number) =>
      Array.from({ length: 20_000 }, (_, at) => choices[2 * at + agent]).filter((choice) => choice !== GREEDY)
        .length / 20_000
    // ∫ e^(−βt) dt / T with βT = 2: (1 − e^−2)/2 = 0.4323.
    expect(Math.abs(share(0) - 0.4323)).toBeLessThan(0.012)
    expect(share(1)).toBe(1)
  })
})
