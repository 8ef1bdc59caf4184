// Exits over a rollup's own bridge through the engine: when a root is old enough, and what does not lead to it.
import { asHash32, type Hash32 } from '@solvent/primitives'
import { type Block, type BridgeMessage, type Call, messageDigest, type NetworkSpec } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  L1,
  network,
  ORIGIN,
  rsEthHome,
  rsEthOrigin,
  solid,
} from '../../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../../testing/test-chain.ts'
import { OutboxLeaves } from '../outbox/outbox-leaves.ts'

const spec: NetworkSpec = {
  ...network,
  bridges: network.bridges.map((bridge) =>
    bridge.address === solid
      ? {
          ...bridge,
          verification: {
            kind: 'canonical',
            form: 'headers',
            provingMs: 0,
            trustingPeriodMs: Number.MAX_SAFE_INTEGER,
          },
        }
      : bridge,
  ),
}
/** The window of the small network's optimistic rollup. */
const WINDOW_SECONDS = 600
/** The slot of the L1 in which the root is posted. */
const POSTED = 240

let l1: TestChain
let tip: Block
let message: BridgeMessage
let tree: OutboxLeaves

beforeEach(() => {
  l1 = createTestChain(L1, { spec })
  const rollup = createTestChain(ORIGIN, { spec })
  const burn: Call = {
    kind: 'bridge-out',
    bridge: solid,
    token: rsEthOrigin,
    amount: 10n ** 17n,
    dstChainId: L1,
    recipient: address('user'),
  }
  message = sentMessage(rollup.call('user', burn, 10))
  tip = rollup.engine.head()
  tree = new OutboxLeaves()
  tree.append(messageDigest(message))
  const { number, stateRoot, outboxRoot } = tip.header
  const batch: Call = {
    kind: 'post-batch',
    rollup: ORIGIN,
    fromBlock: 1,
    toBlock: number,
    after: null,
    tip: tip.hash,
  }
  expect(l1.call('origin-producer', batch, 120).reason).toBeNull()
  const root: Call = { kind: 'post-root', rollup: ORIGIN, block: number, stateRoot, outboxRoot }
  expect(l1.call('origin-producer', root, POSTED).reason).toBeNull()
})

interface Change {
  readonly block?: number
  readonly header?: Hash32
  readonly leaf?: number
  readonly path?: readonly Hash32[]
  readonly sequence?: number
}
function exit({ sequence, ...change }: Change = {}): Call {
  const { number: block } = tip.header
  const proof = {
    kind: 'rollup-root',
    block,
    header: tip.hash,
    leaf: 0,
    path: tree.path(0, 1),
    ...change,
  } as const
  return { kind: 'deliver', message: sequence === undefined ? message : { ...message, sequence }, proof }
}
const reason = (call: Call, second?: number) => l1.call('relayer', call, second).reason

describe('an exit', () => {
  test('is paid when its root has stood for the window, and not a slot earlier', () => {
    const before = l1.engine.balance('USER', address('user'), rsEthHome)
    expect(reason(exit(), POSTED + WINDOW_SECONDS - 12)).toBe('not-yet-proven')
    const receipt = l1.call('relayer', exit(), POSTED + WINDOW_SECONDS)
    expect(receipt.reason).toBeNull()
    expect(receipt.events[0]).toMatchObject({
      evidence: { kind: 'rollup-root', block: tip.header.number, header: tip.hash, leaf: 0 },
    })
    expect(l1.engine.balance('USER', address('user'), rsEthHome) - before).toBe(10n ** 17n)
    expect(reason(exit())).toBe('already-delivered')
  })

  test.each<[string, Change, string]>([
    ['a block without a root', { block: 9_999 }, 'unknown-root'],
    [
      'a header that is not the tip of the batch',
      { header: asHash32(`0x${'ab'.repeat(32)}`) },
      'unknown-root',
    ],
    ['another place', { leaf: 1 }, 'bad-proof'],
    ['too long a way', { path: [asHash32(`0x${'ab'.repeat(32)}`)] }, 'bad-proof'],
    ['a message that was not sent', { sequence: 5 }, 'bad-proof'],
  ])('is refused for %s', (_what, change, refused) => {
    expect(reason(exit(change), POSTED + WINDOW_SECONDS)).toBe(refused)
  })

  test('wants a root on the way up and nothing else', () => {
    expect(reason(delivery(message), POSTED + WINDOW_SECONDS)).toBe('bad-proof')
    const header = { kind: 'header-inclusion', header: tip.hash, leaf: 0, path: tree.path(0, 1) } as const
    expect(reason({ kind: 'deliver', message, proof: header })).toBe('bad-proof')
  })
})

describe('the contract on the rollup', () => {
  test('follows headers of its own L1 and of no other chain', () => {
    const rollup = createTestChain(ORIGIN, { spec })
    const submit: Call = {
      kind: 'submit-headers',
      bridge: solid,
      source: DESTINATION,
      form: 'headers',
      headers: [],
    }
    expect(rollup.call('relayer', submit, 20).reason).toBe('wrong-chain')
    expect(rollup.call('relayer', { ...submit, source: L1 } as Call).reason).toBe('header-refused')
  })
})
