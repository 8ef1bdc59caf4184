// The English and the Dutch auction agree with a second, plain implementation on every answer, all state and everybody's coins and collateral, over
// thousands of random sequences of bids, purchases and times at and around their edges.
import {
  bite,
  type ClipSale,
  clipStatus,
  deal,
  dent,
  type FlipAuction,
  kickClip,
  kickFlip,
  redo,
  take,
  tend,
  tick,
} from '@solvent/settlement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, DutchAuction, EnglishAuction, HOUSE, modelBite, Purses } from './auction-reference.ts'

const RAY = 10n ** 27n
const WAD = 10n ** 18n
const RUNS = 700

const answerOf = (
  outcome: { readonly status: 'ok' } | { readonly status: 'refused'; readonly reason: string },
): Answer => (outcome.status === 'refused' ? { refused: outcome.reason } : { done: true })
const near = (most: bigint) =>
  fc.oneof(fc.bigInt(0n, most), fc.bigInt(0n, 12n), fc.constantFrom(most, most + 1n))

describe('an English auction', () => {
  const command = fc.record({
    kind: fc.constantFrom('raise', 'raise', 'raise', 'shrink', 'shrink', 'deal', 'again'),
    who: fc.constantFrom('ada', 'bo', 'cy'),
    /** Of what is next: a bid by the least raise, the target, or anything. */
    how: fc.constantFrom('least', 'under', 'target', 'any'),
    amount: near(1_200n),
    seconds: fc.constantFrom(0, 1, 9, 10, 11, 59, 60, 61),
  })
  type Command = typeof command extends fc.Arbitrary<infer T> ? T : never
  const begs = fc.constantFrom(WAD, (WAD * 103n) / 100n, (WAD * 105n) / 100n, 2n * WAD)

  function asked({ kind, how, amount }: Command, { bid, lot, tab }: FlipAuction, beg: bigint): bigint {
    const least = kind === 'raise' ? (bid * beg + WAD - 1n) / WAD : (lot * WAD) / beg
    if (how === 'target') return kind === 'raise' ? tab : 0n
    return how === 'least' ? least : how === 'under' ? least + (kind === 'raise' ? -1n : 1n) : amount
  }

  it('is the plain one', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        begs,
        fc.bigInt(1n, 900n),
        fc.bigInt(1n, 900n),
        fc.array(command, { maxLength: 25 }),
        (beg, lot, tab, commands) => {
          const purses = new Purses()
          const mine = new Purses()
          const rules = { beg, ttlSeconds: 10, tauSeconds: 60 }
          const model = new EnglishAuction(
            { lot, tab, owner: 'usr', by: 'kick', at: 0 },
            { beg, ttl: 10, tau: 60 },
            purses,
          )
          let auction: FlipAuction = kickFlip({ usr: 'usr', by: 'kick', tab, lot }, rules, 0)
          let now = 0
          for (const each of commands) {
            now += each.seconds
            const value = asked(each, auction, beg)
            const [answer, expected] = play(each, value)
            seen.add(JSON.stringify(expected))
            expect(answer).toEqual(expected)
            const { bid, guy, tic, end } = auction
            expect([auction.lot, bid, guy, tic === 0 ? null : tic, end]).toEqual([
              model.lot,
              model.bid,
              model.leader,
              model.wonAt,
              model.end,
            ])
            expect([mine.coins, mine.collateral]).toEqual([purses.coins, purses.collateral])
            if (model.isOver) return
          }

          function play({ kind, who }: Command, value: bigint): [Answer, Answer] {
            switch (kind) {
              case 'raise': {
                const done = tend(auction, { bidder: who, bid: value }, rules, now)
                if (done.status === 'ok') {
                  mine.pay(who, done.refund.to, done.refund.amount)
                  mine.pay(who, HOUSE, done.income)
                  auction = done.auction
                }
                return [answerOf(done), model.raise(who, value, now)]
              }
              case 'shrink': {
                const done = dent(auction, { bidder: who, lot: value }, rules, now)
                if (done.status === 'ok') {
                  mine.pay(who, done.refund.to, done.refund.amount)
                  mine.give(HOUSE, auction.usr, done.freed)
                  auction = done.auction
                }
                return [answerOf(done), model.shrink(who, value, now)]
              }
              case 'deal': {
                const done = deal(auction, now)
                if (done.status === 'ok') mine.give(HOUSE, done.winner, done.lot)
                return [answerOf(done), model.deal(now)]
              }
              default: {
                const done = tick(auction, rules, now)
                if (done.status === 'ok') auction = done.auction
                return [answerOf(done), model.again(now)]
              }
            }
          }
        },
      ),
      { numRuns: RUNS },
    )
    // Of eleven answers: what is never tried proves nothing.
    expect(seen.size).toBeGreaterThan(8)
  })
})

describe('a Dutch auction', () => {
  const falls = fc.constantFrom(
    { kind: 'linear', tauSeconds: 100 } as const,
    { kind: 'stairstep-exponential', cut: (RAY * 99n) / 100n, stepSeconds: 7 } as const,
  )
  const command = fc.record({
    kind: fc.constantFrom('buy', 'buy', 'buy', 'again'),
    who: fc.constantFrom('ada', 'bo'),
    amount: near(900n),
    most: fc.constantFrom(0n, 1n, 10n ** 40n),
    price: fc.constantFrom(0n, 1n, 3n * RAY),
    seconds: fc.constantFrom(0, 1, 6, 7, 8, 40, 90, 91),
  })

  it('is the plain one', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        falls,
        fc.bigInt(1n, 900n),
        fc.bigInt(1n, 3_000n),
        fc.array(command, { maxLength: 20 }),
        (fall, lot, rad, commands) => {
          const [purses, mine] = [new Purses(), new Purses()]
          const rules = {
            buf: (RAY * 13n) / 10n,
            cusp: (RAY * 2n) / 5n,
            dust: 200n * RAY,
            tailSeconds: 90,
            decrease: fall,
          }
          const { buf, cusp, dust } = rules
          const tab = rad * RAY
          const begun = kickClip({ usr: 'usr', tab, lot, price: 2n * RAY }, rules, 0)
          if (begun.status === 'refused') throw new Error(begun.reason)
          let sale: ClipSale = begun.sale
          const model = new DutchAuction(
            { lot, tab, owner: 'usr', price: 2n * RAY, at: 0 },
            { buf, cusp, dust, tail: 90, fall },
            purses,
          )
          let now = 0
          for (const { kind, who, amount, most, price, seconds } of commands) {
            now += seconds
            const status = clipStatus(sale, rules, now)
            expect([status.price, status.needsRedo]).toEqual([model.priceAt(now), model.isStale(now)])
            if (kind === 'again') {
              const done = redo(sale, price, rules, now)
              if (done.status === 'ok') sale = done.sale
              const expected = model.again(price, now)
              seen.add(JSON.stringify(expected))
              expect(answerOf(done)).toEqual(expected)
            } else {
              const maxPrice = most === 1n ? status.price : most
              const done = take(sale, { amount, maxPrice }, rules, now)
              const owner = sale.usr
              if (done.status === 'ok') {
                mine.pay(who, HOUSE, done.owe)
                mine.give(HOUSE, who, done.slice)
                if (done.returned > 0n) mine.give(HOUSE, owner, done.returned)
                if (done.sale === null) expect(done.shortfall).toBe(model.tab - done.owe)
                else sale = done.sale
              }
              const expected = model.buy(who, amount, maxPrice, now)
              seen.add(JSON.stringify(expected))
              expect(answerOf(done)).toEqual(expected)
            }
            expect([mine.coins, mine.collateral]).toEqual([purses.coins, purses.collateral])
            if (model.isOver) return
            expect([sale.lot, sale.tab, sale.top, sale.tic]).toEqual([
              model.lot,
              model.tab,
              model.top,
              model.begun,
            ])
          }
        },
      ),
      { numRuns: RUNS },
    )
    // Of seven.
    expect(seen.size).toBeGreaterThan(5)
  })
})

it('what of a vault goes to auction is the plain amount', () => {
  const terms = fc.record({
    spot: fc.bigInt(1n, 4n * RAY),
    rate: fc.bigInt(RAY, 2n * RAY),
    lump: fc.bigInt(0n, 60n * WAD),
    chop: fc.bigInt(RAY, 2n * RAY),
  })
  fc.assert(
    fc.property(fc.bigInt(0n, 100n * WAD), fc.bigInt(0n, 100n * WAD), terms, (ink, art, given) => {
      const { status, ...rest } = bite({ ink, art }, given)
      const model = modelBite([ink, art], given)
      if (status === 'refused') expect(model).toEqual({ refused: (rest as { reason: string }).reason })
      else expect(model).toEqual({ done: true, ...rest })
    }),
    { numRuns: RUNS },
  )
})
