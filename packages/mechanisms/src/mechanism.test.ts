// Laws that every registered mechanism keeps, on random rounds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMechanism, type MechanismName, mechanismRules, type Round } from './index.ts'
import { anyRound, lot, offer, shuffled } from './round.testing.ts'

const names = Object.keys(mechanismRules) as MechanismName[]

describe.each(names)('%s', (rule) => {
  const mechanism = createMechanism({ rule })

  test('awards each lot at most once, to an offer for it, between the reserve and what was offered', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const { awards } = mechanism.clear(round)
        expect(new Set(awards.map((award) => award.lot)).size).toBe(awards.length)
        for (const award of awards) {
          const reserve = round.lots.find(({ id }) => id === award.lot)?.reserve ?? -1n
          expect(round.offers).toContain(award.offer)
          expect(award.amount >= reserve && award.amount <= (award.offer.amounts.get(award.lot) ?? -1n)).toBe(
            true,
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  test('does not depend on the order of the offers', () => {
    const pair = anyRound.chain((round) => fc.tuple(fc.constant(round), shuffled(round)))
    fc.assert(
      fc.property(pair, ([round, other]) => {
        expect(mechanism.clear(other).awards).toEqual(mechanism.clear(round).awards)
      }),
      { numRuns: 60 },
    )
  })

  test('moves no negative amount of money, and leaves a lot without offers alone', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        for (const { amount } of mechanism.clear(round).payments) expect(amount > 0n).toBe(true)
      }),
      { numRuns: 60 },
    )
    const empty: Round = { lots: [lot()], offers: [] }
    expect(mechanism.clear(empty)).toEqual({ awards: [], dropped: [], payments: [] })
  })
})

describe('first come, first served', () => {
  const round: Round = {
    lots: [lot({ attemptCost: 3n })],
    offers: [
      offer('far', 120n, { delayMs: 900 }),
      offer('near', 101n, { delayMs: 100 }),
      offer('later', 130n, { delayMs: 5_000 }),
    ],
  }

  test('gives the order to the nearest at the limit, and the losing attempt burns its gas', () => {
    const { awards, payments } = createMechanism({ rule: 'first-come', sightMs: 2_000 }).clear(round)
    expect(awards.map(({ offer: { bidder }, amount, atMs }) => [bidder, amount, atMs])).toEqual([
      ['near', 100n, 100],
    ])
    expect(payments).toEqual([{ from: 'far', to: 'gas', amount: 3n, why: 'lost-attempt' }])
  })
})

describe('a mechanism by its name', () => {
  test('is refused with what was meant, and so are parameters that do not exist or are out of bounds', () => {
    expect(() => createMechanism({ rule: 'first-prise' as MechanismName })).toThrow(
      /Did you mean first-price/,
    )
    expect(() => createMechanism({ rule: 'constructor' as MechanismName })).toThrow(/no such mechanism/)
    expect(() => createMechanism({ rule: 'first-price', windowMS: 5 })).toThrow(/Did you mean windowMs/)
    expect(() => createMechanism({ rule: 'first-price', windowMs: -1 })).toThrow(/out of range/)
    expect(() => createMechanism({ rule: 'first-price', windowMs: 0.5 })).toThrow(/whole number from 0/)
  })

  test('drops what comes after the window and what covers several lots', () => {
    const bundle = {
      ...offer('both', 200n),
      amounts: new Map([
        ['lot', 200n],
        ['other', 200n],
      ]),
    }
    const late = offer('late', 150n, { delayMs: 501 })
    const { awards, dropped } = createMechanism({ rule: 'first-price', windowMs: 500 }).clear({
      lots: [lot(), lot({ id: 'other' })],
      offers: [bundle, late, offer('low', 99n), offer('good', 100n, { delayMs: 500 })],
    })
    expect(awards.map(({ offer: { bidder } }) => bidder)).toEqual(['good'])
    expect(dropped.map(({ offer: { bidder }, reason }) => [bidder, reason])).toEqual([
      ['both', 'bundle'],
      ['late', 'late'],
      ['low', 'below-reserve'],
    ])
  })
})
