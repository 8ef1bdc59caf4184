// The bridge contract through the engine: transfers both ways, once, under a quorum, and not while paused.
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { BridgeMessage, Call } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  frail,
  L1,
  nobody,
  ORIGIN,
  rsEthDestination,
  rsEthHome,
  rsEthOrigin,
  solid,
  verifierNames,
} from '../testing/small-network.ts'
import { at, createTestChain, delivery, sentMessage, type TestChain } from '../testing/test-chain.ts'

let home: TestChain
let away: TestChain
beforeEach(() => {
  home = createTestChain(L1)
  away = createTestChain(ORIGIN)
})

function bridgeOut(changes: Partial<Extract<Call, { kind: 'bridge-out' }>> = {}) {
  return {
    kind: 'bridge-out',
    bridge: solid,
    token: rsEthHome,
    amount: 3n * 10n ** 17n,
    dstChainId: ORIGIN,
    recipient: address('user'),
    ...changes,
  } as const
}

/** A message that nobody sent. */
function forged(changes: Partial<BridgeMessage> = {}, amount = 1n): BridgeMessage {
  return {
    bridge: solid,
    srcChainId: ORIGIN,
    emitter: solid,
    sequence: 77,
    dstChainId: L1,
    payload: { kind: 'transfer', token: rsEthHome, amount, recipient: address('rival') },
    ...changes,
  }
}

const lock = (): bigint => home.engine.balance('BRIDGE_LOCK', solid, rsEthHome)
const wrapped = (): bigint => -away.engine.balance('SUPPLY', '', rsEthOrigin)

describe('a transfer', () => {
  test('locks at home and mints away; burns away and releases at home', () => {
    const [lockBefore, wrappedBefore] = [lock(), wrapped()]
    const out = home.call('user', bridgeOut())
    expect(out.events.map(({ kind }) => kind)).toEqual(['message-sent', 'bridge-transfer'])
    expect(lock() - lockBefore).toBe(3n * 10n ** 17n)
    away.call('relayer', delivery(sentMessage(out)))
    expect(wrapped() - wrappedBefore).toBe(3n * 10n ** 17n)
    expect(away.engine.balance('USER', address('user'), rsEthOrigin)).toBe(13n * 10n ** 17n)

    const back = away.call('user', bridgeOut({ token: rsEthOrigin, dstChainId: L1, amount: 10n ** 17n }))
    home.call('relayer', delivery(sentMessage(back)))
    expect([lock() - lockBefore, wrapped() - wrappedBefore]).toEqual([2n * 10n ** 17n, 2n * 10n ** 17n])
  })

  test('goes from one far chain to another by burning and minting', () => {
    const far = createTestChain(DESTINATION)
    const out = away.call(
      'user',
      bridgeOut({ token: rsEthOrigin, dstChainId: DESTINATION, amount: 10n ** 17n }),
    )
    expect(far.call('relayer', delivery(sentMessage(out))).status).toBe('ok')
    expect(far.engine.balance('USER', address('user'), rsEthDestination)).toBe(11n * 10n ** 17n)
  })

  test('gives what does not survive the crossing back in the same entry, and states it', () => {
    // 18 decimals, 8 of them shared: the last ten digits stay.
    const out = home.call('user', bridgeOut({ amount: 100_000_000_001_234_567n }))
    const user = { kind: 'USER', owner: address('user'), token: rsEthHome }
    expect(out.entries[1]).toMatchObject({
      cause: 'bridge-lock',
      legs: [
        { ...user, amount: -100_000_000_001_234_567n },
        { ...user, amount: 1_234_567n },
        { kind: 'BRIDGE_LOCK', owner: solid, token: rsEthHome, amount: 100_000_000_000_000_000n },
      ],
      rounding: [{ token: rsEthHome, direction: 'floor', residue: 1_234_567n, divisor: 10n ** 10n }],
    })
    expect(sentMessage(out).payload).toMatchObject({ amount: 10n ** 17n })
  })

  test('counts its messages for each emitter', () => {
    expect(
      [0, 1, 2].map(() => sentMessage(home.call('user', bridgeOut({ amount: 10n ** 17n }))).sequence),
    ).toEqual([0, 1, 2])
    expect(sentMessage(home.call('user', bridgeOut({ bridge: frail, amount: 10n ** 17n }))).sequence).toBe(0)
  })

  test.each<[string, Partial<Extract<Call, { kind: 'bridge-out' }>>, string]>([
    ['over no bridge', { bridge: nobody }, 'unknown-bridge'],
    ['of a token it does not carry', { token: rsEthOrigin }, 'unknown-token'],
    ['to the same chain', { dstChainId: L1 }, 'wrong-destination'],
    ['of nothing', { amount: 0n }, 'zero-amount'],
    ['of dust alone', { amount: 9_999_999_999n }, 'zero-amount'],
    ['beyond the balance', { amount: 2n * 10n ** 18n }, 'insufficient-balance'],
    ['to the bridge itself', { recipient: solid }, 'not-authorised'],
    ['to nobody', { recipient: ZERO_ADDRESS }, 'not-authorised'],
  ])('is refused %s', (_name, changes, reason) => {
    expect(home.call('user', bridgeOut(changes))).toMatchObject({ status: 'reverted', reason, events: [] })
  })
})

describe('a delivery', () => {
  test('happens once; another content under its key is a conflict when a quorum signed it', () => {
    home.call('relayer', delivery(forged()))
    expect(home.call('relayer', delivery(forged())).reason).toBe('already-delivered')
    const other = forged({}, 2n)
    expect(home.call('relayer', delivery(other, [])).reason).toBe('conflicting-message')
    const accused = home.call('relayer', delivery(other))
    expect(accused.events.map(({ kind }) => kind)).toEqual(['message-conflict'])
    expect(accused.entries.map(({ cause }) => cause)).toEqual(['gas'])
  })

  test('counts only on the chain it names', () => {
    expect(away.call('relayer', delivery(forged())).reason).toBe('wrong-destination')
  })

  const [first, second, third] = verifierNames as [string, string, string]
  test.each<[string, readonly string[], string | null]>([
    ['no signature', [], 'quorum-missing'],
    ['one of two', [first], 'quorum-missing'],
    ['two', [first, second], null],
    ['three', [first, second, third], null],
    ['the same one twice', [first, first], 'quorum-missing'],
    ['two in the wrong order', [second, first], 'quorum-missing'],
    [
      'a stranger among them',
      [first, second, 'user'].sort((a, b) => (address(a) < address(b) ? -1 : 1)),
      'quorum-missing',
    ],
  ])('with %s', (_name, names, reason) => {
    expect(home.call('relayer', delivery(forged(), names)).reason).toBe(reason)
  })

  test('needs signatures over this message and this set', () => {
    const call = delivery(forged())
    const other = delivery(forged({ sequence: 78 }))
    expect(home.call('relayer', { ...call, proof: other.proof }).reason).toBe('quorum-missing')
    expect(home.call('relayer', delivery(forged(), [first, second], 2)).reason).toBe('set-expired')
  })

  test('is accepted from a retired set through its grace', () => {
    const old = (sequence: number) =>
      delivery(
        {
          ...forged({ sequence }),
          srcChainId: L1,
          dstChainId: ORIGIN,
          payload: { kind: 'transfer', token: rsEthOrigin, amount: 1n, recipient: nobody },
        },
        ['verifier-old'],
        0,
      )
    expect(away.call('relayer', old(1), 100).status).toBe('ok')
    expect(away.call('relayer', old(2), 101).reason).toBe('set-expired')
  })

  test('can exhaust the lock and not a unit more', () => {
    expect(home.call('relayer', delivery(forged({}, lock() + 1n))).reason).toBe('lock-exhausted')
    expect(home.call('relayer', delivery(forged({}, lock()))).status).toBe('ok')
    expect(lock()).toBe(0n)
    expect(home.call('relayer', delivery(forged({ sequence: 78 }))).reason).toBe('lock-exhausted')
  })

  test.each<[string, BridgeMessage, string]>([
    ['of another contract than the bridge', forged({ emitter: nobody }), 'not-authorised'],
    [
      'to a privileged account',
      { ...forged(), payload: { kind: 'transfer', token: rsEthHome, amount: 1n, recipient: solid } },
      'not-authorised',
    ],
    [
      'of a token it does not carry here',
      { ...forged(), payload: { kind: 'transfer', token: rsEthOrigin, amount: 1n, recipient: nobody } },
      'unknown-token',
    ],
    ['of nothing', forged({}, 0n), 'zero-amount'],
    ['of no bridge', forged({ bridge: nobody }), 'unknown-bridge'],
  ])('is refused %s', (_name, message, reason) => {
    expect(home.call('relayer', delivery(message)).reason).toBe(reason)
  })
})

describe('a pause', () => {
  test('stops releases and mints, not sending; afterwards a message is delivered once', () => {
    home.call('issuer', { kind: 'pause', bridge: solid, authority: 'issuer', until: 0 })
    away.call('issuer', { kind: 'pause', bridge: solid, authority: 'issuer', until: 0 })
    expect(home.call('relayer', delivery(forged())).reason).toBe('paused')
    const sent = sentMessage(home.call('user', bridgeOut()))
    expect(away.call('relayer', delivery(sent)).reason).toBe('paused')
    away.call('issuer', { kind: 'unpause', bridge: solid, authority: 'issuer' })
    expect(away.call('relayer', delivery(sent)).status).toBe('ok')
    expect(away.call('relayer', delivery(sent)).reason).toBe('already-delivered')
  })

  test('ends by itself after `until`', () => {
    away.call('guardian', { kind: 'pause', bridge: solid, authority: 'guardian', until: at(50) }, 1)
    const mint = {
      ...forged(),
      srcChainId: L1,
      dstChainId: ORIGIN,
      payload: { kind: 'transfer', token: rsEthOrigin, amount: 1n, recipient: nobody },
    } as const
    expect(away.call('relayer', delivery(mint), 50).reason).toBe('paused')
    expect(away.call('relayer', delivery(mint), 51).status).toBe('ok')
  })

  test('is for its authorities, each under its own name', () => {
    const pause = (name: string, authority: 'issuer' | 'guardian') =>
      home.call(name, { kind: 'pause', bridge: solid, authority, until: 0 }).reason
    expect([pause('user', 'issuer'), pause('issuer', 'guardian'), pause('guardian', 'guardian')]).toEqual([
      'not-authorised',
      'not-authorised',
      null,
    ])
    expect(home.call('issuer', { kind: 'unpause', bridge: solid, authority: 'issuer' }).reason).toBe(
      'not-authorised',
    )
    expect(home.call('rival', { kind: 'unpause', bridge: solid, authority: 'guardian' }).reason).toBe(
      'not-authorised',
    )
    expect(home.call('guardian', { kind: 'unpause', bridge: nobody, authority: 'guardian' }).reason).toBe(
      'unknown-bridge',
    )
    expect(home.call('guardian', { kind: 'unpause', bridge: solid, authority: 'guardian' }).status).toBe('ok')
    expect(home.call('relayer', delivery(forged())).status).toBe('ok')
  })
})
