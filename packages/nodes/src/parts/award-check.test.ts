import { type Hash32, ZERO_ADDRESS, ZERO_HASH } from '@solvent/primitives'
import type { AuctionRule, Award, Order } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { address, GENESIS_SECONDS, node, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { isDueAward } from './award-check.ts'

const [atlas, borealis] = [address('atlas'), address('borealis')]
const auctioneer = address('auctioneer-1')
const exclusiveUntil = GENESIS_SECONDS + 90

function order(rule: AuctionRule = 'first-price'): Order {
  const sample = sampleOrder()
  return {
    ...sample,
    output: { ...sample.output, minAmount: 100n },
    award: { by: 'auctioneer', auctioneer, rule, closesAt: GENESIS_SECONDS + 30, exclusiveUntil },
  }
}

/** One for each bidder. */
const hashOf = (solver: typeof atlas) => `0x${solver.slice(2).padEnd(64, '0')}` as Hash32
const bid = (solver: typeof atlas, outputAmount: bigint) => ({
  solver,
  outputAmount,
  bidHash: hashOf(solver),
})
const award = (change: Partial<Award> = {}): Award => ({
  orderId: ZERO_HASH,
  auctioneer,
  winner: atlas,
  outputAmount: 120n,
  exclusiveUntil,
  bids: [bid(atlas, 120n), bid(borealis, 110n)],
  ...change,
})

it('the best bid at the price of the rule is due, and nobody when none came', () => {
  expect(isDueAward(award(), order(), smallNetwork)).toBe(true)
  expect(isDueAward(award({ outputAmount: 110n }), order('second-price'), smallNetwork)).toBe(true)
  expect(isDueAward(award({ winner: ZERO_ADDRESS, outputAmount: 0n, bids: [] }), order(), smallNetwork)).toBe(
    true,
  )
})

it('where records select, whoever has bid what it owes may win, though bids stand in their own order', () => {
  const byRecord = (change: Partial<Award>) => isDueAward(award(change), order('reputation'), smallNetwork)
  expect(byRecord({ winner: borealis, outputAmount: 110n })).toBe(true)
  expect(byRecord({ winner: borealis, outputAmount: 111n })).toBe(false)
  expect(byRecord({ winner: ZERO_ADDRESS, outputAmount: 0n })).toBe(false)
  expect(byRecord({ bids: [bid(borealis, 110n), bid(atlas, 120n)] })).toBe(false)
})

it.each<[string, Partial<Award>]>([
  ['another winner', { winner: borealis, outputAmount: 110n }],
  ['nobody in spite of bids', { winner: ZERO_ADDRESS, outputAmount: 0n }],
  ['another price', { outputAmount: 110n }],
  ['another order of bids', { bids: [bid(borealis, 110n), bid(atlas, 120n)] }],
  ['a bid below the least', { bids: [bid(atlas, 120n), bid(borealis, 99n)] }],
  ['another auctioneer', { auctioneer: atlas }],
])('%s is not due', (_, change) => {
  expect(isDueAward(award(change), order(), smallNetwork)).toBe(false)
})

it('an award of another member is due where a committee opens the bids', () => {
  const members = [node('auctioneer-1'), node('atlas')]
  const second = { node: node('atlas'), address: address('atlas') }
  const spec = { auctioneers: [...smallNetwork.auctioneers, second] }
  const sealCommittee = { members, threshold: 2 }
  const byOther = award({ auctioneer: second.address })
  expect(isDueAward(byOther, order('sealed-encrypted'), { ...spec, sealCommittee })).toBe(true)
  expect(isDueAward(byOther, order('sealed-encrypted'), spec)).toBe(false)
  expect(isDueAward(byOther, order('first-price'), { ...spec, sealCommittee })).toBe(false)
})
