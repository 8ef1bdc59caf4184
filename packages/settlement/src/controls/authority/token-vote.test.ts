// An authority at which holders of a token vote: who proposes, whose votes count and how many, until when, and what carries a measure.
import { type Call, contractAddress, controlAddress, type Measure, NO_CONTROLS } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { lendingGenesis, lendingNetwork } from '../../testing/lending-network.ts'
import { address, ORIGIN, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const authority = controlAddress('dao')
const token = contractAddress('token', 'origin/GOV')
const freeze: Measure = { kind: 'freeze', token: usdcOrigin, account: address('reporter') }
const propose: Call = { kind: 'propose-measure', authority, measure: freeze }
const vote = (support: 'for' | 'against', proposal = 0): Call => ({
  ...{ kind: 'vote-measure', authority, proposal, support },
})
const enact: Call = { kind: 'enact-measure', authority, proposal: 0 }
const give = (to: string, amount: bigint): Call => ({ kind: 'transfer', token, to: address(to), amount })

/** Proposed at 10 s, votes from 70 s and before 170 s, due at 220 s; three votes carry, and two tokens propose. */
function dao() {
  const chain = createTestChain(ORIGIN, {
    spec: {
      ...lendingNetwork,
      controls: {
        ...NO_CONTROLS,
        authorities: [
          {
            ...{ name: 'dao', address: authority, chainId: ORIGIN, members: [], quorum: 1 },
            ...{ votingDelaySeconds: 60, executionDelaySeconds: 50, pools: [], bounds: null },
            tokenVote: { token, proposalThreshold: 2n, quorum: 3n, votingPeriodSeconds: 100 },
            tokens: [{ token: usdcOrigin, powers: ['freeze'], accounts: null }],
          },
        ],
      },
    },
    genesis: lendingGenesis([
      { kind: 'USER', owner: address('user'), token, amount: 4n },
      { kind: 'SOLVER', owner: address('solver'), token, amount: 2n },
      { kind: 'SOLVER', owner: address('rival'), token, amount: 1n },
    ]),
  })
  const at = (second: number, who: string, call: Call) => chain.call(who, call, second).reason
  return { chain, at }
}

describe('holders of a token', () => {
  it('propose with enough of it, and vote in the period alone, once each', () => {
    const { at } = dao()
    expect([at(9, 'rival', propose), at(10, 'solver', propose)]).toEqual(['not-authorised', null])
    expect([
      at(69, 'user', vote('for')),
      at(70, 'user', vote('for')),
      at(71, 'user', vote('against')),
    ]).toEqual([...['too-early', null, 'already-voted']])
    expect([at(72, 'user', vote('for', 1)), at(73, 'reporter', vote('for'))]).toEqual([
      ...['unknown-proposal', 'not-authorised'],
    ])
    expect([at(169, 'solver', vote('against')), at(170, 'rival', vote('for'))]).toEqual([
      null,
      'voting-closed',
    ])
  })

  it('enact what they have carried when the second delay is over, not before', () => {
    const { at } = dao()
    at(10, 'solver', propose)
    at(70, 'user', vote('for'))
    expect([
      at(169, 'user', enact),
      at(219, 'user', enact),
      at(220, 'user', enact),
      at(221, 'user', enact),
    ]).toEqual([...['too-early', 'too-early', null, 'already-enacted']])
  })

  it.each([
    ['fewer for than the quorum', [['solver', 'for']]],
    [
      'as many against as for',
      [
        ['user', 'for'],
        ['solver', 'against'],
        ['rival', 'against'],
        ['heir', 'against'],
      ],
    ],
    [
      'more against',
      [
        ['solver', 'for'],
        ['rival', 'for'],
        ['user', 'against'],
      ],
    ],
    ['nobody', []],
  ] as const)('defeat it with %s', (_name, votes) => {
    const { at } = dao()
    at(5, 'user', give('other-user', 1n))
    at(10, 'solver', propose)
    votes.forEach(([who, support], index) => {
      expect(at(80 + index, who === 'heir' ? 'other-user' : who, vote(support))).toBeNull()
    })
    expect(at(220, 'user', enact)).toBe('defeated')
  })

  it('have the votes of what they held before the period, wherever it has gone since', () => {
    const { chain, at } = dao()
    const votesOf = (second: number, who: string) => {
      const [event] = chain.call(who, vote('for'), second).events
      return event?.kind === 'measure-voted' ? event.cast?.votes : undefined
    }
    at(10, 'solver', propose)
    at(40, 'user', give('other-user', 1n))
    at(70, 'user', give('other-user', 2n))
    at(75, 'other-user', give('rival', 3n))
    expect([
      votesOf(80, 'user'),
      votesOf(81, 'other-user'),
      votesOf(82, 'rival'),
      votesOf(83, 'solver'),
    ]).toEqual([...[3n, 1n, 1n, 2n]])
  })

  it('have what they had again when blocks are taken back', () => {
    const { chain, at } = dao()
    at(10, 'solver', propose)
    at(70, 'user', give('other-user', 4n))
    chain.engine.undo()
    at(71, 'user', give('rival', 4n))
    expect(at(80, 'other-user', vote('for'))).toBe('not-authorised')
    expect(at(81, 'user', vote('for'))).toBeNull()
  })
})
