import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buyCover,
  type CoverFund,
  type CoverRules,
  claimCover,
  coverFaults,
  EMPTY_COVER_FUND,
  provideCapital,
  triggerCover,
  withdrawCapital,
} from './cover-fund.ts'
import { observedStress, type TriggerRules, watching } from './stress-trigger.ts'

/** Below 0.95 for an hour. */
const trigger: TriggerRules = { levelE8: 95_000_000n, forSeconds: 3_600, until: 100_000 }
const play = (...seen: readonly (readonly [at: number, priceE8: bigint | null])[]) =>
  seen.reduce((state, [at, price]) => observedStress(state, price, at, trigger), watching(0))

describe('a trigger', () => {
  test('fires when the feed has been below the level for the time, at that moment', () => {
    expect(play([100, 94_999_999n], [3_699, 90_000_000n]).triggeredAt).toBeNull()
    expect(play([100, 94_999_999n], [3_700, 99_000_000n]).triggeredAt).toBe(3_700)
    expect(play([100, 94_999_999n], [9_000, 90_000_000n]).triggeredAt).toBe(3_700)
  })

  test('begins anew when the feed was at the level in between', () => {
    expect(
      play([100, 90_000_000n], [3_000, 95_000_000n], [3_001, 90_000_000n], [6_600, 90_000_000n]).triggeredAt,
    ).toBeNull()
    expect(
      play([100, 90_000_000n], [3_000, 95_000_000n], [3_001, 90_000_000n], [6_601, 90_000_000n]).triggeredAt,
    ).toBe(6_601)
  })

  test('counts nothing while no price is known, nor after its term', () => {
    // 1,900 s below, 1,000 s unknown, 1,700 s below again.
    const seen = [
      [100, 90_000_000n],
      [2_000, null],
      [3_000, 90_000_000n],
    ] as const
    expect(play(...seen, [4_699, 90_000_000n]).triggeredAt).toBeNull()
    expect(play(...seen, [4_700, 90_000_000n]).triggeredAt).toBe(4_700)
    expect(play([96_500, 90_000_000n], [200_000, 90_000_000n]).triggeredAt).toBeNull()
    expect(play([96_400, 90_000_000n], [200_000, 90_000_000n]).triggeredAt).toBe(100_000)
  })
})

const rules: CoverRules = { premiumBps: 250n, leverageBps: 30_000n, payment: 'pro-rata' }

function covered(fund: CoverFund, holder: string, amount: bigint, terms = rules): CoverFund {
  const done = buyCover(fund, { holder, amount }, terms)
  if (done.status === 'refused') throw new Error(done.reason)
  return done.fund
}

describe('a fund of cover', () => {
  // 1,000 of capital and 25 + 50 of premiums against 3,000 of cover: 1,075/3,000 of it.
  const fund = covered(covered(provideCapital(EMPTY_COVER_FUND, 1_000n), 'ada', 1_000n), 'bo', 2_000n)

  test('sells up to its leverage and keeps the capital that it binds', () => {
    expect(fund).toMatchObject({ capital: 1_075n, sold: 3_000n })
    expect(buyCover(fund, { holder: 'cy', amount: 226n }, rules)).toMatchObject({ reason: 'over-capacity' })
    expect(buyCover(fund, { holder: 'cy', amount: 225n }, rules)).toMatchObject({ premium: 6n })
    expect(withdrawCapital(fund, 76n, rules)).toMatchObject({ reason: 'capital-bound' })
    expect(withdrawCapital(fund, 75n, rules)).toMatchObject({ fund: { capital: 1_000n } })
    expect(claimCover(fund, 'ada', rules)).toMatchObject({ reason: 'not-triggered' })
  })

  test('pays pro rata, whoever comes first', () => {
    const ada = claimCover(triggerCover(fund), 'ada', rules)
    expect(ada).toMatchObject({ paid: 358n, unpaid: 642n })
    if (ada.status === 'refused') return
    expect(claimCover(ada.fund, 'bo', rules)).toMatchObject({ paid: 716n, fund: { capital: 1n, sold: 0n } })
    expect(claimCover(ada.fund, 'ada', rules)).toMatchObject({ reason: 'nothing-covered' })
    expect(buyCover(ada.fund, { holder: 'cy', amount: 1n }, rules)).toMatchObject({ reason: 'triggered' })
    expect(withdrawCapital(ada.fund, 1n, rules)).toMatchObject({ reason: 'triggered' })
  })

  test('or the first in full and the last nothing', () => {
    const first = { ...rules, payment: 'first-come' } as const
    const ada = claimCover(triggerCover(fund), 'ada', first)
    expect(ada).toMatchObject({ paid: 1_000n, unpaid: 0n })
    if (ada.status === 'refused') return
    expect(claimCover(ada.fund, 'bo', first)).toMatchObject({
      paid: 75n,
      unpaid: 1_925n,
      fund: { capital: 0n },
    })
  })

  test('pays no more than it has, nobody more than he is covered for, and capital is what came in less what was paid', () => {
    const payment = fc.constantFrom('pro-rata', 'first-come' as const)
    const buys = fc.array(fc.tuple(fc.constantFrom('ada', 'bo', 'cy'), fc.bigInt(1n, 10n ** 6n)), {
      maxLength: 10,
    })
    fc.assert(
      fc.property(payment, buys, fc.bigInt(0n, 10n ** 6n), (kind, all, capital) => {
        const terms = { ...rules, payment: kind }
        let state = provideCapital(EMPTY_COVER_FUND, capital)
        let expected = capital
        for (const [holder, amount] of all) {
          const done = buyCover(state, { holder, amount }, terms)
          if (done.status === 'refused') continue
          state = done.fund
          expected += done.premium
        }
        state = triggerCover(state)
        const enough = state.capital >= state.sold
        for (const holder of ['cy', 'ada', 'bo']) {
          const done = claimCover(state, holder, terms)
          if (done.status === 'refused') continue
          expect(done.unpaid >= 0n && (!enough || done.unpaid === 0n)).toBe(true)
          state = done.fund
          expected -= done.paid
          expect(state.capital).toBe(expected)
          expect(state.capital >= 0n).toBe(true)
        }
        expect(state.sold).toBe(0n)
      }),
    )
  })

  test('names impossible and dubious rules', () => {
    expect(coverFaults({ ...rules, leverageBps: 10_000n })).toEqual([])
    expect(coverFaults(rules)).toMatchObject([{ severity: 'dubious' }])
    expect(coverFaults({ ...rules, premiumBps: 10_001n, leverageBps: 0n })).toHaveLength(2)
  })
})
