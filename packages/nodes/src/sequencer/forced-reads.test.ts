import { asAddress, asChainId, asHash32 } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  encodeTransaction,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { AdmissionAnswer } from './chain-producer.ts'
import { ForcedDesk } from './forced-desk.ts'
import { ForcedReads } from './forced-reads.ts'

const ROLLUP = asChainId(10)
const alice = asAddress(`0x${'a'.repeat(40)}`)
const bob = asAddress(`0x${'b'.repeat(40)}`)

/** The newest block of a batch. */
const by = (number: number, baseFee = 0n) => ({ number, baseFee })

function signed(from: typeof alice, nonce: number): SignedTransaction {
  const call = { kind: 'transfer', token: alice, to: bob, amount: 1n } as const
  const fees = { gasLimit: 21_000, maxFeePerGas: 1n, maxPriorityFeePerGas: 0n }
  return {
    transaction: { chainId: ROLLUP, from, nonce, ...fees, call },
    signature: `0x${'1'.repeat(128)}1b`,
  } as SignedTransaction
}

const taken = (transaction: SignedTransaction, dueAt: number | null = null): ChainEvent => ({
  kind: 'transaction-forced',
  rollup: ROLLUP,
  hash: transactionDigest(transaction.transaction),
  raw: encodeTransaction(transaction),
  dueAt,
})
const read = (count: number, dueAt = 99): ChainEvent => ({
  kind: 'forced-read',
  rollup: ROLLUP,
  read: count,
  by: 'call',
  dueAt,
})

/** A block of the L1 that says this. */
const said = (...events: readonly ChainEvent[]): Block => ({ receipts: [{ events }] }) as unknown as Block
/** A block of the rollup. */
const made = (number: number, ...transactions: readonly SignedTransaction[]): Block =>
  ({
    header: { number },
    transactions,
    receipts: transactions.map(({ transaction }) => ({
      transactionHash: asHash32(transactionDigest(transaction)),
    })),
  }) as unknown as Block

const [a0, a1, b0, b5] = [signed(alice, 0), signed(alice, 1), signed(bob, 0), signed(bob, 5)]

describe('what a batch says that it reads', () => {
  it('is what its blocks hold, in the order of the inbox', () => {
    const reads = new ForcedReads()
    reads.onL1(said(taken(a0), taken(b0)), ROLLUP)
    reads.onOwn(made(3, b0))
    expect(reads.readBy(by(3))).toBe(0)
    const held = made(4, a0)
    reads.onOwn(held)
    expect([3, 4].map((number) => reads.readBy(by(number)))).toEqual([0, 2])
    reads.onOwnOrphaned(held)
    expect(reads.readBy(by(4))).toBe(0)
  })

  it('is also what cannot run: nobody can hold the inbox up with it', () => {
    const reads = new ForcedReads()
    reads.onL1(said(taken(b5), taken(a1), taken(b0)), ROLLUP)
    expect(reads.readBy(by(1))).toBe(2)
    reads.onOwn(made(2, a0))
    // Alice's second can run now, and is in no block.
    expect(reads.readBy(by(2))).toBe(1)
  })

  it('is also what the pool says its sender cannot pay for or has not signed, or what offers less than the base fee', () => {
    for (const [reason, count] of [
      ['underfunded', 1],
      ['not-authorised', 1],
      ['fee-too-low', 1],
      // What the pool has no room for could run all the same.
      ['pool-full', 0],
      ['unavailable', 0],
    ] as const) {
      const reads = new ForcedReads()
      reads.onL1(said(taken(a0), taken(b0)), ROLLUP)
      reads.onRefused(transactionDigest(a0.transaction), reason)
      expect(reads.readBy(by(1)), reason).toBe(count)
    }
    const dear = new ForcedReads()
    dear.onL1(said(taken(a0)), ROLLUP)
    expect([1n, 2n].map((baseFee) => dear.readBy(by(1, baseFee)))).toEqual([0, 1])
  })

  it('is never less than the L1 has read, until that is taken back', () => {
    const reads = new ForcedReads()
    reads.onL1(said(taken(a0), taken(b0)), ROLLUP)
    const called = said(read(1))
    reads.onL1(called, ROLLUP)
    expect(reads.readBy(by(1))).toBe(1)
    reads.onL1Orphaned(called, ROLLUP)
    expect(reads.readBy(by(1))).toBe(0)
  })
})

it('a sequencer offers what the L1 takes to its pool, and is forced by what has been read alone', () => {
  const told: string[] = []
  const producer = {
    offer: ({ transaction }: SignedTransaction, answer: AdmissionAnswer) => {
      told.push(`offer ${transaction.nonce}`)
      answer(transaction.nonce !== 5, 'underfunded')
    },
    force: ({ transaction }: SignedTransaction, dueAt: number) =>
      told.push(`force ${transaction.nonce} at ${dueAt}`),
  }
  const desk = new ForcedDesk(new Map([[ROLLUP, producer]]), (_, hash, reason) =>
    told.push(`${hash === transactionDigest(b5.transaction) ? 'five' : hash} ${reason}`),
  )
  desk.onBlock(said(taken(a0), taken(a1)))
  const called = said(read(1, 50))
  desk.onBlock(called)
  desk.onOrphaned(called)
  desk.onBlock(said(read(2, 60)))
  desk.onBlock(said(taken(b0)))
  desk.onBlock(said(read(3, 65)))
  desk.onBlock(said(taken(b5, 70)))
  expect(told).toEqual([
    'offer 0',
    'offer 1',
    'force 0 at 50',
    'force 0 at 60',
    'force 1 at 60',
    'offer 0',
    'force 0 at 65',
    'offer 5',
    'five underfunded',
    'force 5 at 70',
  ])
})
