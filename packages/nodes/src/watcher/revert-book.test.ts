import type { Block } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { L1, ROLLUP } from '../testing/small-network.ts'
import { RevertBook } from './revert-book.ts'

/** A block of calls, each with the reason for which it reverted, or null, and with why messages were skipped. */
function block(
  chainId: typeof L1,
  calls: readonly (readonly [kind: string, reason: string | null, ...skipped: string[]])[],
): Block {
  return {
    header: { chainId },
    transactions: calls.map(([kind]) => ({ transaction: { call: { kind } } })),
    receipts: calls.map(([, reason, ...skipped]) => ({
      ...{ status: reason === null ? 'ok' : 'reverted', reason },
      events: skipped.map((why) => ({ kind: 'message-skipped', reason: why })),
    })),
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

it('counts messages of a batch that were skipped', () => {
  const book = new RevertBook()
  const batches = block(L1, [
    ['deliver-batch', null, 'already-delivered', 'paused', 'already-delivered'],
    ['deliver-batch', 'bad-proof'],
  ])
  book.followed(batches)
  expect(book.of(L1)).toEqual([
    { call: 'deliver-batch', reason: 'already-delivered', count: 2 },
    { call: 'deliver-batch', reason: 'paused', count: 1 },
    { call: 'deliver-batch', reason: 'bad-proof', count: 1 },
  ])
  book.orphaned(batches)
  expect(book.of(L1)).toEqual([])
})
