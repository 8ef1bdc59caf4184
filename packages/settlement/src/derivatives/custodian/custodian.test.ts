import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CustodianBook,
  claimEstate,
  depositWith,
  EMPTY_CUSTODIAN,
  hiddenGap,
  lendOn,
  loanEnds,
  windUp,
  withdrawFrom,
} from './custodian-book.ts'

const rules = { haltBelowBps: 0n }
const ok = (done: { readonly status: string; readonly book?: CustodianBook }): CustodianBook => {
  if (done.book === undefined) throw new Error(done.status)
  return done.book
}
/** Ada and bo deposit 600 and 400; 700 are lent on. */
const lent = ok(lendOn(ok(depositWith(ok(depositWith(EMPTY_CUSTODIAN, 'ada', 600n)), 'bo', 400n)), 700n))

describe('a custodian', () => {
  test('owes what the chain no longer sees', () => {
    expect(lent).toMatchObject({ owed: 1_000n, liquid: 300n, lent: 700n })
    expect(hiddenGap(lent)).toBe(700n)
    expect(lendOn(lent, 301n)).toMatchObject({ reason: 'not-enough-coins' })
    expect(loanEnds(lent, { face: 701n, repaid: 0n })).toMatchObject({ reason: 'not-lent' })
  })

  test('pays in full who comes first, halts at the first withdrawal that it cannot pay, and pays nobody after', () => {
    const paid = withdrawFrom(lent, 'ada', 300n, rules)
    expect(paid).toMatchObject({ status: 'paid', book: { liquid: 0n, owed: 700n } })
    const halted = withdrawFrom(ok(paid), 'bo', 1n, rules)
    expect(halted).toMatchObject({ status: 'halts', book: { status: 'halted', liquid: 0n, owed: 700n } })
    expect(withdrawFrom(ok(halted), 'ada', 1n, rules)).toMatchObject({ reason: 'halted' })
    expect(depositWith(ok(halted), 'cy', 1n)).toMatchObject({ reason: 'halted' })
    expect(withdrawFrom(lent, 'ada', 601n, rules)).toMatchObject({ reason: 'more-than-claim' })
  })

  test('that watches its coins halts earlier and shares the loss more evenly', () => {
    // Below a quarter: 300 of 1,000 are there; after 67 more 233 of 933 are less than a quarter.
    const careful = { haltBelowBps: 2_500n }
    expect(withdrawFrom(lent, 'ada', 66n, careful)).toMatchObject({ status: 'paid' })
    expect(withdrawFrom(lent, 'ada', 67n, careful)).toMatchObject({ status: 'halts' })
  })

  test('is wound up pro rata', () => {
    const halted = ok(withdrawFrom(ok(withdrawFrom(lent, 'ada', 300n, rules)), 'bo', 400n, rules))
    expect(windUp(lent, 0n)).toMatchObject({ reason: 'not-halted' })
    expect(claimEstate(halted, 'bo')).toMatchObject({ reason: 'not-wound-up' })
    const done = windUp(halted, 350n)
    // 350 for 700: ada has 300 + 150 of 600, bo 200 of 400.
    expect(done).toMatchObject({ shortfall: 350n })
    const ada = claimEstate(ok(done), 'ada')
    expect(ada).toMatchObject({ paid: 150n })
    expect(claimEstate(ok(ada), 'bo')).toMatchObject({ paid: 200n, book: { liquid: 0n, owed: 0n } })
    expect(claimEstate(ok(ada), 'ada')).toMatchObject({ reason: 'nothing-claimed' })
  })

  test('keeps coins, loans and what was paid in balance, and claims equal to what it owes', () => {
    const holder = fc.constantFrom('ada', 'bo', 'cy')
    const amount = fc.bigInt(1n, 1_000n)
    const step = fc.oneof(
      fc.record({ kind: fc.constantFrom('deposit' as const, 'withdraw' as const), holder, amount }),
      fc.record({ kind: fc.constant('lend' as const), amount }),
      fc.record({ kind: fc.constant('loan-ends' as const), amount, share: fc.bigInt(0n, 100n) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.bigInt(0n, 5_000n), (steps, haltBelowBps) => {
        let book: CustodianBook = EMPTY_CUSTODIAN
        let coins = 0n
        for (const each of steps) {
          const done =
            each.kind === 'deposit'
              ? depositWith(book, each.holder, each.amount)
              : each.kind === 'withdraw'
                ? withdrawFrom(book, each.holder, each.amount, { haltBelowBps })
                : each.kind === 'lend'
                  ? lendOn(book, each.amount)
                  : loanEnds(book, {
                      face: each.amount,
                      repaid: each.kind === 'loan-ends' ? (each.amount * each.share) / 100n : 0n,
                    })
          if (done.status === 'refused') continue
          if (each.kind === 'deposit') coins += each.amount
          if (done.status === 'paid') coins -= done.paid
          if ('loss' in done && typeof done.loss === 'bigint') coins -= done.loss
          book = done.book
          expect(book.liquid + book.lent).toBe(coins)
          expect(book.liquid >= 0n).toBe(true)
          expect([...book.claims.values()].reduce((sum, claim) => sum + claim, 0n)).toBe(book.owed)
        }
        if (book.status !== 'halted') return
        book = ok(windUp(book, book.lent / 2n))
        for (const each of ['ada', 'bo', 'cy']) {
          const paid = claimEstate(book, each)
          if (paid.status === 'ok') book = paid.book
          expect(book.liquid >= 0n).toBe(true)
        }
        expect(book.owed).toBe(0n)
      }),
    )
  })
})
