// Rounds for tests: one lot with a reserve of 100 and a start of 120 unless told otherwise.
import fc from 'fast-check'
import type { Lot, Offer, Round } from './index.ts'

export function lot(change: Partial<Lot> = {}): Lot {
  return { id: 'lot', pair: 'AB', reserve: 100n, start: 120n, attemptCost: 0n, exclusive: null, ...change }
}

export function offer(bidder: string, amount: bigint, change: Partial<Offer> = {}): Offer {
  return {
    id: `${bidder}-1`,
    bidder,
    amounts: new Map([['lot', amount]]),
    delayMs: 0,
    fades: false,
    ...change,
  }
}

/** Few values, so that ties, late offers and fades are common. */
const anyOffer = fc.record({
  bidder: fc.constantFrom('a', 'b', 'c', 'd'),
  lot: fc.constantFrom('lot', 'other'),
  amount: fc.bigInt({ min: 95n, max: 125n }),
  delayMs: fc.constantFrom(0, 1, 40, 4_000),
  fades: fc.boolean(),
})

export const anyRound: fc.Arbitrary<Round> = fc
  .tuple(fc.array(anyOffer, { maxLength: 10 }), fc.bigInt({ min: 0n, max: 5n }))
  .map(([offers, attemptCost]) => ({
    lots: [lot({ attemptCost }), lot({ id: 'other', pair: 'CD', reserve: 105n, attemptCost })],
    offers: offers.map((made, index) => ({
      id: `offer-${index}`,
      bidder: made.bidder,
      amounts: new Map([[made.lot, made.amount]]),
      delayMs: made.delayMs,
      fades: made.fades,
    })),
  }))

export function shuffled(round: Round): fc.Arbitrary<Round> {
  const { offers } = round
  return fc
    .shuffledSubarray([...offers], { minLength: offers.length, maxLength: offers.length })
    .map((other) => ({ ...round, offers: other }))
}
