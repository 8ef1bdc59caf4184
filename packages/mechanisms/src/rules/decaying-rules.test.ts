import { describe, expect, test } from 'vitest'
import { createMechanism, highestFee, type Offer, outputAtFee, type Round } from '../index.ts'
import { lot, offer } from '../round.testing.ts'

const awarded = (mechanism: ReturnType<typeof createMechanism>, round: Round) =>
  mechanism.clear(round).awards.map(({ offer: { bidder }, amount, atMs }) => [bidder, amount, atMs])
const round = (offers: readonly Offer[], change: Parameters<typeof lot>[0] = {}): Round => ({
  lots: [lot(change)],
  offers,
})

describe('a Dutch decay from 120 to 100 in 20 s', () => {
  const dutch = (more: Record<string, number> = {}) =>
    createMechanism({ rule: 'dutch', decayMs: 20_000, tickMs: 1_000, sightMs: 1_000, ...more })

  test('is taken by the highest offer, at the first tick at which the price has come down to it', () => {
    expect(awarded(dutch(), round([offer('a', 110n), offer('b', 113n)]))).toEqual([['b', 113n, 7_000]])
    expect(awarded(dutch(), round([offer('rich', 999n)]))).toEqual([['rich', 120n, 0]])
    expect(awarded(dutch(), round([offer('poor', 99n)]))).toEqual([])
  })

  test('asks for what is due when the fill lands: latency is paid for by the user, and may lose the race', () => {
    // Sent at 7 s, there at 9.5 s: 111 are due. The other, sent at 8 s, is there at once.
    expect(awarded(dutch(), round([offer('slow', 113n, { delayMs: 2_500 })]))).toEqual([
      ['slow', 111n, 9_500],
    ])
    const both = round([offer('slow', 113n, { delayMs: 2_500 }), offer('near', 112n)], { attemptCost: 2n })
    expect(awarded(dutch(), both)).toEqual([['near', 112n, 8_000]])
    expect(dutch().clear(both).payments).toEqual([
      { from: 'slow', to: 'gas', amount: 2n, why: 'lost-attempt' },
    ])
  })

  test('is exclusive up to and with its last moment; others are barred, or owe the override rounded up', () => {
    const offers = [offer('chosen', 105n), offer('other', 113n)]
    const exclusive = { exclusive: 'chosen' }
    // Barred until 15 s; at 15 s only the chosen one may take it, for 105. Two seconds less, and the other takes it before that.
    expect(awarded(dutch({ exclusiveMs: 15_000 }), round(offers, exclusive))).toEqual([
      ['chosen', 105n, 15_000],
    ])
    expect(awarded(dutch({ exclusiveMs: 13_000 }), round(offers, exclusive))).toEqual([
      ['other', 106n, 14_000],
    ])
    // 100 bps more: 113 · 1.01 = 114.13 → 115 is more than it offers; 111 · 1.01 = 112.11 → 113 at 9 s.
    const withOverride = dutch({ exclusiveMs: 15_000, overrideBps: 100 })
    expect(awarded(withOverride, round(offers, exclusive))).toEqual([['other', 113n, 9_000]])
  })

  test('bars an offer that the override always outgrows', () => {
    const forever = dutch({ exclusiveMs: 86_400_000, overrideBps: 0 })
    const { awards } = forever.clear(round([offer('other', 119n)], { exclusive: 'chosen' }))
    // One tick after a day of exclusivity everyone may, at the reserve.
    expect(awards.map(({ amount, atMs }) => [amount, atMs])).toEqual([[100n, 86_401_000]])
  })
})

describe('a decay by blocks', () => {
  test('falls fast to its knee and slowly after it', () => {
    const rule = { rule: 'block-dutch', blockMs: 250, kneeBlocks: 8, kneeBps: 8_000, endBlocks: 32 } as const
    // 120 → 104 in 8 blocks (2 a block), 104 → 100 in 24 (one in six).
    expect(awarded(createMechanism(rule), round([offer('a', 110n)]))).toEqual([['a', 110n, 1_250]])
    expect(awarded(createMechanism(rule), round([offer('a', 103n)]))).toEqual([['a', 103n, 3_500]])
  })
})

describe('a request for quote', () => {
  const rule = { rule: 'request-for-quote', windowMs: 500, exclusiveMs: 24_000, decayMs: 20_000 } as const

  test('gives the order to the best quote in the window, which owes what it said', () => {
    const offers = [offer('a', 110n), offer('b', 115n), offer('late', 119n, { delayMs: 501 })]
    expect(awarded(createMechanism(rule), round(offers))).toEqual([['b', 115n, 500]])
  })

  test('opens to everyone after a fade, falling from the quote that was not kept', () => {
    const offers = [
      offer('faded', 115n, { fades: true }),
      offer('b', 111n),
      offer('late', 113n, { delayMs: 700 }),
    ]
    // 115 → 100 in 20 s: at or below 113 after 3 s (112.75 floored in the delta: 115 − 2 = 113), and 0.7 s to land at 3.7 s.
    const { awards, dropped } = createMechanism(rule).clear(round(offers))
    expect(awards.map(({ offer: { bidder }, amount, atMs }) => [bidder, amount, atMs])).toEqual([
      ['late', 113n, 24_500 + 3_700],
    ])
    expect(dropped.map(({ offer: { bidder }, reason }) => [bidder, reason])).toEqual([['faded', 'faded']])
  })
})

describe('a priority-fee auction', () => {
  test('gives the user the growth of the output and the producer the fee', () => {
    // 1e6 · (1e7 + 500 · 10)/1e7 = 1,000,500; the fee itself costs 500.
    expect(outputAtFee(1_000_000n, 500n, 10n)).toBe(1_000_500n)
    const terms = { reserve: 1_000_000n, milliBipsPerFee: 10n, feeCost: 1n }
    expect(highestFee(1_001_000n, terms)).toBe(500n)
    expect(highestFee(999_999n, terms)).toBe(0n)
    const clearing = createMechanism({ rule: 'priority-fee', milliBipsPerFee: 10, feeCost: 1 }).clear(
      round([offer('a', 1_001_000n), offer('b', 1_000_400n)], { reserve: 1_000_000n, start: 1_000_000n }),
    )
    expect(clearing.awards.map(({ offer: { bidder }, amount }) => [bidder, amount])).toEqual([
      ['a', 1_000_500n],
    ])
    expect(clearing.payments).toEqual([{ from: 'a', to: 'producer', amount: 500n, why: 'priority-fee' }])
  })
})

describe('sealed encrypted bids', () => {
  test('open when enough shares are there, and not one bid opens when too few are', () => {
    const offers = [offer('a', 110n), offer('b', 115n)]
    const opened = createMechanism({
      rule: 'sealed-encrypted',
      windowMs: 0,
      revealMs: 700,
      silentKeyholders: 2,
    })
    expect(awarded(opened, round(offers))).toEqual([['b', 115n, 700]])
    const shut = createMechanism({ rule: 'sealed-encrypted', silentKeyholders: 3 }).clear(round(offers))
    expect(shut.awards).toEqual([])
    expect(shut.dropped.map(({ reason }) => reason)).toEqual(['unrevealed', 'unrevealed'])
  })

  test('commitments: who does not open takes no part and loses the deposit, and the best that was opened wins', () => {
    const offers = [offer('a', 110n), offer('b', 115n, { fades: true })]
    const mechanism = createMechanism({ rule: 'commit-reveal', windowMs: 100, revealMs: 700, deposit: 9 })
    expect(awarded(mechanism, round(offers))).toEqual([['a', 110n, 800]])
    const { dropped, payments } = mechanism.clear(round(offers))
    expect(dropped.map(({ offer: { bidder }, reason }) => [bidder, reason])).toEqual([['b', 'unrevealed']])
    expect(payments).toEqual([{ from: 'b', to: 'protocol', amount: 9n, why: 'penalty' }])
    const free = createMechanism({ rule: 'commit-reveal' }).clear(round(offers))
    expect(free.payments).toEqual([])
  })
})
