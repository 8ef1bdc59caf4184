import { ZERO_HASH } from '@solvent/primitives'
import { beforeEach, describe, expect, test } from 'vitest'
import { DESTINATION, L1, ORIGIN } from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'

let l1: TestChain
beforeEach(() => {
  l1 = createTestChain(L1)
})

const batch = (fromBlock: number, toBlock: number, rollup = ORIGIN) =>
  ({ kind: 'post-batch', rollup, fromBlock, toBlock, tip: ZERO_HASH }) as const
const root = (block: number, rollup = ORIGIN) =>
  ({ kind: 'post-root', rollup, block, stateRoot: ZERO_HASH }) as const
const proof = (block: number, rollup = DESTINATION) =>
  ({ kind: 'post-proof', rollup, block, stateRoot: ZERO_HASH }) as const

describe('the rollup inbox', () => {
  test('takes batches without gaps or overlaps', () => {
    const reason = (from: number, to: number) => l1.call('origin-producer', batch(from, to)).reason
    expect(l1.call('origin-producer', batch(1, 10), 60).events).toEqual([
      { kind: 'batch-posted', rollup: ORIGIN, fromBlock: 1, toBlock: 10, tip: ZERO_HASH },
    ])
    expect([reason(12, 20), reason(10, 20), reason(11, 10), reason(11, 11), reason(12, 20)]).toEqual([
      'bad-batch',
      'bad-batch',
      'bad-batch',
      null,
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
    expect(l1.call('origin-producer', batch(1, 10, L1)).reason).toBe('wrong-chain')
  })

  test('takes roots of optimistic and proofs of zk rollups, forward only and never before the batch', () => {
    const roots = (block: number) => l1.call('origin-producer', root(block)).reason
    const proofs = (block: number) => l1.call('destination-producer', proof(block)).reason
    expect([roots(1), proofs(1)]).toEqual(['bad-batch', 'bad-batch'])
    l1.call('origin-producer', batch(1, 10), 120)
    l1.call('destination-producer', batch(1, 10, DESTINATION))
    expect([roots(5), roots(5), roots(4), roots(11), roots(10)]).toEqual([
      null,
      'bad-batch',
      'bad-batch',
      'bad-batch',
      null,
    ])
    expect([proofs(5), proofs(5), proofs(11), proofs(10)]).toEqual([null, 'bad-batch', 'bad-batch', null])
    expect(l1.call('destination-producer', root(10, DESTINATION)).reason).toBe('bad-batch')
    expect(l1.call('origin-producer', proof(10, ORIGIN)).reason).toBe('bad-batch')
  })
})
