import type { Store } from '@solvent/ports'
import type { OrderId } from '@solvent/primitives'
import type { BatchOutcome } from '@solvent/protocol'
import { expect, test } from 'vitest'
import { address } from '../testing/small-network.ts'
import { ConsistencyBook } from './consistency-book.ts'

const [atlas, borealis, stranger] = [address('atlas'), address('borealis'), address('challenger')]
const orderId = '0x01' as OrderId
const lot = { orderId, pair: 'one', minAmount: 1_000n, priceE8: 10n ** 8n, decimals: 0 }
const solution = (hash: string, solver: typeof atlas, outputAmount: bigint) =>
  ({ hash, solver, items: [{ orderId, outputAmount }] }) as unknown as BatchOutcome['solutions'][number]
const batch = {
  lots: [lot],
  solutions: [
    solution('0xa', atlas, 1_030n),
    solution('0xb', atlas, 1_020n),
    solution('0xc', borealis, 1_010n),
    solution('0xd', stranger, 1_090n),
  ],
} as unknown as BatchOutcome
const terms = { protocolFee: 2_000n, capBps: 5_000 }

test('shares what caps left by settled wins and the best fair offer of each, restarted or not, once', () => {
  const kept = new Map<string, Uint8Array>()
  const store = {
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => kept.set(key, bytes),
  } as unknown as Store
  const book = new ConsistencyBook(store)
  // The stranger's offer is not fair, and does not count.
  book.decided(batch, new Set(['0xd']))
  // Half of 2,000 less what was paid: 600 and 400.
  book.settled({ solver: atlas, won: 2, settled: 1, ...terms, reward: 400n })
  book.settled({ solver: borealis, won: 1, settled: 1, ...terms, reward: 600n })
  const restarted = new ConsistencyBook(store)
  restarted.resume()
  const { budget, records } = restarted.close()
  expect(budget).toBe(1_000n)
  // Parts 30/40 and 10/40; success 1/2 and 1: weights 3 to 2.
  expect(records.map(({ solver, reward }) => [solver, reward])).toEqual([
    [atlas, 600n],
    [borealis, 400n],
  ])
  expect(restarted.close()).toEqual({ budget: 0n, records: [] })
})
