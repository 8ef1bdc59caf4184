import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const START_MS = Date.parse('2026-01-01T00:00:00Z')

const load = (fault: string) => loadScenario('s.yaml', spoiled(PAUSE, `  - { ${fault} }\n`))

describe('a Byzantine node in a scenario', () => {
  it('is told how to misbehave until when, after the watcher', () => {
    const { scenario, hash } = load(
      'kind: byzantine, atSeconds: 50, node: atlas, conduct: withhold, messages: [bid, transaction], forSeconds: 60',
    )
    const untilMs = START_MS + 110_000
    const { faults } = assemble({ scenario, hash, seed: 7, signatures: 'stand-in' })
    expect(faults.map(({ fault }) => fault)).toEqual([
      { kind: 'control', to: 'watcher', message: { kind: 'declare-misconduct', node: 'atlas', untilMs } },
      {
        kind: 'control',
        to: 'atlas',
        message: {
          kind: 'misbehave',
          misconduct: { conduct: 'withhold', types: ['bid', 'transaction'], untilMs },
        },
      },
    ])
  })

  it.each([
    [
      'node: atlas, conduct: misrank',
      'the node has nothing to do this with (got misrank of atlas; allowed: auctioneer-1)',
    ],
    [
      'node: hub-relayer-1, conduct: equivocate',
      'got equivocate of hub-relayer-1; allowed: auctioneer-1, hub-verifier-1',
    ],
    ['node: alice, conduct: fill-unfunded', 'got fill-unfunded of alice; allowed: atlas'],
    [
      'node: atlas, conduct: replay, messages: [order]',
      'this conduct does not choose among messages (got order',
    ],
    ['node: atlas, conduct: withhold, messages: [orders-of-all]', 'faults[0].messages'],
    ['node: nobody, conduct: replay', 'no such node (got nobody'],
    ['node: atlas, conduct: lie', 'faults[0].conduct'],
  ])('is refused: %s', (fault, why) => {
    expect(() => load(`kind: byzantine, atSeconds: 50, forSeconds: 60, ${fault}`)).toThrow(why)
  })
})
