import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMechanism, type Discipline, Reputation, type Round, underDisciplines } from '../index.ts'
import { anyRound, lot, offer } from '../round.testing.ts'
import { recordWeight, selectByReputation } from '../sealed/reputation.ts'
import type { SealedBid } from '../sealed/sealed-auction.ts'

const round: Round = { lots: [lot()], offers: [offer('a', 110n), offer('b', 109n)] }
const winner = (recordPpm: number, reliability: Record<string, number>) =>
  createMechanism({ rule: 'reputation', recordPpm }).clear({
    ...round,
    reliabilityPpm: new Map(Object.entries(reliability)),
  }).awards[0]

test('a surplus counts as far as its record goes, and the winner owes what it said', () => {
  // Surpluses of 10 and 9: at 90 % of the record 9 and 9, where the higher offer stands first; a ppm less, and the other wins.
  expect(winner(1_000_000, { a: 900_000, b: 1_000_000 })).toMatchObject({
    offer: { bidder: 'a' },
    amount: 110n,
  })
  expect(winner(1_000_000, { a: 899_999, b: 1_000_000 })).toMatchObject({
    offer: { bidder: 'b' },
    amount: 109n,
  })
  // Half of the record counts: 1 − 0.5 · 0.2 = 90 %.
  expect(winner(500_000, { a: 800_000 })?.offer.bidder).toBe('a')
  expect(winner(500_000, { a: 799_998 })?.offer.bidder).toBe('b')
  expect(winner(0, { a: 0 })?.offer.bidder).toBe('a')
})

test('an auctioneer decides likewise: of equal scores the higher bid wins, and a weight is rounded up', () => {
  const bids = [
    { solver: '0xa', outputAmount: 110n, bidHash: '0x1' },
    { solver: '0xb', outputAmount: 109n, bidHash: '0x2' },
  ] as unknown as readonly SealedBid[]
  const won = (weightPpm: number) =>
    selectByReputation.close(bids, 100n, (solver) => (solver === bids[0]?.solver ? weightPpm : 1_000_000))
      .winner?.solver
  expect([won(900_000), won(899_999)]).toEqual(['0xa', '0xb'])
  // Half a ppm less than all of it.
  expect(recordWeight(999_999, 500_000)).toBe(1_000_000)
})

test('without records it is a first-price auction', () => {
  fc.assert(
    fc.property(anyRound, (any) => {
      const first = createMechanism({ rule: 'first-price' }).clear(any)
      expect(createMechanism({ rule: 'reputation' }).clear(any)).toEqual(first)
    }),
    { numRuns: 60 },
  )
})

test('a discipline that keeps records is asked for them, and a newcomer begins with one fade in twenty', () => {
  const record = new Reputation()
  const settle = (bidder: string, isFaded: boolean) =>
    record.record({ lot: 'lot', bidder, isFaded, amount: 1n, dueSeconds: 0 })
  const clear = (others: readonly Discipline[] = []) =>
    underDisciplines(createMechanism({ rule: 'reputation' }), [record, ...others], 0).clear(round).awards[0]
      ?.offer.bidder
  expect(record.reliabilityPpm('a')).toBe(950_000)
  expect(clear()).toBe('a')
  // (4 + 1)/(4 + 20) fades: 791,666 ppm of 10 are less than 950,000 of 9.
  for (let faded = 0; faded < 4; faded++) settle('a', true)
  expect(record.reliabilityPpm('a')).toBe(791_666)
  expect(clear()).toBe('b')
  // 20 kept: (4 + 1)/(24 + 20) fades, 886,363 ppm of 10 are more again.
  for (let kept = 0; kept < 20; kept++) settle('a', false)
  expect(record.reliabilityPpm('a')).toBe(886_363)
  expect(clear()).toBe('a')
})
