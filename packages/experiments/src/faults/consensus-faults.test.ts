import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const START_MS = Date.parse('2026-01-01T00:00:00Z')

/** The small scenario with these faults, and these keys more at its L1. */
function load(faults: readonly string[], l1 = '') {
  const text = new TextDecoder().decode(
    spoiled(PAUSE, faults.length === 0 ? PAUSE : faults.map((fault) => `  - { ${fault} }\n`).join('')),
  )
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace('kind: l1, ', `kind: l1, ${l1}`)))
}

function plan(faults: readonly string[], l1 = '') {
  const { scenario, hash } = load(faults, l1)
  return assemble({ scenario, hash, seed: 7, signatures: 'stand-in' })
}

const offline = 'kind: attesters-offline, atSeconds: 50, chain: ethereum, forSeconds: 60'

describe('absent validators in a scenario', () => {
  it('are whole groups, into which a share cuts the stake', () => {
    const { spec, faults } = plan([`${offline}, share: 0.4`])
    const consensus = spec.chains[0]?.consensus
    expect(consensus?.kind === 'l1' && consensus.validators?.groups).toMatchObject([
      { name: 'producer-1 0-0.4', validators: 400_000 },
      { name: 'producer-1 0.4-1', validators: 600_000 },
    ])
    expect(faults.map(({ fault }) => fault)).toEqual([
      {
        kind: 'control',
        to: 'seq-ethereum',
        message: {
          kind: 'validators-absent',
          chainId: 1,
          groups: 0b01,
          duty: 'votes',
          untilMs: START_MS + 110_000,
        },
      },
    ])
  })

  it('are told to every producer, a share of a group meaning that group alone', () => {
    const groups =
      'producers: 2, validators: { total: 100, groups: { a: { share: 0.5 }, b: { share: 0.5 } } }, '
    const { faults } = plan(
      ['kind: missed-slots, atSeconds: 5, chain: ethereum, group: b, share: 0.2, forSeconds: 9'],
      groups,
    )
    // a is cut as b is: a 0-0.2, a 0.2-1, b 0-0.2, b 0.2-1.
    expect(
      faults.map(
        ({ fault }) =>
          fault.kind === 'control' && 'groups' in fault.message && [fault.to, fault.message.groups],
      ),
    ).toEqual([
      ['seq-ethereum-1', 0b0100],
      ['seq-ethereum-2', 0b0100],
    ])
  })

  it('leave the specification alone when no fault and no key is about them', () => {
    const consensus = plan(['kind: reorg, atSeconds: 5, chain: ethereum, depth: 3']).spec.chains[0]?.consensus
    expect(consensus).not.toHaveProperty('validators')
  })
})

it.each([
  [[offline], '', 'nobody is named who is absent (got neither group nor share'],
  [[`${offline}, group: geth`], '', 'no such validator group (got geth'],
  [[offline.replace('ethereum', 'arbitrum')], '', 'no such l1 chain (got arbitrum'],
  [[`${offline}, share: 1.5`], '', 'faults[0].share'],
  [['kind: reorg, atSeconds: 5, chain: ethereum, depth: 0'], '', 'faults[0].depth'],
  [
    [],
    'validators: { groups: { a: { share: 0.5 } } }, ',
    'the shares of the groups are not a whole (got 0.5',
  ],
  [
    [],
    'validators: { groups: { a: { share: 1, producer: 2 } } }, ',
    'no such producer (got 2; allowed: 1 to 1)',
  ],
  [[], 'validators: { total: 0 }, ', 'too small'],
  [[], 'producers: 5, ', 'a producer would have no slot in some epochs to vote in'],
  [[], 'securedBy: arbitrum, ', 'no such l1 with validators of its own (got arbitrum'],
  [[], 'securedBy: ethereum, ', 'no such l1 with validators of its own (got ethereum'],
])('refuses what makes no sense: %j %s', (faults, l1, complaint) => {
  expect(() => load(faults, l1)).toThrow(complaint)
})

it('warns of a group that can stop finality alone', () => {
  const { warnings } = load(
    [],
    'validators: { groups: { a: { share: 0.4 }, b: { share: 0.3 }, c: { share: 0.3 } } }, ',
  )
  expect(warnings.filter(({ rule }) => rule === 'finality').map(({ path }) => path)).toEqual([
    'chains.ethereum.validators.groups.a.share',
  ])
})
