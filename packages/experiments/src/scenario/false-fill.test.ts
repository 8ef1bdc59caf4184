import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts'
import { loadScenario } from './load-scenario.ts'

const FILE = new URL('../../../../configs/scenarios/bridge/false-fill-stolen-keys.yaml', import.meta.url)
const TEXT = readFileSync(FILE, 'utf8')
const STEP = 'order: alice/1, keys: 3'

/** The scenario with one piece of text replaced everywhere. */
const load = (piece: string, by: string) => {
  if (!TEXT.includes(piece)) throw new Error(`not in the scenario: ${piece}`)
  return loadScenario('stolen.yaml', new TextEncoder().encode(TEXT.replaceAll(piece, by)))
}

describe('a false fill in a scenario', () => {
  it.each([
    ['of a user who is not there', STEP, 'order: bob/1, keys: 3', 'no such user'],
    ['of an order that its user never signs', STEP, 'order: alice/4, keys: 3', 'allowed: alice/0 to alice/3'],
    ['of no order by name', STEP, 'order: alice, keys: 3', 'a user and a nonce'],
    ['with more keys than verifiers', STEP, 'order: alice/1, keys: 6', 'at most 5'],
    [
      'the wrong way round',
      'from: arbitrum, to: ethereum',
      'from: ethereum, to: arbitrum',
      'chain of escrows',
    ],
    ['over a bridge that proves no fills', 'bridge: oracle, from', 'bridge: other, from', 'proves fills'],
  ])('is refused %s', (_, piece, by, problem) => {
    expect(() => load(piece, by)).toThrow(problem)
  })

  describe('that nobody declared', () => {
    let run: ScenarioRun
    beforeAll(async () => {
      const loaded = load(', outcome: accepted', '')
      run = await runScenario({ loaded, seed: 7, runtime: 'sim', nodeProgram: '' })
    })

    it('breaks O-3 when an escrow is paid for it', () => {
      expect(run.summary.invariants.broken.map(({ id }) => id)).toContain('O-3')
    })
  })
})
