import { type Address, asNodeId } from '@solvent/primitives'
import { expect, test } from 'vitest'
import type { Order } from '../order/order.ts'
import { account } from '../testing/small-network.ts'
import { awardsFrom } from './award-authority.ts'

const names = ['a', 'b', 'c', 'd']
const auctioneers = names.map((name) => ({ node: asNodeId(name), address: account(name) }))
/** The fourth auctioneer is not in it. */
const sealCommittee = { members: ['a', 'b', 'c'].map(asNodeId), threshold: 2 }
const award = (auctioneer: Address, rule = 'sealed-encrypted' as const) => ({
  ...({ by: 'auctioneer', auctioneer, rule } as const),
  ...{ closesAt: 100, exclusiveUntil: 200 },
})

test('whoever is named may always award, and each other member from its turn on', () => {
  const turns = (named: string) =>
    names.map((name) => awardsFrom({ auctioneers, sealCommittee }, award(account(named)), account(name)))
  // Bids close at 100 and are opened until 110.
  expect(turns('a')).toEqual([0, 120, 130, null])
  expect(turns('c')).toEqual([120, 130, 0, null])
  expect(turns('d')).toEqual([null, null, null, 0])
})

test('nobody else may where no committee opens the bids', () => {
  const of = (spec: Parameters<typeof awardsFrom>[0], order: Order['award']) =>
    awardsFrom(spec, order, account('b'))
  expect(of({ auctioneers }, award(account('a')))).toBe(null)
  expect(of({ auctioneers, sealCommittee }, { ...award(account('a')), rule: 'first-price' })).toBe(null)
  expect(of({ auctioneers, sealCommittee }, { by: 'chain' })).toBe(null)
})
