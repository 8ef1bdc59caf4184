import type { Block } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { L1, ROLLUP } from '../testing/small-network.ts'
import { RevertBook } from './revert-book.ts'

/** A block of calls, each with the reason for which it reverted, or null. */
function block(
  chainId: typeof L1,
  calls: readonly (readonly [kind: string, reason: string | null])[],
): Block {
  return {
    header: { chainId },
    transactions: calls.map(([kind]) => ({ transaction: { call: { kind } } })),
    receipts: calls.map(([, reason]) => ({ status: reason === null ? 'ok' : 'reverted', reason })),
  } as unknown as Block
}

it('counts by chain, call and reason, and takes back what is no longer followed', () => {
  const book = new RevertBook()
  const first = block(L1, [
    ['deliver', 'lock-exhausted'],
    ['deliver', null],
  ])
  const second = block(L1, [
    ['deliver', 'lock-exhausted'],
    ['fill', 'filled'],
  ])
  book.followed(first)
  book.followed(second)
  book.followed(block(ROLLUP, [['deliver', 'paused']]))
  expect(book.of(L1)).toEqual([
    { call: 'deliver', reason: 'lock-exhausted', count: 2 },
    { call: 'fill', reason: 'filled', count: 1 },
  ])
  book.orphaned(second)
  expect(book.of(L1)).toEqual([{ call: 'deliver', reason: 'lock-exhausted', count: 1 }])
  expect(book.of(ROLLUP)).toEqual([{ call: 'deliver', reason: 'paused', count: 1 }])
})
