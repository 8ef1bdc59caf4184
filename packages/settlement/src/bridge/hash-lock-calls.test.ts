// Hash locks through the engine: each phase to the second, the preimage, the deposit, one ending, exact undo.
import { asHash32, type Hash32 } from '@solvent/primitives'
import { type Call, hashLockId, hashLockOf } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { custodyNetwork, depot, SAFETY_DEPOSIT, swap, windows } from '../testing/custody-network.ts'
import {
  address,
  DESTINATION,
  gas,
  nobody,
  ORIGIN,
  rsEthOrigin,
  usdcDestination,
  usdcOrigin,
} from '../testing/small-network.ts'
import { createTestChain, delivery, type TestChain } from '../testing/test-chain.ts'
import { lockPhase } from './hash-lock/lock-phase.ts'

const PREIMAGE = asHash32(`0x${'11'.repeat(32)}`)
// sha256sum of 32 bytes 0x11.
const HASH = asHash32('0x02d449a31fbb267c8f352e9968a79e3e5fc95c1bbeaa502fd6454ebde5a4bedc')
type Create = Extract<Call, { kind: 'hash-lock-create' }>

let chain: TestChain
beforeEach(() => {
  chain = createTestChain(ORIGIN, { spec: custodyNetwork })
})

const create = (changes: Partial<Create> = {}): Create => ({
  kind: 'hash-lock-create',
  bridge: swap,
  leg: 'source',
  token: usdcOrigin,
  amount: 700n,
  recipient: address('solver'),
  hash: HASH,
  ...changes,
})
const lockOf = (creation = create(), by = 'user') => hashLockId(ORIGIN, address(by), creation)
const withdraw = (preimage: Hash32 = PREIMAGE, lock = lockOf()): Call => ({
  kind: 'hash-lock-withdraw',
  bridge: swap,
  lock,
  preimage,
})
const cancel = (lock = lockOf()): Call => ({ kind: 'hash-lock-cancel', bridge: swap, lock })
const held = (): bigint[] =>
  [usdcOrigin, gas].map((token) => chain.engine.balance('BRIDGE_LOCK', swap, token))

test('the hash is SHA-256 of the 32 bytes', () => {
  expect(hashLockOf(PREIMAGE)).toBe(HASH)
})

describe('the phases', () => {
  test.each([
    [0, 'finality-lock'],
    [9, 'finality-lock'],
    [10, 'private-withdrawal'],
    [59, 'private-withdrawal'],
    [60, 'public-withdrawal'],
    [119, 'public-withdrawal'],
    [120, 'private-cancellation'],
    [149, 'private-cancellation'],
    [150, 'public-cancellation'],
    [10_000_000, 'public-cancellation'],
  ])('at %i s it is %s', (age, phase) => {
    expect(lockPhase(windows.source, age)).toBe(phase)
  })

  // The lock is made at second 1.
  test.each<[number, string, Call, string | null]>([
    [10, 'solver', withdraw(), 'too-early'],
    [11, 'solver', withdraw(), null],
    [11, 'user', withdraw(), null],
    [60, 'relayer', withdraw(), 'not-authorised'],
    [61, 'relayer', withdraw(), null],
    [120, 'solver', withdraw(), null],
    [121, 'solver', withdraw(), 'too-late'],
    [200, 'solver', withdraw(), 'too-late'],
    [120, 'user', cancel(), 'too-early'],
    [121, 'user', cancel(), null],
    [121, 'solver', cancel(), null],
    [150, 'relayer', cancel(), 'not-authorised'],
    [151, 'relayer', cancel(), null],
  ])('at second %i %s may, or not', (second, by, call, reason) => {
    chain.call('user', create(), 1)
    expect(chain.call(by, call, second).reason).toBe(reason)
  })

  test("the destination's lock has windows of its own", () => {
    const there = createTestChain(DESTINATION, { spec: custodyNetwork })
    const creation = create({ leg: 'destination', token: usdcDestination })
    const lock = hashLockId(DESTINATION, address('user'), creation)
    there.call('user', creation, 1)
    expect(there.call('user', cancel(lock), 80).reason).toBe('too-early')
    expect(there.call('user', cancel(lock), 81).reason).toBeNull()
  })
})

describe('a lock', () => {
  test('takes the tokens and the deposit, and pays the recipient and whoever ends it', () => {
    const made = chain.call('user', create(), 1)
    expect(made.events).toEqual([
      {
        ...create(),
        kind: 'hash-lock-created',
        lock: lockOf(),
        depositor: address('user'),
        safetyDeposit: SAFETY_DEPOSIT,
      },
    ])
    expect(held()).toEqual([700n, SAFETY_DEPOSIT])
    const taken = chain.call('relayer', withdraw(), 70)
    expect(taken.entries.at(-1)).toMatchObject({
      cause: 'hash-lock-withdraw',
      legs: [
        { kind: 'BRIDGE_LOCK', amount: -700n },
        { kind: 'SOLVER', owner: address('solver'), amount: 700n },
        { kind: 'BRIDGE_LOCK', token: gas, amount: -SAFETY_DEPOSIT },
        { kind: 'USER', owner: address('relayer'), token: gas, amount: SAFETY_DEPOSIT },
      ],
    })
    // The preimage is public now: it opens the other leg.
    expect(taken.events).toEqual([
      {
        kind: 'hash-lock-withdrawn',
        bridge: swap,
        lock: lockOf(),
        preimage: PREIMAGE,
        by: address('relayer'),
      },
    ])
    expect(held()).toEqual([0n, 0n])
  })

  test('ends once, one way or the other', () => {
    chain.call('user', create(), 1)
    chain.call('solver', withdraw(), 20)
    expect(chain.call('solver', withdraw()).reason).toBe('already-ended')
    expect(chain.call('user', cancel(), 200).reason).toBe('already-ended')
    const other = create({ amount: 3n })
    chain.call('user', other, 210)
    chain.call('user', cancel(lockOf(other)), 400)
    expect(chain.call('solver', withdraw(PREIMAGE, lockOf(other))).reason).toBe('already-ended')
    expect(held()).toEqual([0n, 0n])
  })

  test('of the gas token holds amount and deposit together', () => {
    const spec = {
      ...custodyNetwork,
      bridges: custodyNetwork.bridges.map((bridge) =>
        bridge.address === swap
          ? {
              ...bridge,
              routes: [
                {
                  symbol: 'ETH',
                  home: { chainId: ORIGIN, token: gas },
                  wrapped: [{ chainId: DESTINATION, token: gas }],
                },
              ],
            }
          : bridge,
      ),
    }
    const of = createTestChain(ORIGIN, { spec })
    const creation = create({ token: gas, amount: 10n ** 9n })
    of.call('user', creation, 1)
    expect(of.engine.balance('BRIDGE_LOCK', swap, gas)).toBe(10n ** 9n + SAFETY_DEPOSIT)
    of.call('user', cancel(lockOf(creation)), 130)
    expect(of.engine.balance('BRIDGE_LOCK', swap, gas)).toBe(0n)
  })

  test('is taken back exactly with its block', () => {
    const before = chain.engine.balances()
    chain.call('user', create(), 1)
    const open = chain.engine.balances()
    chain.call('solver', withdraw(), 20)
    chain.engine.undo()
    expect(chain.engine.balances()).toEqual(open)
    chain.engine.undo()
    expect(chain.engine.balances()).toEqual(before)
    // Both come again, in the order of their fees or not: the lock is made, and nothing of an old one is in its way.
    const again = chain.produce(30)?.receipts.find(({ events }) => events[0]?.kind === 'hash-lock-created')
    expect(again?.status).toBe('ok')
  })

  test.each<[string, Call, string]>([
    ['of nothing', create({ amount: 0n }), 'zero-amount'],
    ['beyond the balance', create({ amount: 10n ** 18n }), 'insufficient-balance'],
    ['of a token that the bridge does not have', create({ token: rsEthOrigin }), 'unknown-token'],
    ['for the contract', create({ recipient: swap }), 'not-authorised'],
    ['at a bridge that is none of it', create({ bridge: depot }), 'wrong-custody'],
    ['at no bridge', create({ bridge: nobody }), 'unknown-bridge'],
    ['withdrawn that was never made', withdraw(PREIMAGE, HASH), 'unknown-lock'],
    ['cancelled that was never made', cancel(HASH), 'unknown-lock'],
  ])('is refused %s', (_what, call, reason) => {
    expect(chain.call('user', call, 1)).toMatchObject({ status: 'reverted', reason, events: [] })
  })

  test('is refused twice, and to a wrong preimage', () => {
    chain.call('user', create(), 1)
    expect(chain.call('user', create()).reason).toBe('already-open')
    expect(chain.call('solver', withdraw(HASH), 20).reason).toBe('wrong-preimage')
  })
})

test('nothing crosses: neither transfers nor messages are taken', () => {
  const out: Call = {
    kind: 'bridge-out',
    bridge: swap,
    token: usdcOrigin,
    amount: 1n,
    dstChainId: DESTINATION,
    recipient: address('user'),
  }
  expect(chain.call('user', out).reason).toBe('wrong-custody')
  const payload = { kind: 'transfer', token: usdcOrigin, amount: 1n, recipient: address('user') } as const
  const message = {
    bridge: swap,
    srcChainId: DESTINATION,
    emitter: swap,
    sequence: 0,
    dstChainId: ORIGIN,
    payload,
  }
  expect(chain.call('relayer', delivery(message)).reason).toBe('bad-proof')
})
