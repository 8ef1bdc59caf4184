// Messages that call a contract, through the engine: anybody sends them, only an unprotected admin obeys.
import { type BridgeMessage, type Call, contractAddress } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { address, L1, nobody, ORIGIN, rsEthHome, solid, verifierNames } from '../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../testing/test-chain.ts'

let sound: TestChain
let flawed: TestChain
let away: TestChain
beforeEach(() => {
  sound = createTestChain(L1)
  flawed = createTestChain(L1, { flaws: ['admin-unprotected'] })
  away = createTestChain(ORIGIN)
})

const call = (changes: Partial<Extract<Call, { kind: 'send-message' }>> = {}) =>
  ({
    kind: 'send-message',
    bridge: solid,
    dstChainId: L1,
    target: solid,
    verifiers: [address('rival')],
    threshold: 1,
    ...changes,
  }) as const

/** What arrives after somebody has sent a call on the other chain. */
const sent = (changes: Parameters<typeof call>[0] = {}): BridgeMessage =>
  sentMessage(away.call('rival', call(changes)))

const release: BridgeMessage = {
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence: 5,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 10n ** 18n, recipient: address('rival') },
}

describe('a message that calls a contract', () => {
  test('is sent by anybody, under the name of the sender', () => {
    expect(sent()).toMatchObject({ emitter: address('rival'), sequence: 0 })
    expect(sent()).toMatchObject({ emitter: address('rival'), sequence: 1 })
  })

  test('goes to another chain over a bridge that there is', () => {
    expect(away.call('rival', call({ dstChainId: ORIGIN })).reason).toBe('wrong-destination')
    expect(away.call('rival', call({ bridge: nobody })).reason).toBe('unknown-bridge')
  })

  test('is refused by a bridge whose admin takes no orders from messages, and can be handed in again', () => {
    const message = sent()
    expect(sound.call('relayer', delivery(message)).reason).toBe('not-authorised')
    expect(sound.call('relayer', delivery(message)).reason).toBe('not-authorised')
    expect(sound.call('rival', delivery(release, ['rival'], 2)).reason).toBe('set-expired')
  })

  test('makes its sender the verifier where the admin is unprotected: its signature alone empties the lock', () => {
    expect(flawed.call('relayer', delivery(sent())).events.map(({ kind }) => kind)).toEqual([
      'message-delivered',
      'verifiers-rotated',
    ])
    expect(flawed.call('rival', delivery(release, ['rival'], 2)).status).toBe('ok')
  })

  test('needs the word of the verifiers even there', () => {
    expect(flawed.call('rival', delivery(sent(), verifierNames.slice(0, 1))).reason).toBe('quorum-missing')
  })

  test.each<[string, Parameters<typeof call>[0], string]>([
    ['another contract', { target: contractAddress('settler', 'ethereum') }, 'unknown-contract'],
    ['an empty set', { verifiers: [], threshold: 0 }, 'bad-set'],
    ['a threshold that nobody meets', { threshold: 2 }, 'bad-set'],
  ])('gets nowhere with %s', (_what, changes, expected) => {
    expect(flawed.call('relayer', delivery(sent(changes))).reason).toBe(expected)
  })

  test('is held up by a pause, and refused after a repair', () => {
    flawed.call('guardian', { kind: 'pause', bridge: solid, authority: 'guardian', until: 0 })
    const message = sent()
    expect(flawed.call('relayer', delivery(message)).reason).toBe('paused')
    flawed.call('guardian', { kind: 'unpause', bridge: solid, authority: 'guardian' })
    flawed.call('issuer', { kind: 'upgrade', contract: solid, flaw: 'admin-unprotected', change: 'fixed' })
    expect(flawed.call('relayer', delivery(message)).reason).toBe('not-authorised')
  })
})
