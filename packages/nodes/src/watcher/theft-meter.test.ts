import { asHash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { expect, it } from 'vitest'
import {
  address,
  GENESIS_MS,
  GENESIS_SECONDS,
  parties,
  ROLLUP,
  smallNetwork,
  tokens,
} from '../testing/small-network.ts'
import { TheftMeter } from './theft-meter.ts'

const THIEF = address('user-1')
const BREAK_SECONDS = 10

let blocks = 0
/** A block with one payment in it. */
function block(amount: bigint, { from = address('atlas'), to = THIEF, atSeconds = 20, status = 'ok' } = {}) {
  return {
    hash: asHash32(`0x${String(++blocks).padStart(64, '0')}`),
    header: { chainId: ROLLUP, timestamp: GENESIS_SECONDS + atSeconds },
    transactions: [
      { transaction: { from, call: { kind: 'transfer', token: tokens.usdcRollup, to, amount } } },
    ],
    receipts: [{ status, events: [] }],
  } as unknown as Block
}

function meter() {
  const thefts = new TheftMeter(smallNetwork)
  thefts.declared({
    kind: 'account-break-declared',
    accounts: [parties.atlas],
    by: THIEF,
    atMs: GENESIS_MS + BREAK_SECONDS * 1_000,
  })
  return thefts
}

it('sums what a broken account pays the one who can sign for it, and takes back what a re-org takes back', () => {
  const thefts = meter()
  const second = block(5n)
  thefts.followed(block(7n, { atSeconds: BREAK_SECONDS }))
  thefts.followed(second)
  const theft = { id: 'atlas', chain: 'rollup', asset: 'USDC' }
  expect(thefts.outcomes()).toEqual([{ ...theft, amount: 12n, transactions: 2 }])
  thefts.orphaned(second)
  expect(thefts.outcomes()).toEqual([{ ...theft, amount: 7n, transactions: 1 }])
})

it.each([
  ['a payment before the break', { atSeconds: BREAK_SECONDS - 1 }],
  ['one to somebody else', { to: address('borealis') }],
  ['one of an account whose key is sound', { from: address('borealis') }],
  ['one that reverted', { status: 'reverted' }],
] as const)('does not count %s', (_, change) => {
  const thefts = meter()
  thefts.followed(block(7n, change))
  expect(thefts.outcomes()).toEqual([])
})
