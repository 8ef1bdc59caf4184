// Batches of messages through the engine: as their messages one by one, but for the gas.
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AuthoritySpec,
  type BatchProof,
  type BridgeMessage,
  type BridgeSpec,
  type Call,
  controlAddress,
  messageDigest,
  type NetworkSpec,
  NO_CONTROLS,
  type Receipt,
  transactionDigest,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gasOf, gasOfCall } from '../chain/gas.ts'
import {
  address,
  DESTINATION,
  frail,
  L1,
  network,
  ORIGIN,
  party,
  rsEthHome,
  solid,
  verifierNames,
} from '../testing/small-network.ts'
import { createTestChain, delivery, type TestChain } from '../testing/test-chain.ts'
import { joinDeliveries, type SingleDelivery } from './join-deliveries.ts'
import { OutboxLeaves } from './outbox/outbox-leaves.ts'

type Batch = Extract<Call, { kind: 'deliver-batch' }>

const E8 = 10n ** 8n
const UNIT = 10n ** 10n

/** A release of rsETH at home. */
const release = (sequence: number, amount = UNIT, recipient: Address = address('user')): BridgeMessage => ({
  bridge: solid,
  srcChainId: ORIGIN,
  emitter: solid,
  sequence,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthHome, amount, recipient },
})

/** The solid bridge, changed. */
const withSolid = (change: Partial<BridgeSpec>): NetworkSpec => ({
  ...network,
  bridges: network.bridges.map((bridge) => (bridge.address === solid ? { ...bridge, ...change } : bridge)),
})

/** At one dollar a unit: 30 at once wait, and 100 pass in an hour. */
const limited = withSolid({
  limiter: {
    windowSeconds: 3_600,
    delaySeconds: 600,
    chains: [{ chainId: ORIGIN, singleE8: 30n * E8, windowE8: 100n * E8 }],
    tokens: [{ chainId: L1, token: rsEthHome, floorE8: E8 * 10n ** 8n, dynamicE8: 0n }],
    flowCancel: [],
    forceRelease: 3,
    censor: 3,
  },
})

/** Under signatures, in whatever order. */
function asTheyCome(singles: readonly SingleDelivery[]): Batch {
  const signatures = singles.map(({ proof }) => (proof.kind === 'quorum' ? proof.signatures : []))
  return {
    kind: 'deliver-batch',
    messages: singles.map(({ message }) => message),
    proof: { kind: 'quorum', setIndex: 1, signatures },
  }
}

const batchOf = (singles: readonly SingleDelivery[]): Batch => joinDeliveries(singles)
const kinds = ({ events }: Receipt): string[] => events.map(({ kind }) => kind)
const skipped = ({ events }: Receipt) =>
  events.flatMap((event) => (event.kind === 'message-skipped' ? [event.reason] : []))

/** What became of each message, by the events that it left or the reason why it left none. */
function outcomes(messages: readonly BridgeMessage[], receipts: readonly Receipt[]): string[] {
  if (receipts.length === messages.length && receipts.length > 1)
    return receipts.map((receipt) => receipt.reason ?? kinds(receipt).join())
  const of: string[] = []
  for (const event of receipts[0]!.events) {
    if (event.kind === 'message-skipped') of.push(event.reason)
    else if (event.kind === 'bridge-transfer') of.push(`${of.pop()},${event.kind}`)
    else of.push(event.kind)
  }
  return of
}

/** All in one block, in order. */
function inOneBlock(chain: TestChain, calls: readonly Call[]): Receipt[] {
  const hashes = calls.map((call) => {
    const signed = chain.sign('relayer', call, { gasLimit: gasOfCall(call) })
    expect(chain.engine.submit(signed).reason).toBeNull()
    return transactionDigest(signed.transaction)
  })
  const { receipts } = chain.produce()!
  return hashes.map((hash) => receipts.find(({ transactionHash }) => transactionHash === hash)!)
}

const holdings = (chain: TestChain) =>
  chain.engine.balances().filter(({ kind, token }) => kind !== 'GAS_FEE' && token !== ZERO_ADDRESS)

describe('a batch of messages', () => {
  // Sequences come twice, contents differ, signatures lack, recipients are contracts, values wait or exceed the lock.
  const arriving = fc.record({
    sequence: fc.nat(6),
    units: fc.constantFrom(1n, 3n, 25n, 29n, 31n, 10n ** 12n),
    to: fc.constantFrom(address('user'), address('rival'), solid),
    signers: fc.constantFrom(verifierNames.slice(0, 2), verifierNames.slice(1, 3), verifierNames.slice(0, 1)),
  })

  test('does what its messages do one by one, in outcomes, balances and what comes later', () => {
    const spread = { delivered: 0, queued: 0, skipped: 0, conflicts: 0 }
    fc.assert(
      fc.property(fc.array(arriving, { minLength: 2, maxLength: 9 }), fc.boolean(), (drafts, isLimited) => {
        const singles = drafts.map(({ sequence, units, to, signers }) =>
          delivery(release(sequence, units * UNIT, to), signers),
        )
        const messages = singles.map(({ message }) => message)
        const spec = isLimited ? limited : network
        const [one, other] = [createTestChain(L1, { spec }), createTestChain(L1, { spec })]
        const byOne = inOneBlock(one, singles)
        const [together] = inOneBlock(other, [asTheyCome(singles)])
        expect(together?.status).toBe('ok')
        expect(outcomes(messages, [together!])).toEqual(outcomes(messages, byOne))
        expect(holdings(other)).toEqual(holdings(one))
        const entries = (receipts: readonly Receipt[]) =>
          receipts.flatMap((receipt) => receipt.entries.slice(1).map(({ cause, legs }) => ({ cause, legs })))
        expect(entries([together!])).toEqual(entries(byOne))
        expect(together?.entries.filter(({ cause }) => cause === 'gas')).toHaveLength(1)
        // Each again: what is remembered of them is the same, too.
        const again = (chain: TestChain) => singles.map((single) => chain.call('relayer', single).reason)
        expect(again(other)).toEqual(again(one))
        const all = kinds(together!)
        spread.delivered += all.filter((kind) => kind === 'message-delivered').length
        spread.queued += all.filter((kind) => kind === 'transfer-queued').length
        spread.skipped += all.filter((kind) => kind === 'message-skipped').length
        spread.conflicts += all.filter((kind) => kind === 'message-conflict').length
      }),
      { numRuns: 60 },
    )
    expect(Math.min(...Object.values(spread))).toBeGreaterThan(5)
  })

  test('goes on after a message that fails, which may come again', () => {
    const chain = createTestChain(L1)
    const lock = chain.engine.balance('BRIDGE_LOCK', solid, rsEthHome)
    const singles = [release(0), release(1, lock), release(2)].map((message) => delivery(message))
    const receipt = chain.call('relayer', batchOf(singles))
    expect(kinds(receipt)).toEqual([
      ...['message-delivered', 'bridge-transfer', 'message-skipped', 'message-delivered', 'bridge-transfer'],
    ])
    expect(receipt.events[2]).toEqual({
      kind: 'message-skipped',
      bridge: solid,
      digest: messageDigest(release(1, lock)),
      reason: 'lock-exhausted',
    })
    expect(chain.engine.balance('BRIDGE_LOCK', solid, rsEthHome)).toBe(lock - 2n * UNIT)
    const [, failed] = singles
    expect(chain.call('relayer', failed!).reason).toBe('lock-exhausted')
    const retried = chain.call(
      'relayer',
      batchOf([...singles.slice(0, 1), delivery(release(3)), ...singles.slice(2)]),
    )
    expect(skipped(retried)).toEqual(['already-delivered', 'already-delivered'])
    expect(kinds(retried).filter((kind) => kind === 'message-delivered')).toHaveLength(1)
  })

  test('stops at the limiter where its window is full, and not before', () => {
    const chain = createTestChain(L1, { spec: limited })
    const batch = batchOf([25n, 29n, 29n, 25n, 17n].map((units, i) => delivery(release(i, units * UNIT))))
    // 25 + 29 + 29 = 83 pass; 25 more do not fit into 100; 17 do.
    expect(kinds(chain.call('relayer', batch)).filter((kind) => kind !== 'bridge-transfer')).toEqual([
      ...[
        'message-delivered',
        'message-delivered',
        'message-delivered',
        'transfer-queued',
        'message-delivered',
      ],
    ])
  })

  test('delivers nothing while the bridge is paused, and all of it afterwards', () => {
    const chain = createTestChain(L1)
    chain.call('guardian', { kind: 'pause', bridge: solid, authority: 'guardian', until: 0 })
    const batch = batchOf([delivery(release(0)), delivery(release(1))])
    expect(skipped(chain.call('relayer', batch))).toEqual(['paused', 'paused'])
    chain.call('guardian', { kind: 'unpause', bridge: solid, authority: 'guardian' })
    expect(skipped(chain.call('relayer', batch))).toEqual([])
  })

  test('leaves out what may not move, and who else is paid does not notice', () => {
    const council = controlAddress('council')
    const authority: AuthoritySpec = {
      ...{ name: 'council', address: council, chainId: L1, members: [party('rival')], quorum: 1 },
      ...{ votingDelaySeconds: 0, executionDelaySeconds: 0, pools: [], bounds: null },
      tokens: [{ token: rsEthHome, powers: ['freeze'], accounts: null }],
    }
    const spec = { ...network, controls: { ...NO_CONTROLS, authorities: [authority] } }
    const chain = createTestChain(L1, { spec })
    const measure = { kind: 'freeze', token: rsEthHome, account: address('user') } as const
    chain.call('rival', { kind: 'propose-measure', authority: council, measure })
    const batch = batchOf(
      [release(0), release(1, UNIT, address('rival'))].map((message) => delivery(message)),
    )
    const receipt = chain.call('relayer', batch)
    expect(kinds(receipt)).toEqual(['message-skipped', 'message-delivered', 'bridge-transfer'])
    expect(receipt.entries.map(({ cause }) => cause)).toEqual(['gas', 'bridge-release'])
  })

  test('pays for one transaction and for each of its messages', () => {
    const singles = [0, 1, 2, 3].map((sequence) => delivery(release(sequence)))
    const batch = batchOf(singles)
    // A transaction by itself is 21,000 (yellow paper, appendix G).
    expect(gasOfCall(batch)).toBe(4 * gasOf('deliver') - 3 * 21_000)
    const receipt = createTestChain(L1).call('relayer', batch)
    expect(receipt.gasUsed).toBe(gasOfCall(batch))
    expect(createTestChain(L1).send('relayer', batch, { gasLimit: gasOfCall(batch) - 1 })).toMatchObject({
      status: 'reverted',
      reason: 'out-of-gas',
      events: [],
    })
  })

  test('is taken back with its block, what it skipped, too', () => {
    const chain = createTestChain(L1)
    const before = chain.engine.balances()
    const batch = batchOf([release(0), release(1, 10n ** 30n), release(2)].map((each) => delivery(each)))
    const { events } = chain.call('relayer', batch)
    chain.engine.undo()
    expect(chain.engine.balances()).toEqual(before)
    expect(chain.produce()?.receipts[0]?.events).toEqual(events)
  })

  const other = (change: Partial<BridgeMessage>) => [
    delivery(release(0)),
    delivery({ ...release(1), ...change }),
  ]
  test.each<[string, Batch, string]>([
    ['nothing', { ...batchOf([delivery(release(0))]), messages: [] }, 'mixed-lanes'],
    ['messages of two sources', batchOf(other({ srcChainId: DESTINATION })), 'mixed-lanes'],
    ['messages of two bridges', batchOf(other({ bridge: frail, emitter: frail })), 'mixed-lanes'],
    ['messages of two emitters', batchOf(other({ emitter: frail })), 'mixed-lanes'],
    ['messages to two chains', batchOf(other({ dstChainId: ORIGIN })), 'mixed-lanes'],
    [
      'messages to another chain',
      batchOf([delivery({ ...release(1), dstChainId: DESTINATION })]),
      'wrong-destination',
    ],
    ['messages of no bridge', batchOf([delivery({ ...release(1), bridge: rsEthHome })]), 'unknown-bridge'],
    [
      'fewer words than messages',
      { ...batchOf(other({})), proof: batchOf([delivery(release(0))]).proof },
      'bad-proof',
    ],
    [
      'another kind of proof',
      { ...batchOf(other({})), proof: { kind: 'bundle', bundle: 0, leaves: [0, 1], siblings: [] } },
      'bad-proof',
    ],
  ])('of %s is refused as a whole', (_what, batch, reason) => {
    expect(createTestChain(L1).call('relayer', batch)).toMatchObject({
      status: 'reverted',
      reason,
      events: [],
    })
  })
})

describe('a batch under a root', () => {
  const LIVENESS = 7_200
  const spec = withSolid({
    verification: {
      kind: 'optimistic',
      proposers: [party('solver')],
      disputers: [party('rival')],
      arbiter: party('guardian'),
      bond: 1_000n,
      livenessSeconds: LIVENESS,
      arbitrationSeconds: 1_200,
      bundleIntervalSeconds: 0,
    },
  })
  const messages = Array.from({ length: 11 }, (_, i) => release(i))
  const tree = new OutboxLeaves()
  for (const message of messages) tree.append(messageDigest(message))
  const lanes = [{ srcChainId: ORIGIN, emitter: solid, from: 0, to: 10 }]
  const single = (leaf: number): SingleDelivery & { kind: 'deliver' } => ({
    kind: 'deliver',
    message: messages[leaf]!,
    proof: { kind: 'bundle', bundle: 0, leaf, path: tree.path(leaf, 11) },
  })
  const believed = (): TestChain => {
    const chain = createTestChain(L1, { spec })
    chain.call('solver', { kind: 'propose-bundle', bridge: solid, lanes, count: 11, root: tree.root(11) })
    chain.produce(LIVENESS + 36, true)
    return chain
  }

  test('is believed with the siblings that its messages do not give, in whatever order they are handed over', () => {
    const chain = believed()
    chain.call('relayer', single(5))
    const batch = batchOf([10, 4, 5, 6, 7].map(single))
    // Five paths of four siblings would be twenty.
    expect((batch.proof as Extract<BatchProof, { kind: 'bundle' }>).siblings).toHaveLength(4)
    const receipt = chain.call('relayer', batch)
    expect(skipped(receipt)).toEqual(['already-delivered'])
    expect(kinds(receipt).filter((kind) => kind === 'message-delivered')).toHaveLength(4)
    expect(gasOfCall(batchOf([single(3)]))).toBe(gasOfCall(single(3)))
  })

  test('is believed by nobody when one of its messages is not under the root', () => {
    const chain = believed()
    const batch = batchOf([3, 4].map(single))
    const forged = { ...batch, messages: [messages[3]!, release(4, 2n * UNIT)] }
    expect(chain.call('relayer', forged)).toMatchObject({ reason: 'bad-proof', events: [] })
    const outside = { ...batch.proof, leaves: [3, 11] } as BatchProof
    expect(chain.call('relayer', { ...batch, proof: outside }).reason).toBe('bad-proof')
    const unknown = { ...batch.proof, bundle: 1 } as BatchProof
    expect(chain.call('relayer', { ...batch, proof: unknown }).reason).toBe('unknown-bundle')
    expect(chain.call('relayer', batch).reason).toBeNull()
  })
})
