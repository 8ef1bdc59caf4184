import { asHash32 } from '@solvent/primitives'
import type { Block, ChainEvent, SignedPreconfirmation } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { address, ROLLUP } from '../testing/small-network.ts'
import { BrokenPromises } from './broken-promises.ts'

const producer = address('rollup-producer')
const terms = { preconfirmations: { bond: 25n, penalty: 10n, withinSlots: 2 } }
const bonded = (amount: bigint): ChainEvent => ({ kind: 'preconfirmations-bonded', producer, amount })
const block = (...events: ChainEvent[]): Block => ({ receipts: [{ events }] }) as unknown as Block
const promise = (n: number): SignedPreconfirmation => ({
  preconfirmation: {
    ...{ chainId: ROLLUP, producer, sender: address('user-1'), nonce: n, block: 5 },
    transactionHash: asHash32(`0x${String(n).padStart(64, '0')}`),
  },
  signature: '0x',
})
const paid = (n: number, amount: bigint): ChainEvent => ({
  kind: 'promise-broken',
  preconfirmation: promise(n).preconfirmation,
  amount,
})
const nonces = (list: readonly SignedPreconfirmation[]) =>
  list.map(({ preconfirmation }) => preconfirmation.nonce)
const hashOf = (n: number) => promise(n).preconfirmation.transactionHash

it('hands in as many as the bond has left for, counting those under way', () => {
  const broken = new BrokenPromises(terms)
  // 25 wei pay for two, and in part for a third.
  expect(nonces(broken.onBlock(block(bonded(25n)), [0, 1, 2, 3, 4].map(promise)))).toEqual([0, 1, 2])
  expect([broken.onBlock(block(), []), broken.waiting]).toEqual([[], 2])
  for (const n of [0, 1, 2]) broken.claimed(hashOf(n))
  expect(nonces(broken.onBlock(block(paid(0, 10n), paid(1, 10n), paid(2, 5n)), []))).toEqual([])
})

it('waits for a bond behind an empty one, which another sender may have emptied', () => {
  const broken = new BrokenPromises(terms)
  expect(broken.onBlock(block(bonded(10n), paid(9, 10n)), [promise(0)])).toEqual([])
  expect(nonces(broken.onBlock(block(bonded(1n)), []))).toEqual([0])
})

it('takes back what an orphaned block said of the bond', () => {
  const broken = new BrokenPromises(terms)
  const orphaned = block(bonded(10n))
  broken.onBlock(orphaned, [])
  broken.onOrphaned(orphaned)
  expect(broken.onBlock(block(), [promise(0)])).toEqual([])
})

it('forgets the oldest of more than a thousand that wait', () => {
  const broken = new BrokenPromises(terms)
  broken.onBlock(
    block(),
    Array.from({ length: 1_001 }, (_, n) => promise(n)),
  )
  expect(broken.waiting).toBe(1_000)
  expect(nonces(broken.onBlock(block(bonded(10n)), []))).toEqual([1])
})
