import { createStreams } from '@solvent/kernel'
import { expect, it } from 'vitest'
import { createSessions } from '../laboratory/learning-study.ts'
import { profileOf, stageGame } from '../learning/stage-game.ts'
import { stateThatAuthorsRead } from './authors-reading.ts'
import { pricingSession, sessionDraws } from './pricing-session.ts'
import { calvanoBaseline, pricingGame } from './pricing-study.ts'

const game = stageGame(2, 15, () => [0, 0])
const stateOf = (last: readonly number[], before: readonly number[]) =>
  profileOf(game, before) * 225 + profileOf(game, last)

it('prices written period by period are read firm by firm', () => {
  // Written 1 2 3 4; columns of two filled in turn: firm 1 is read to have set 1 after 2, firm 2 to have set 3 after 4.
  expect(stateThatAuthorsRead(game, stateOf([1, 2], [3, 4]))).toBe(stateOf([1, 3], [2, 4]))
  expect(stateThatAuthorsRead(game, stateOf([7, 7], [7, 7]))).toBe(stateOf([7, 7], [7, 7]))
})

it('a session with a memory of two periods has both gains: the same where the state is read right', () => {
  // Few prices, little exploration: sessions of milliseconds.
  const study = {
    ...calvanoBaseline(),
    memory: 2,
    grid: { points: 4, margin: 0.1 },
    exploration: { kind: 'epsilon-greedy', decays: [1e-3, 1e-3] },
    window: 5_000,
  } as const
  const sessions = Array.from({ length: 12 }, (_, at) => at + 1)
  const run = createSessions({ kind: 'pricing', study }, 1)
  const pricing = pricingGame(study)
  const outcomes = sessions.map((number) => {
    const stream = createStreams(1).stream(`learn/session-${number}`)
    const { lastState } = pricingSession(study, pricing, sessionDraws(study, pricing, stream))
    const outcome = run(number)
    if (outcome.kind !== 'pricing') throw new Error('no pricing')
    return { ...outcome, isRight: stateThatAuthorsRead(pricing.game, lastState) === lastState }
  })
  for (const { isRight, profitGain, profitGainAsRead } of outcomes)
    if (isRight) expect(profitGainAsRead).toBe(profitGain)
  expect(outcomes.some(({ profitGain, profitGainAsRead }) => profitGainAsRead !== profitGain)).toBe(true)
  const [one] = [createSessions({ kind: 'pricing', study: { ...study, memory: 1 } }, 1)(1)]
  expect(one).not.toHaveProperty('profitGainAsRead')
})
