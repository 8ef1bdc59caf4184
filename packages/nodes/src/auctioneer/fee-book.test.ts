import type { Store } from '@solvent/ports'
import type { Block } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { createNetworkFacts } from '../solver/network-facts.ts'
import { afterFee } from '../solver/protocol-fee.ts'
import { address, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { FeeBook } from './fee-book.ts'

const facts = createNetworkFacts(smallNetwork, [{ symbol: 'USDC', priceE8: 10n ** 8n }])
const { chainId, token } = sampleOrder().output
const [self, atlas, stranger] = [address('auctioneer-1'), address('atlas'), address('user-1')]
const USD = 10n ** 8n

function paid(from: typeof atlas, to: typeof atlas, usdc: bigint, status: 'ok' | 'reverted' = 'ok'): Block {
  const call = { kind: 'transfer', token, to, amount: usdc * 10n ** 6n }
  return {
    header: { chainId },
    transactions: [{ transaction: { from, call } }],
    receipts: [{ status }],
  } as unknown as Block
}

test('what a solver has paid counts against its fees once, and not when its block is orphaned', () => {
  const kept = new Map<string, Uint8Array>()
  const store = {
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => kept.set(key, bytes),
  } as unknown as Store
  const book = new FeeBook(store, facts, self)
  book.followed(paid(atlas, self, 7n))
  book.followed(paid(atlas, self, 5n))
  book.orphaned(paid(atlas, self, 5n))
  book.followed(paid(atlas, stranger, 50n))
  book.followed(paid(stranger, self, 50n))
  book.followed(paid(atlas, self, 50n, 'reverted'))
  expect(book.unpaidOf(atlas, 4n * USD)).toBe(0n)
  // Of the seven three are left; a restarted book knows it.
  expect(new FeeBook(store, facts, self).unpaidOf(atlas, 4n * USD)).toBe(1n * USD)
  expect(book.unpaidOf(atlas, 4n * USD)).toBe(4n * USD)
})

test('an offer has room for the fee on what it leaves to the user', () => {
  // Of 150 above the limit 100 go to the user, and half as much to the protocol.
  expect(afterFee(1_150n, 1_000n, 5_000)).toBe(1_100n)
  expect(afterFee(1_150n, 1_000n, 0)).toBe(1_150n)
  expect(afterFee(900n, 1_000n, 5_000)).toBe(900n)
})
