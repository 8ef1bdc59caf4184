// What a run says when it never evaluated what it was to: each invariant, or the one cause of all of them.
import { expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { missedEvaluations } from './evaluations.ts'
import { runScenario } from './run-scenario.ts'

test('a run that ends before its first block says so once, with its duration and the slot', async () => {
  const text = SMALL_SCENARIO.replace('durationSeconds: 600', 'durationSeconds: 1')
    .replace('slotMs: 1000', 'slotMs: 1500')
    .replace('untilSeconds: 300', 'untilSeconds: 1')
    .replace(/faults:\n.*\n/, '')
  const loaded = loadScenario('s.yaml', new TextEncoder().encode(text))
  const { summary } = await runScenario({ loaded, runtime: 'sim', seed: 1, nodeProgram: '' })
  expect(summary.invariants.unevaluated.length).toBeGreaterThan(1)
  expect(summary.expectations.filter(({ ok }) => !ok)).toEqual([
    {
      name: 'blocks with transactions',
      ok: false,
      got: 0,
      want: '≥ 1: durationSeconds is 1, the shortest slot 1.5 s; the run ended before anything was in a block, let it last longer',
    },
  ])
})

test('with a block on any chain each invariant that was not evaluated is named', () => {
  const run = { chains: [{ blocks: 0 }, { blocks: 1 }], invariants: { unevaluated: ['L-4', 'O-1'] } }
  const limits = { durationSeconds: 1, shortestSlotSeconds: 1 }
  expect(missedEvaluations(run, limits).map(({ name }) => name)).toEqual([
    'L-4 was evaluated',
    'O-1 was evaluated',
  ])
  expect(missedEvaluations({ chains: [{ blocks: 0 }], invariants: { unevaluated: [] } }, limits)).toEqual([])
})
