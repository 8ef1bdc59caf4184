// Authorities on a chain: who may propose, vote and enact, when, how far; and what a freeze, a halt and a claw-back do.
import { type AuthoritySpec, type Call, controlAddress, type Measure, NO_CONTROLS } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { ETHER, lendingGenesis, lendingNetwork, poolAddress, USD } from '../../testing/lending-network.ts'
import { address, ORIGIN, party, rsEthOrigin, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain, type TestChain } from '../../testing/test-chain.ts'

const authority = controlAddress('council')
const spec: AuthoritySpec = {
  ...{ name: 'council', address: authority, chainId: ORIGIN, members: [party('rival')], quorum: 1 },
  ...{ votingDelaySeconds: 0, executionDelaySeconds: 0, pools: [poolAddress], bounds: null },
  tokens: [{ token: usdcOrigin, powers: ['freeze', 'claw-back', 'halt'], accounts: null }],
}
const open = (change: Partial<AuthoritySpec> = {}) =>
  createTestChain(ORIGIN, {
    spec: { ...lendingNetwork, controls: { ...NO_CONTROLS, authorities: [{ ...spec, ...change }] } },
    genesis: lendingGenesis(),
  })
const propose = (measure: Measure): Call => ({ kind: 'propose-measure', authority, measure })
const vote = (proposal = 0): Call => ({ kind: 'vote-measure', authority, proposal })
const enact = (proposal = 0): Call => ({ kind: 'enact-measure', authority, proposal })
const user = address('user')
const freeze: Measure = { kind: 'freeze', token: usdcOrigin, account: user }
const pay = (token = usdcOrigin): Call => ({ kind: 'transfer', token, to: address('solver'), amount: USD })
const terms = (change: Partial<Extract<Measure, { kind: 'set-terms' }>['change']>): Measure => ({
  ...{ kind: 'set-terms', pool: poolAddress, token: rsEthOrigin },
  change: {
    ...{ ltvBps: null, liquidationThresholdBps: null, supplyCap: null, borrowCap: null, status: null },
    ...change,
  },
})
const reasons = (chain: TestChain, calls: readonly (readonly [string, Call, number?])[]) =>
  calls.map(([who, call, second]) => chain.call(who, call, second).reason)

describe('an authority of one without delays', () => {
  test('freezes in the block of its proposal: nothing goes out or comes in, other coins do, and it ends', () => {
    const chain = open()
    const back: Call = { kind: 'transfer', token: usdcOrigin, to: user, amount: USD }
    expect(
      reasons(chain, [
        ['rival', propose(freeze)],
        ['user', pay()],
        ['solver', back],
        ['user', pay(rsEthOrigin)],
        ['user', { kind: 'supply', pool: poolAddress, token: usdcOrigin, amount: USD }],
        ['rival', propose({ ...freeze, kind: 'unfreeze' })],
        ['user', pay()],
      ]),
    ).toEqual([null, 'account-frozen', 'account-frozen', null, 'account-frozen', null, null])
  })

  test('halts a coin for everybody, and resumes it', () => {
    expect(
      reasons(open(), [
        ['rival', propose({ kind: 'halt', token: usdcOrigin })],
        ['solver', pay()],
        ['rival', propose({ kind: 'resume', token: usdcOrigin })],
        ['user', pay()],
      ]),
    ).toEqual([null, 'token-halted', null, null])
  })

  test('claws back what there is, frozen or not, and from no contract', () => {
    const chain = open()
    const clawBack = (account: typeof user, amount: bigint): Call =>
      propose({ kind: 'claw-back', token: usdcOrigin, account, amount, to: address('other-user') })
    const before = chain.engine.balance('USER', user, usdcOrigin)
    const other = chain.engine.balance('USER', address('other-user'), usdcOrigin)
    expect(
      reasons(chain, [
        ['rival', propose(freeze)],
        ['rival', clawBack(user, 10n ** 30n)],
        ['rival', clawBack(user, 1n)],
        ['rival', clawBack(poolAddress, 1n)],
      ]),
    ).toEqual([null, null, 'zero-amount', 'not-authorised'])
    expect(chain.engine.balance('USER', user, usdcOrigin)).toBe(0n)
    expect(chain.engine.balance('USER', address('other-user'), usdcOrigin)).toBe(other + before)
  })

  test('is obeyed within its reach alone', () => {
    const narrow = open({
      pools: [],
      tokens: [{ token: usdcOrigin, powers: ['freeze'], accounts: [address('solver')] }],
    })
    expect(
      reasons(narrow, [
        ['rival', propose(freeze)],
        ['rival', propose({ kind: 'halt', token: usdcOrigin })],
        ['rival', propose(terms({ ltvBps: 0n }))],
        ['user', propose({ ...freeze, account: address('solver') })],
        ['rival', propose({ ...freeze, account: address('solver') })],
      ]),
    ).toEqual(['not-authorised', 'not-authorised', 'not-authorised', 'not-authorised', null])
  })

  test('a block that is taken back takes its measure with it', () => {
    const chain = open()
    const root = chain.engine.stateRoot()
    chain.call('rival', propose(freeze))
    chain.engine.undo()
    expect(chain.engine.stateRoot()).toBe(root)
  })
})

describe('an authority with votes and delays', () => {
  const members = ['rival', 'solver', 'reporter'].map(party)
  const slow = { members, quorum: 2, votingDelaySeconds: 60, executionDelaySeconds: 100 }

  test('takes votes of members, each once, after the first delay, and enacts after the second', () => {
    expect(
      reasons(open(slow), [
        ['rival', propose(freeze), 10],
        ['solver', vote(), 69],
        ['user', vote(), 70],
        ['rival', vote(), 71],
        ['solver', vote(1), 72],
        ['solver', vote(), 80],
        ['user', enact(), 178],
        ['user', pay(), 179],
        ['user', enact(), 180],
        ['user', pay(), 181],
        ['reporter', vote(), 182],
        ['user', enact(), 183],
      ]),
    ).toEqual([
      ...[null, 'too-early', 'not-authorised', 'already-voted', 'unknown-proposal', null],
      ...['too-early', null, null, 'account-frozen', 'already-enacted', 'already-enacted'],
    ])
  })
})

describe('an authority whose members have weights', () => {
  const members = ['rival', 'solver', 'reporter'].map(party)
  const weighted = (quorum: number) => open({ members, weights: [20, 30, 50], quorum })

  test('enacts what has the weight of the quorum, and not what has many voters', () => {
    expect(
      reasons(weighted(51), [
        ['rival', propose(freeze)],
        ['solver', vote()],
        ['user', pay()],
        ['reporter', vote()],
        ['user', pay()],
      ]),
    ).toEqual([null, null, null, null, 'account-frozen'])
  })

  test('obeys one member whose weight is enough', () => {
    const asked = [
      ['rival', propose(freeze)],
      ['reporter', vote()],
      ['user', pay()],
    ] as const
    expect(reasons(weighted(70), asked).at(-1)).toBe('account-frozen')
    expect(
      reasons(weighted(50), [
        ['reporter', propose(freeze)],
        ['user', pay()],
      ]).at(-1),
    ).toBe('account-frozen')
    expect(reasons(weighted(71), asked).at(-1)).toBe(null)
  })
})

describe('terms', () => {
  const bounds = { maxStepBps: 500n, minIntervalSeconds: 100 }

  test('change what a loan may be at once', () => {
    const chain = open()
    const borrow: Call = { kind: 'borrow', pool: poolAddress, token: usdcOrigin, amount: USD }
    expect(
      reasons(chain, [
        ['rival', { kind: 'supply', pool: poolAddress, token: usdcOrigin, amount: 1_000n * USD }],
        ['user', { kind: 'supply', pool: poolAddress, token: rsEthOrigin, amount: ETHER }],
        ['user', borrow],
        ['rival', propose(terms({ ltvBps: 0n, status: 'frozen' }))],
        ['user', borrow],
        ['user', { kind: 'supply', pool: poolAddress, token: rsEthOrigin, amount: ETHER }],
      ]),
    ).toEqual([null, null, null, null, 'ltv-zero', 'reserve-frozen'])
  })

  test('move no further and no sooner than the bounds say, and to nothing impossible', () => {
    expect(
      reasons(open({ bounds }), [
        ['rival', propose(terms({ ltvBps: 7_499n })), 10],
        ['rival', propose(terms({ ltvBps: 7_500n })), 11],
        ['rival', propose(terms({ ltvBps: 7_400n })), 110],
        ['rival', propose(terms({ ltvBps: 7_400n })), 111],
        // Above the threshold of 8,300.
        ['rival', propose(terms({ liquidationThresholdBps: 7_300n })), 300],
      ]),
    ).toEqual(['out-of-bounds', null, 'out-of-bounds', null, 'out-of-bounds'])
  })
})
