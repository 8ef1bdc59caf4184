import { type Hash32, ZERO_HASH } from '@solvent/primitives'
import { type BlockHeader, type Call, rollupContract } from '@solvent/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { DESTINATION, L1, ORIGIN } from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'

let l1: TestChain
beforeEach(() => {
  l1 = createTestChain(L1)
})

type Batch = Extract<Call, { kind: 'post-batch' }>
const batch = (
  fromBlock: number,
  toBlock: number,
  {
    rollup = ORIGIN,
    tip = ZERO_HASH,
    after = fromBlock === 1 ? null : ZERO_HASH,
  }: Partial<Pick<Batch, 'rollup' | 'tip' | 'after'>> = {},
) => ({ kind: 'post-batch', rollup, fromBlock, toBlock, after, tip }) as const
const root = (block: number, { rollup = ORIGIN, stateRoot = ZERO_HASH } = {}) =>
  ({ kind: 'post-root', rollup, block, stateRoot, outboxRoot: ZERO_HASH }) as const
const proof = (
  block: number,
  header: BlockHeader,
  { rollup = DESTINATION, stateRoot = header.stateRoot, outboxRoot = header.outboxRoot } = {},
) => ({ kind: 'post-proof', rollup, block, stateRoot, outboxRoot, header }) as const

describe('the batch inbox', () => {
  test('takes batches without overlaps; slots between two stay empty', () => {
    const reason = (from: number, to: number) => l1.call('origin-producer', batch(from, to)).reason
    expect(l1.call('origin-producer', batch(1, 10), 60).events).toEqual([
      { kind: 'batch-posted', rollup: ORIGIN, fromBlock: 1, toBlock: 10, tip: ZERO_HASH },
    ])
    expect([reason(10, 20), reason(11, 10), reason(11, 11), reason(14, 20), reason(13, 21)]).toEqual([
      'bad-batch',
      'bad-batch',
      null,
      null,
      'bad-batch',
    ])
  })

  test('takes a batch that stands on the tip of the one before it, and none of another branch', () => {
    const [one, other] = ['1', '2'].map((digit) => `0x${digit.repeat(64)}` as Hash32) as [Hash32, Hash32]
    const reason = (call: Batch) => l1.call('origin-producer', call).reason
    l1.produce(60, true)
    expect(reason(batch(1, 5, { after: one }))).toBe('bad-batch')
    expect(reason(batch(1, 5, { tip: one }))).toBeNull()
    expect(reason(batch(6, 9, { after: other }))).toBe('bad-batch')
    expect(reason(batch(6, 9, { after: null }))).toBe('bad-batch')
    expect(reason(batch(6, 9, { after: one, tip: other }))).toBeNull()
    expect(reason(batch(10, 12, { after: one }))).toBe('bad-batch')
  })

  // OP Stack: 3600 L1 blocks of 12 s after the origin of its oldest block a batch still counts, and one block later it does not.
  test('takes a batch up to the end of the sequencing window of its oldest block', () => {
    const from = (slot: number, second: number) =>
      l1.call('origin-producer', batch(slot, 100, { after: null }), second).reason
    expect([from(11, 43_212), from(23, 43_224), from(36, 43_236)]).toEqual([
      'window-closed',
      'window-closed',
      null,
    ])
  })

  test('takes no block whose slot has not begun', () => {
    expect(l1.call('origin-producer', batch(1, 61), 60).reason).toBe('bad-batch')
    expect(l1.call('origin-producer', batch(1, 72), 72).reason).toBeNull()
  })

  test("is for the rollup's own producers, on its own L1", () => {
    expect(l1.call('destination-producer', batch(1, 10), 60).reason).toBe('not-authorised')
    expect(createTestChain(ORIGIN).call('origin-producer', batch(1, 10), 60).reason).toBe('wrong-chain')
    expect(l1.call('origin-producer', batch(1, 10, { rollup: L1 })).reason).toBe('wrong-chain')
  })
})

describe('state roots', () => {
  test('are those of ends of batches, forward only, of optimistic rollups, by their producers', () => {
    const reason = (block: number) => l1.call('origin-producer', root(block)).reason
    expect(reason(10)).toBe('bad-batch')
    l1.call('origin-producer', batch(1, 10), 120)
    l1.call('origin-producer', batch(11, 20))
    l1.call('origin-producer', batch(21, 30))
    expect([reason(5), reason(20), reason(20), reason(10), reason(31), reason(30)]).toEqual([
      'bad-batch',
      null,
      'bad-batch',
      'bad-batch',
      'bad-batch',
      null,
    ])
    l1.call('destination-producer', batch(1, 10, { rollup: DESTINATION }))
    expect(l1.call('destination-producer', root(10, { rollup: DESTINATION })).reason).toBe('bad-batch')
    expect(l1.call('solver', root(30)).reason).toBe('not-authorised')
  })
})

describe('validity proofs', () => {
  test('are accepted whatever they say by a contract that does not check them', () => {
    const zk = createTestChain(DESTINATION)
    const block = zk.produce(5, true)
    if (block === null) throw new Error('a block')
    l1.call('destination-producer', batch(1, 5, { rollup: DESTINATION, tip: block.hash }), 120)
    const contract = rollupContract({ name: 'destination' })
    l1.call('destination-producer', {
      kind: 'upgrade',
      contract,
      flaw: 'proof-unchecked',
      change: 'introduced',
    })
    expect(
      l1.call('destination-producer', proof(5, block.header, { stateRoot: ZERO_HASH })).events,
    ).toMatchObject([{ kind: 'proof-posted', stateRoot: ZERO_HASH }])
  })

  test('show the root of the header that a batch ends with, forward only', () => {
    const zk = createTestChain(DESTINATION)
    const [first, second] = [zk.produce(5, true), zk.produce(10, true)]
    if (first === null || second === null) throw new Error('two blocks')
    const reason = (call: ReturnType<typeof proof>) => l1.call('destination-producer', call).reason
    expect(reason(proof(5, first.header))).toBe('bad-batch')
    l1.call('destination-producer', batch(1, 5, { rollup: DESTINATION, tip: first.hash }), 120)
    l1.call(
      'destination-producer',
      batch(6, 10, { rollup: DESTINATION, after: first.hash, tip: second.hash }),
    )
    expect(reason(proof(5, second.header))).toBe('bad-header')
    expect(reason(proof(5, first.header, { stateRoot: ZERO_HASH }))).toBe('bad-header')
    expect(reason(proof(5, first.header, { outboxRoot: ZERO_HASH }))).toBe('bad-header')
    expect(reason(proof(7, first.header))).toBe('bad-batch')
    expect([
      reason(proof(5, first.header)),
      reason(proof(5, first.header)),
      reason(proof(10, second.header)),
    ]).toEqual([null, 'bad-batch', null])
    expect(l1.call('solver', proof(10, second.header)).reason).toBe('not-authorised')
    l1.call('origin-producer', batch(1, 10))
    expect(l1.call('origin-producer', proof(10, second.header, { rollup: ORIGIN })).reason).toBe('bad-batch')
  })
})
