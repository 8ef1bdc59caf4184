import { WAD } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type NavFund,
  type NavRules,
  navFaults,
  nextMark,
  payRedemptions,
  publishMark,
  requestRedemption,
  sellAssets,
  subscribeNav,
  trueValueE18,
} from './nav-fund.ts'

/** A mark a day, of the day before; two days' notice; a tenth a day. */
const DAY = 86_400
const rules: NavRules = {
  markEverySeconds: DAY,
  markLagSeconds: DAY,
  noticeSeconds: 2 * DAY,
  pricedAt: 'payment',
  gateBps: 1_000n,
}
const open = { ...rules, noticeSeconds: 0, gateBps: 10_000n }
const fund: NavFund = {
  shares: 1_000n,
  cash: 200n,
  assets: 800n,
  mark: { valueE18: WAD, publishedAt: 0 },
  queue: [],
  paidShares: 0n,
}

function asked(state: NavFund, holder: string, shares: bigint, now = 0): NavFund {
  const done = requestRedemption(state, { holder, shares }, now)
  if (done.status === 'refused') throw new Error(done.reason)
  return done.fund
}

describe('a fund of real-world assets', () => {
  test('is marked on its schedule, about a moment that is past', () => {
    expect(nextMark(fund, rules)).toEqual({ at: DAY, about: 0 })
    expect(publishMark(fund, WAD / 2n, DAY - 1, rules)).toMatchObject({ reason: 'too-early' })
    expect(publishMark(fund, WAD / 2n, DAY, rules)).toMatchObject({ fund: { mark: { valueE18: WAD / 2n } } })
  })

  test('lets who leaves at a stale mark take the loss out of who stays', () => {
    // A fifth of all shares leaves at 1 after the assets have lost 10 % of the whole: 0.9 becomes (0.9 − 0.2)/0.8 = 0.875.
    const lost = { ...fund, assets: 700n }
    expect(trueValueE18(lost)).toBe((WAD * 9n) / 10n)
    const { fund: after, payments } = payRedemptions(asked(lost, 'ada', 200n), 0, open)
    expect(payments).toEqual([{ holder: 'ada', shares: 200n, amount: 200n }])
    expect(trueValueE18(after)).toBe((WAD * 875n) / 1_000n)
    // At the true mark nobody takes anything from anybody.
    const marked = { ...lost, mark: { valueE18: (WAD * 9n) / 10n, publishedAt: 0 } }
    expect(trueValueE18(payRedemptions(asked(marked, 'ada', 200n), 0, open).fund)).toBe((WAD * 9n) / 10n)
  })

  test('pays in the order of requests, after the notice, through the gate', () => {
    const waiting = asked(asked(fund, 'ada', 60n), 'bo', 60n, DAY)
    expect(payRedemptions(waiting, 2 * DAY - 1, rules).payments).toEqual([])
    const first = payRedemptions(waiting, 2 * DAY, rules)
    expect(first.payments).toEqual([{ holder: 'ada', shares: 60n, amount: 60n }])
    const second = payRedemptions(first.fund, 3 * DAY, rules)
    expect(second.payments).toEqual([{ holder: 'bo', shares: 40n, amount: 40n }])
    expect(payRedemptions(second.fund, 3 * DAY, rules).payments).toEqual([])
    const next = publishMark(second.fund, WAD / 2n, 3 * DAY, rules)
    if (next.status === 'refused') throw new Error(next.reason)
    expect(payRedemptions(next.fund, 3 * DAY, rules).payments).toEqual([
      { holder: 'bo', shares: 20n, amount: 10n },
    ])
    expect(payRedemptions(next.fund, 3 * DAY, { ...rules, pricedAt: 'request' }).payments).toEqual([
      { holder: 'bo', shares: 20n, amount: 20n },
    ])
  })

  test('waits when its buffer is empty, until assets are sold, at what they bring', () => {
    const dry = payRedemptions(asked(fund, 'ada', 500n), 0, open)
    expect(dry).toMatchObject({ payments: [{ amount: 200n }], fund: { cash: 0n, queue: [{ shares: 300n }] } })
    expect(payRedemptions(dry.fund, 0, open).payments).toEqual([])
    expect(sellAssets(dry.fund, { worth: 801n, brought: 1n })).toMatchObject({ reason: 'more-than-assets' })
    const sold = sellAssets(dry.fund, { worth: 400n, brought: 300n })
    expect(sold).toMatchObject({ loss: 100n, fund: { assets: 400n, cash: 300n } })
    if (sold.status === 'ok')
      expect(payRedemptions(sold.fund, 0, open).fund).toMatchObject({ queue: [], cash: 0n, shares: 500n })
  })

  test('loses no coin and pays no share twice, whatever is asked', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('subscribe' as const), amount: fc.bigInt(1n, 500n) }),
      fc.record({ kind: fc.constant('redeem' as const), amount: fc.bigInt(1n, 500n) }),
      fc.record({ kind: fc.constant('mark' as const), amount: fc.bigInt(0n, 3n) }),
      fc.record({ kind: fc.constant('sell' as const), amount: fc.bigInt(1n, 300n) }),
      fc.record({ kind: fc.constant('pay' as const), amount: fc.constant(0n) }),
    )
    const terms = fc.constantFrom(rules, open, { ...rules, pricedAt: 'request' as const })
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(DAY)), { maxLength: 40 }), terms, (steps, chosen) => {
        let state = fund
        let [now, cash, shares] = [0, fund.cash, fund.shares]
        for (const [{ kind, amount }, wait] of steps) {
          now += wait
          if (kind === 'pay') {
            const { fund: next, payments } = payRedemptions(state, now, chosen)
            state = next
            for (const payment of payments) {
              cash -= payment.amount
              shares -= payment.shares
            }
          } else {
            const done =
              kind === 'subscribe'
                ? subscribeNav(state, amount)
                : kind === 'redeem'
                  ? requestRedemption(state, { holder: 'ada', shares: amount }, now)
                  : kind === 'mark'
                    ? publishMark(state, (amount * WAD) / 2n, now, chosen)
                    : sellAssets(state, { worth: amount, brought: amount / 2n })
            if (done.status === 'refused') continue
            if (kind === 'subscribe') cash += amount
            if (kind === 'sell') cash += amount / 2n
            if ('shares' in done && typeof done.shares === 'bigint') shares += done.shares
            state = done.fund
          }
          expect([state.cash, state.shares]).toEqual([cash, shares])
          expect(state.cash >= 0n).toBe(true)
          expect(state.queue.reduce((sum, each) => sum + each.shares, 0n) <= state.shares).toBe(true)
        }
      }),
    )
  })

  test('names impossible and dubious rules', () => {
    expect(navFaults(rules)).toEqual([])
    expect(navFaults({ ...rules, markEverySeconds: 0, gateBps: 0n, noticeSeconds: -1 })).toHaveLength(3)
    expect(navFaults({ ...rules, pricedAt: 'request' })).toMatchObject([{ severity: 'dubious' }])
  })
})
