import {
  type Block,
  type SignedPreconfirmation,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, ROLLUP, tokens } from '../testing/small-network.ts'
import { PromiseBook } from './promise-book.ts'

const SELF = address('user-1')

function payment(nonce: number, amount = 1n): SignedTransaction {
  const call = { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount } as const
  const fees = { gasLimit: 21_000, maxFeePerGas: 10n, maxPriorityFeePerGas: 1n }
  return { transaction: { chainId: ROLLUP, from: SELF, nonce, ...fees, call }, signature: '0x' }
}

const block = (number: number, ...transactions: SignedTransaction[]): Block =>
  ({ header: { chainId: ROLLUP, number }, transactions }) as unknown as Block

/** A book with a promise of the payment of nonce 3 for block 5 at the latest. */
function holding(change: Partial<SignedPreconfirmation['preconfirmation']> = {}): PromiseBook {
  const book = new PromiseBook(SELF)
  const preconfirmation = {
    chainId: ROLLUP,
    producer: address('rollup-producer'),
    transactionHash: transactionDigest(payment(3).transaction),
    sender: SELF,
    nonce: 3,
    block: 5,
    ...change,
  }
  book.add({ preconfirmation, signature: '0x' })
  return book
}

describe('a book of promises', () => {
  it('finds a promise broken by the first block after its time, once', () => {
    const book = holding()
    expect(book.onBlock(block(5))).toEqual([])
    expect(book.onBlock(block(6))).toHaveLength(1)
    expect(book.onBlock(block(7))).toEqual([])
  })

  it('forgets one that is kept in its last block, and not one that comes later', () => {
    const kept = holding()
    expect(kept.onBlock(block(5, payment(3)))).toEqual([])
    expect(kept.onBlock(block(6))).toEqual([])
    expect(holding().onBlock(block(6, payment(3)))).toHaveLength(1)
  })

  it('forgets one whose nonce its sender used otherwise, and takes none of others', () => {
    expect(holding().onBlock(block(6, payment(3, 2n)))).toEqual([])
    expect(holding().onBlock(block(6, payment(2)))).toHaveLength(1)
    expect(holding({ sender: address('atlas') }).onBlock(block(6))).toEqual([])
  })
})
