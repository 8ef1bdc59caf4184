import { asHash32 } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { address, parties, ROLLUP, smallNetwork, tokens } from '../testing/small-network.ts'
import { HouseLedger } from './house-ledger.ts'

const [house, atlas, user, stranger] = (['auctioneer-1', 'atlas', 'user-1', 'issuer'] as const).map(address)

let blocks = 0
const block = (from = house, to = user, amount = 1n, token = tokens.usdcRollup, status = 'ok') =>
  ({
    hash: asHash32(`0x${String(++blocks).padStart(64, '0')}`),
    header: { chainId: ROLLUP },
    transactions: [{ transaction: { from, call: { kind: 'transfer', token, to, amount } } }],
    receipts: [{ status }],
  }) as unknown as Block

const accountsAfter = (...each: Block[]) => {
  const ledger = new HouseLedger(smallNetwork)
  for (const one of each) ledger.followed(one)
  return { ledger, accounts: () => ledger.accounts([parties['user-1']]) }
}
const usdc = { node: 'auctioneer-1', chain: 'rollup', asset: 'USDC' }

it('sums what an auctioneer took and paid by asset, and takes back what a re-org takes back', () => {
  const last = block(house, user, 4n)
  const { ledger, accounts } = accountsAfter(
    block(atlas, house, 50n),
    block(house, user, 3n),
    block(house, atlas, 7n, tokens.gas),
    last,
  )
  const ether = { ...usdc, asset: 'ETH', received: 0n, paidUsers: 0n, paidSolvers: 7n, payments: 1 }
  const received = { ...usdc, received: 50n, paidSolvers: 0n }
  expect(accounts()).toEqual([{ ...received, paidUsers: 7n, payments: 2 }, ether])
  ledger.orphaned(last)
  expect(accounts()).toEqual([{ ...received, paidUsers: 3n, payments: 1 }, ether])
})

it.each([
  ['a payment that reverted', block(house, user, 1n, tokens.usdcRollup, 'reverted')],
  ["a stranger's to it", block(stranger, house)],
  ['its own to a stranger', block(house, stranger)],
  ['one between others', block(atlas, user)],
])('does not count %s', (_, one) => {
  expect(accountsAfter(one).accounts()).toEqual([])
})
