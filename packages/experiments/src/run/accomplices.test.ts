// Infrastructure in league with a ring against the same network without it, on common random numbers.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { independentBidders } from '../competition/counterfactual.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { runScenario } from './run-scenario.ts'

const textOf = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../../configs/scenarios/collusion/${name}.yaml`, import.meta.url)),
    'utf8',
  )
const load = (text: string) => loadScenario('s.yaml', Buffer.from(text))

describe('without its accomplices', () => {
  // With them the tests of all scenarios see the expectations met.
  test.each([
    [
      'front-run',
      ['the dear solver earns what it never could', "its rivals' fills on the rollup come too late"],
    ],
    [
      'last-look',
      ['the dear solver earns what it never could', "its rivals' fills on the rollup come too late"],
    ],
    ['late-proofs', ['the dear solver wins its share', 'and users pay for it']],
  ])('%s shows nothing of what it expects of them', async (name, lost) => {
    const alone = load(textOf(name).replace(/^accomplices:\n(?: .*\n)+/m, ''))
    const { summary } = await runScenario({ loaded: alone, seed: 1, runtime: 'sim', nodeProgram: '' })
    const failed = summary.expectations.filter(({ ok }) => !ok).map((each) => each.name)
    expect(failed).toEqual(expect.arrayContaining(lost))
    expect(summary.competition.accomplices).toEqual([])
    expect(summary.competition.solvers.map(({ conduct }) => conduct)).toEqual(Array(3).fill('competitive'))
  })
})

test('who signs nothing cannot be late with it', () => {
  const text = textOf('late-proofs').replace(
    'verification: { kind: quorum, verifiers: 3, threshold: 2 }, finality: safe',
    'verification: { kind: light-client }, finality: finalized',
  )
  expect(() => load(text)).toThrow(/nobody there signs messages.*verification light-client/s)
})

test('the replay with independent bidders has no accomplices', () => {
  const { scenario } = load(textOf('front-run'))
  expect(scenario.accomplices).toBeDefined()
  expect(independentBidders(scenario).accomplices).toBeUndefined()
})

describe('a scenario with accomplices', () => {
  test.each([
    ['  insiders:\n    seq', '  insider:\n    seq', /no such ring.*Did you mean insiders/s],
    ['arbitrum: { conduct', 'arbitrun: { conduct', /no such chain.*Did you mean arbitrum/s],
    ['[cygnus]', '[atlas, borealis, cygnus]', /no rivals/],
    ['slots: 20', 'slots: 0', /slots/],
    ['sequencers:\n      arbitrum: { conduct: front-run, slots: 20 }', 'sequencers: {}', /no accomplices/],
    ['front-run, slots', 'front-run, calls: [fill], slots', /calls/],
    [
      'insiders: [cygnus]\n\naccomplices:\n',
      'insiders: [cygnus]\n  others: [atlas]\n\naccomplices:\n  others: { sequencers: { arbitrum: { conduct: hold-back, slots: 1 } } }\n',
      /cannot favour two rings/,
    ],
    [
      'arbitrum: { conduct: front-run, slots: 20 }',
      'arbitrum: { conduct: front-run, slots: 20 }\n    verifiers: { hubb: { conduct: delay, seconds: 5 } }',
      /no such bridge.*Did you mean hub/s,
    ],
  ])('is refused with %s replaced by %s', (from, to, message) => {
    const text = textOf('front-run')
    expect(text).toContain(from)
    expect(() => load(text.replace(from, to))).toThrow(message)
  })
})
