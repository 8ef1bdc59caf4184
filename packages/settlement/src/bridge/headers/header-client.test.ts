// Following another chain's headers through the engine: what is taken, what is final, what is refused, and what stops.
import { asHash32, type Hash32, ZERO_HASH } from '@solvent/primitives'
import {
  type BridgeMessage,
  type BridgeSpec,
  type Call,
  headerDigest,
  type LightClientVerification,
  type MessageProof,
  messageDigest,
  type NetworkSpec,
  type SignedHeader,
} from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { gasOfCall } from '../../chain/gas.ts'
import { UndoLog, undoSegment } from '../../ledger/undo-log.ts'
import {
  address,
  DESTINATION,
  frail,
  L1,
  network,
  ORIGIN,
  rsEthOrigin,
  signer,
  solid,
} from '../../testing/small-network.ts'
import { createTestChain, delivery, type TestChain } from '../../testing/test-chain.ts'
import { OutboxLeaves } from '../outbox/outbox-leaves.ts'
import type { OutboxPath } from '../outbox/outbox-proof.ts'
import { HeaderClient } from './header-client.ts'

/** Short enough to run out in a test, longer than the finality of the L1 (2 epochs of 4 slots of 12 s). */
const TRUSTING_SECONDS = 2_000
const lightClient: LightClientVerification = {
  kind: 'light-client',
  form: 'headers',
  provingMs: 0,
  trustingPeriodMs: TRUSTING_SECONDS * 1_000,
}

function withBridge(changes: Partial<BridgeSpec>): NetworkSpec {
  const bridges = network.bridges.map((bridge) =>
    bridge.address === solid ? { ...bridge, verification: lightClient, ...changes } : bridge,
  )
  return { ...network, bridges }
}

const template = createTestChain(L1).engine.genesisBlock.header

interface HeaderDraft {
  readonly number: number
  readonly parent?: SignedHeader
  readonly by?: string
  readonly finalized?: number
  readonly outboxRoot?: Hash32
}

/** A header of the L1, made and signed by hand: a client sees nothing else of its source. */
function headerOf({
  number,
  parent,
  by = 'l1-producer',
  finalized = 0,
  outboxRoot,
}: HeaderDraft): SignedHeader {
  const header = {
    ...template,
    number,
    timestamp: template.timestamp + 12 * number,
    parentHash: parent === undefined ? ZERO_HASH : headerDigest(parent.header),
    producer: address(by),
    justified: finalized,
    finalized,
    outboxRoot: outboxRoot ?? parent?.header.outboxRoot ?? template.outboxRoot,
  }
  return { header, signature: signer(by).sign(headerDigest(header)) }
}

const submit = (headers: readonly SignedHeader[], form: 'headers' | 'zk' = 'headers'): Call => ({
  kind: 'submit-headers',
  bridge: solid,
  source: L1,
  form,
  headers,
})

const message: BridgeMessage = {
  bridge: solid,
  srcChainId: L1,
  emitter: solid,
  sequence: 0,
  dstChainId: ORIGIN,
  payload: { kind: 'transfer', token: rsEthOrigin, amount: 10n ** 17n, recipient: address('user') },
}

/** The L1 up to the message: it is the second that the chain sent, in block 3. */
const outbox = new OutboxLeaves()
outbox.append(asHash32(`0x${'77'.repeat(32)}`))
outbox.append(messageDigest(message))
const first = headerOf({ number: 1 })
const second = headerOf({ number: 2, parent: first, by: 'l1-rival', outboxRoot: outbox.root(1) })
const sending = headerOf({ number: 3, parent: second, outboxRoot: outbox.root(2) })
const later = headerOf({ number: 8, parent: sending, by: 'l1-rival', finalized: 0 })
const finalizing = headerOf({ number: 12, parent: later, finalized: 7 })
const branch = [first, second, sending, later, finalizing]

const included = (under: SignedHeader, changes: Partial<OutboxPath> = {}): Call => ({
  kind: 'deliver',
  message,
  proof: {
    kind: 'header-inclusion',
    header: headerDigest(under.header),
    leaf: 1,
    path: outbox.path(1, 2),
    ...changes,
  },
})

describe('a light client', () => {
  let chain: TestChain
  const reason = (call: Call, atSecond?: number) => chain.call('relayer', call, atSecond).reason
  const minted = () => chain.engine.balance('USER', address('user'), rsEthOrigin)
  const start = (changes: Partial<BridgeSpec> = {}) => {
    chain = createTestChain(ORIGIN, { spec: withBridge(changes) })
    // Past the headers' own times.
    chain.produce(200, true)
  }
  beforeEach(() => start())

  test('takes a message for sent once its header is final and two of two producers have signed since', () => {
    expect(reason(included(sending))).toBe('header-unknown')
    expect(reason(submit(branch.slice(0, 4)))).toBeNull()
    expect(reason(included(sending))).toBe('header-unknown')
    const receipt = chain.call('relayer', submit([finalizing]))
    // Blocks 1 to 3 are at or below the finalized block 7; block 8 is not.
    expect(receipt.events).toMatchObject([{ kind: 'headers-accepted', number: 12, provableTo: 3 }])
    expect(reason(included(later))).toBe('header-unknown')
    const before = minted()
    const delivered = chain.call('relayer', included(sending))
    expect(delivered.events[0]).toMatchObject({
      kind: 'message-delivered',
      evidence: { kind: 'header-inclusion', header: headerDigest(sending.header), leaf: 1 },
    })
    expect(minted() - before).toBe(10n ** 17n)
    expect(reason(included(sending))).toBe('already-delivered')
  })

  test('waits for more than two thirds of the producers, whatever the headers declare', () => {
    const alone = [first]
    for (const number of [2, 3, 8, 12]) {
      const parent = alone.at(-1) as SignedHeader
      alone.push(headerOf({ number, parent, finalized: number === 12 ? 7 : 0, outboxRoot: outbox.root(2) }))
    }
    expect(chain.call('relayer', submit(alone)).events).toMatchObject([{ provableTo: -1 }])
    expect(reason(included(alone[2] as SignedHeader))).toBe('header-unknown')
  })

  test('believes a producer at once where the bridge asks for no finality', () => {
    start({ finality: 'unsafe' })
    expect(reason(submit([first, second, sending]))).toBeNull()
    expect(reason(included(sending))).toBeNull()
  })

  test.each<[string, () => Call, string]>([
    ['a branch of another message', () => included(sending, { path: outbox.path(0, 2) }), 'bad-proof'],
    ['another place', () => included(sending, { leaf: 0 }), 'bad-proof'],
    ['too few siblings', () => included(sending, { path: outbox.path(1, 2).slice(1) }), 'bad-proof'],
    ['a header below the message', () => included(second), 'bad-proof'],
    [
      'a changed message',
      () => ({ ...included(sending), message: { ...message, sequence: 1 } }) as Call,
      'bad-proof',
    ],
    ['signatures', () => delivery(message), 'bad-proof'],
  ])('refuses %s', (_name, call, refused) => {
    expect(reason(submit(branch))).toBeNull()
    expect(reason(call())).toBe(refused)
    expect(reason(included(sending))).toBeNull()
  })

  test.each<[string, () => Call, string]>([
    ['a header whose parent it does not know', () => submit([first, sending]), 'header-refused'],
    [
      'a header of someone who is no producer',
      () => submit([headerOf({ number: 1, by: 'user' })]),
      'header-refused',
    ],
    [
      'a header that its producer did not sign',
      () => submit([{ ...first, signature: second.signature }]),
      'header-refused',
    ],
    [
      'a header of another chain',
      () => ({ ...submit([first]), source: DESTINATION }) as Call,
      'header-refused',
    ],
    ['its own chain', () => ({ ...submit([first]), source: ORIGIN }) as Call, 'wrong-chain'],
    ['no headers', () => submit([]), 'header-refused'],
    ['the other form', () => submit([first], 'zk'), 'header-refused'],
    [
      'a bridge that follows no headers',
      () => ({ ...submit([first]), bridge: frail }) as Call,
      'header-refused',
    ],
  ])('does not take %s', (_name, call, refused) => {
    expect(reason(call())).toBe(refused)
    expect(reason(submit([first]))).toBeNull()
  })

  test('lets the second of two relayers hand in what is known', () => {
    expect([reason(submit(branch)), reason(submit(branch))]).toEqual([null, null])
  })

  test('freezes when the source proves two blocks of one height final', () => {
    expect(reason(submit(branch))).toBeNull()
    const fork = [headerOf({ number: 3, parent: second, by: 'l1-rival' })]
    fork.push(headerOf({ number: 13, parent: fork[0] as SignedHeader, finalized: 7 }))
    expect(chain.call('relayer', submit(fork)).events).toMatchObject([{ kind: 'client-frozen', number: 3 }])
    expect([reason(included(sending)), reason(submit(branch))]).toEqual(['client-frozen', 'client-frozen'])
  })

  test('delivers what a source that breaks its own finality proved first', () => {
    const forged = { ...message, sequence: 7 }
    const other = new OutboxLeaves()
    other.append(messageDigest(forged))
    const lie = headerOf({ number: 3, parent: second, by: 'l1-rival', outboxRoot: other.root(1) })
    const lies = [lie, headerOf({ number: 12, parent: lie, finalized: 7 })]
    expect(reason(submit([first, second, ...lies]))).toBeNull()
    const proof = { ...included(lie), message: forged } as Extract<Call, { kind: 'deliver' }>
    expect(
      reason({ ...proof, proof: { ...proof.proof, leaf: 0, path: other.path(0, 1) } as MessageProof }),
    ).toBeNull()
  })

  test('takes nothing any more after the trusting period, and one second earlier everything', () => {
    // The newest header is of block 12, 144 s after genesis.
    const lastSecond = 144 + TRUSTING_SECONDS
    expect(reason(submit(branch))).toBeNull()
    expect(reason(included(sending), lastSecond)).toBeNull()
    start()
    expect(reason(submit(branch))).toBeNull()
    expect(reason(included(sending), lastSecond + 1)).toBe('client-expired')
    expect(reason(submit(branch))).toBe('client-expired')
  })

  test('reads no proof with the flaw that Merkle branches are unchecked', () => {
    start()
    chain = createTestChain(ORIGIN, { spec: withBridge({}), flaws: ['proof-unchecked'] })
    expect(reason(included(sending, { path: [] }))).toBeNull()
  })

  test('knows after a re-org what it knew before, and no more', () => {
    const log = new UndoLog()
    const client = new HeaderClient(log)
    const known = ({ header }: SignedHeader) => ({
      ...header,
      hash: headerDigest(header),
      firmTo: header.finalized,
    })
    for (const signed of branch.slice(0, 4)) client.add(known(signed))
    client.advance(headerDigest(later.header), 2)
    log.seal()
    client.add(known(finalizing))
    expect(client.advance(headerDigest(finalizing.header), 2)).toEqual({ status: 'advanced', provableTo: 3 })
    undoSegment(log.seal())
    expect([client.has(headerDigest(later.header)), client.has(headerDigest(finalizing.header))]).toEqual([
      true,
      false,
    ])
    expect(client.provableRoot(headerDigest(sending.header))).toBeUndefined()
    expect(client.stopped(lightClient, template.timestamp + 12 * 8 + TRUSTING_SECONDS + 1)).toBe(
      'client-expired',
    )
  })

  test('costs gas for each header, and with a validity proof the same for any number', () => {
    const gas = (call: Call) => gasOfCall(call)
    expect([gas(submit([first])), gas(submit(branch))]).toEqual([135_000, 435_000])
    expect([gas(submit([first], 'zk')), gas(submit(branch, 'zk'))]).toEqual([310_000, 310_000])
    // A leaf's hash over one word and 32 nodes' over two, at 160 and 12 a word; one sibling of 32 bytes at 16 gas.
    expect(gas(included(sending)) - gas(delivery(message))).toBe(172 + 32 * 184 + 32 * 16)
  })
})
