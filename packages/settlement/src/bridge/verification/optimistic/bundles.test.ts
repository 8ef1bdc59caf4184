// Bundles through the engine: who may propose, dispute and rule, when a message is believed, and where bonds go.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BridgeMessage,
  type BundleCall,
  type Call,
  type MessageProof,
  messageDigest,
  type NetworkSpec,
} from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  GENESIS_SECONDS,
  L1,
  network,
  ORIGIN,
  party,
  rsEthHome,
  solid,
} from '../../../testing/small-network.ts'
import { createTestChain, type TestChain } from '../../../testing/test-chain.ts'
import { OutboxLeaves } from '../../outbox/outbox-leaves.ts'

/** An odd bond, so that halving it leaves a residue. */
const BOND = 1_001n
const LIVENESS = 7_200

const spec: NetworkSpec = {
  ...network,
  bridges: network.bridges.map((bridge) =>
    bridge.address === solid
      ? {
          ...bridge,
          verification: {
            kind: 'optimistic',
            proposers: [party('solver')],
            disputers: [party('rival')],
            arbiter: party('guardian'),
            bond: BOND,
            livenessSeconds: LIVENESS,
            arbitrationSeconds: 1_200,
            bundleIntervalSeconds: 0,
          },
        }
      : bridge,
  ),
}

const release = (sequence: number): BridgeMessage => ({
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount: 10n ** 10n, recipient: address('user') },
})
const messages = [0, 1, 2].map(release)
const tree = new OutboxLeaves()
for (const message of messages) tree.append(messageDigest(message))
const lanes = [{ srcChainId: ORIGIN, emitter: solid, from: 0, to: 2 }]
const propose: BundleCall = { kind: 'propose-bundle', bridge: solid, lanes, count: 3, root: tree.root(3) }
const dispute: BundleCall = { kind: 'dispute-bundle', bridge: solid, bundle: 0 }
const rule = (upheld: boolean): BundleCall => ({ kind: 'rule-on-bundle', bridge: solid, bundle: 0, upheld })

function deliver(leaf: number, message = messages[leaf] as BridgeMessage, bundle = 0): Call {
  const proof: MessageProof = { kind: 'bundle', bundle, leaf, path: tree.path(leaf, 3) }
  return { kind: 'deliver', message, proof }
}

// L1 slots last 12 s: the bundle is proposed in slot 1, at second 12, and open until second 7,212, which is slot 601.
const OPEN_UNTIL = 12 + LIVENESS

let l1: TestChain
beforeEach(() => {
  l1 = createTestChain(L1, { spec })
  l1.call('solver', propose)
})

const reason = (name: string, call: Call, second?: number) => l1.call(name, call, second).reason
const held = () => l1.engine.balance('BOND', solid, ZERO_ADDRESS)

describe('a bundle', () => {
  test('is proposed by a proposer under bond, and says until when it is open', () => {
    expect(held()).toBe(BOND)
    expect(reason('rival', propose)).toBe('not-authorised')
    expect(l1.call('solver', propose).events).toEqual([
      {
        kind: 'bundle-proposed',
        bridge: solid,
        bundle: 1,
        lanes,
        count: 3,
        root: tree.root(3),
        proposer: address('solver'),
        openUntil: GENESIS_SECONDS + 36 + LIVENESS,
      },
    ])
  })

  test.each<[string, Partial<Extract<BundleCall, { kind: 'propose-bundle' }>>]>([
    ['no lanes', { lanes: [] }],
    ['a lane that runs backwards', { lanes: [{ srcChainId: ORIGIN, emitter: solid, from: 2, to: 1 }] }],
    ['no messages', { count: 0 }],
    ['too many messages', { count: 4_097 }],
  ])('with %s is refused', (_what, change) => {
    expect(reason('solver', { ...propose, ...change } as BundleCall)).toBe('bad-bundle')
  })

  test('is believed when its liveness is over, not before, and then gives the bond back', () => {
    expect(reason('relayer', deliver(0), OPEN_UNTIL)).toBe('not-yet-proven')
    const receipt = l1.call('relayer', deliver(0), OPEN_UNTIL + 12)
    expect(receipt.reason).toBeNull()
    expect(receipt.events[0]).toMatchObject({ evidence: { kind: 'bundle', bundle: 0 } })
    expect(held()).toBe(0n)
    expect(reason('relayer', deliver(0))).toBe('already-delivered')
    expect(reason('relayer', deliver(2))).toBeNull()
  })

  test('carries just the messages under its root', () => {
    const late = OPEN_UNTIL + 12
    expect(reason('relayer', deliver(0, release(9)), late)).toBe('bad-proof')
    expect(reason('relayer', deliver(0, messages[1]))).toBe('bad-proof')
    expect(
      reason('relayer', { ...deliver(0), proof: { kind: 'bundle', bundle: 0, leaf: 3, path: [] } } as Call),
    ).toBe('bad-proof')
    expect(reason('relayer', deliver(0, messages[0], 5))).toBe('unknown-bundle')
    const signed = { kind: 'quorum', setIndex: 1, signatures: [] } as const
    expect(reason('relayer', { kind: 'deliver', message: release(0), proof: signed })).toBe('bad-proof')
  })
})

describe('a dispute', () => {
  test('stands until the last second of the liveness, and the bundle is not believed', () => {
    expect(reason('rival', dispute, OPEN_UNTIL)).toBeNull()
    expect(held()).toBe(2n * BOND)
    expect(reason('relayer', deliver(0), OPEN_UNTIL + 12)).toBe('not-yet-proven')
    expect(reason('user', dispute)).toBe('bundle-closed')
  })

  test('is too late after it', () => {
    expect(reason('rival', dispute, OPEN_UNTIL + 12)).toBe('bundle-closed')
    expect(reason('rival', { ...dispute, bundle: 7 } as BundleCall)).toBe('unknown-bundle')
  })

  test('is ruled on by the arbiter alone, when its time has come', () => {
    l1.call('rival', dispute, 1_200)
    expect(reason('rival', rule(false))).toBe('not-authorised')
    expect(reason('guardian', rule(false), 2_388)).toBe('too-early')
    expect(reason('guardian', rule(false), 2_400)).toBeNull()
    expect(reason('guardian', rule(true))).toBe('bundle-closed')
  })

  test.each([
    { upheld: false, winner: 'rival' },
    { upheld: true, winner: 'solver' },
  ])('gives the winner both its bond and half of the other: upheld $upheld', ({ upheld, winner }) => {
    l1.call('rival', dispute, 1_200)
    const receipt = l1.call('guardian', rule(upheld), 2_400)
    const legs = receipt.entries.flatMap((entry) => (entry.cause === 'gas' ? [] : entry.legs))
    const gained = legs
      .filter(({ owner }) => owner === address(winner))
      .reduce((sum, leg) => sum + leg.amount, 0n)
    expect(gained).toBe(BOND + BOND / 2n)
    expect(legs.find(({ kind }) => kind === 'BURN')?.amount).toBe(BOND - BOND / 2n)
    expect(held()).toBe(0n)
    expect(reason('relayer', deliver(0))).toBe(upheld ? null : 'bundle-closed')
  })

  test('is taken back with its block', () => {
    l1.call('rival', dispute, 1_200)
    l1.engine.undo()
    expect(held()).toBe(BOND)
  })
})
