// The repeated auction against what is known of it: closed forms, the exact play of the strategies package, and itself played the other way.
import { type MechanismName, mechanismRules } from '@solvent/mechanisms'
import {
  playFlow,
  type StrategyConfig,
  type TenderStrategyConfig,
  type TenderStrategyName,
  tenderStrategyKinds,
} from '@solvent/strategies'
import { describe, expect, test } from 'vitest'
import { all, bidders, NAMES, smallStudy } from './study.testing.ts'
import { tenderSession } from './tender-session.ts'
import type { TenderStudy } from './tender-study.ts'

const session = (change: Partial<TenderStudy>) => tenderSession(smallStudy(change), 7, 1)
const RING = ['ann', 'ben', 'cid']
/** The ring of three, with one that competes. */
const ringOf = (kind: TenderStrategyName, parameters: Record<string, number> = {}) =>
  bidders({
    ...Object.fromEntries(RING.map((name) => [name, { kind, parameters, ring: RING }])),
    dan: { kind: 'equilibrium' },
  })

describe('competition', () => {
  test('pays 2/(n + 1) at first and at second price, and nothing more than in its counterfactual', () => {
    // Standard errors of 4,000 tenders from priceVariance(n = 4): 0.122/63 and 0.163/63.
    for (const [rule, error] of [
      ['first-price', 0.0019],
      ['second-price', 0.0026],
    ] as const) {
      const { price, overcharge, filled, hhi } = session({ mechanism: { rule }, tenders: 4_000 })
      expect(Math.abs(price - 0.4)).toBeLessThan(4 * error)
      expect([overcharge, filled]).toEqual([0, 1])
      expect(Math.abs(hhi - 0.25)).toBeLessThan(0.01)
    }
  })

  test('is played as the exact repeated auction plays it, bid by bid', () => {
    const mechanisms = [
      { rule: 'first-price' },
      { rule: 'second-price' },
      { rule: 'request-for-quote' },
      // Ticks so short that no two bidders come in one: there names decide in one play, and luck in the other.
      { rule: 'dutch', decayMs: 86_400_000, tickMs: 1 },
    ] as const
    for (const mechanism of mechanisms) {
      const strategies: Record<string, TenderStrategyConfig> = {
        ann: { kind: 'bid-rotation', ring: ['ann', 'ben'], parameters: { coverPpm: 0, noisePpm: 200_000 } },
        ben: { kind: 'bid-rotation', ring: ['ann', 'ben'], parameters: { coverPpm: 0, noisePpm: 200_000 } },
        cid: { kind: 'best-response' },
        dan: { kind: 'mark-up', parameters: { markUpPpm: 100_000 } },
      }
      const feedback = mechanism.rule === 'dutch' ? 'winning-bid' : 'all-bids'
      const { kept } = session({
        ...{ mechanism, feedback, kept: 100, tenders: 100, delaysMs: { low: 0, high: 0 } },
        bidders: bidders(strategies),
      })
      const orders = kept.map(({ id, time, chain, asset, costs }) => ({
        ...{ id, time, market: { chain, asset, user: '' }, value: 10n ** 12n, reserve: 1 },
        costs: new Map(NAMES.map((name, at) => [name as string, costs[at] ?? 0])),
        delaysMs: new Map(),
      }))
      const exact = playFlow(orders, {
        ...{ mechanism, strategies: new Map(Object.entries(strategies)), seed: 7 },
        revealsBids: feedback === 'all-bids',
      })
      expect(exact.tenders.length).toBe(100)
      exact.tenders.forEach(({ bids, winner }, at) => {
        expect(NAMES.map((name) => bids.get(name) ?? null)).toEqual(kept[at]?.bids)
        expect(NAMES[kept[at]?.winner ?? 0]).toBe(winner)
      })
    }
  })

  test('of equals is decided by luck, and not by name', () => {
    const { bidders: four } = session({
      tenders: 4_000,
      bidders: all({ kind: 'truthful' }).map((each) => ({ ...each, costs: { kind: 'fixed', cost: 0.5 } })),
    })
    // 4,000 fair draws: a standard deviation of 0.0068 around a quarter.
    for (const { share } of four) expect(Math.abs(share - 0.25)).toBeLessThan(4 * 0.0068)
  })
})

describe('the fast way', () => {
  test('comes to what the mechanism itself comes to, regrets included', () => {
    const mixed = bidders({
      ann: { kind: 'multiplicative-weights' },
      ben: { kind: 'exp3' },
      cid: { kind: 'mark-up', parameters: { markUpPpm: 100_000 } },
      dan: { kind: 'mark-up', parameters: { markUpPpm: 100_000 } },
      // At the learners' third level, so that there are ties of two, three and four.
    }).map((each) => ({ ...each, costs: { kind: 'fixed', cost: 0.5 } as const }))
    const play = (rule: 'first-price' | 'sealed-encrypted') => {
      const { bidders: four, ...rest } = session({ mechanism: { rule }, bidders: mixed })
      return { rest, four: four.map(({ regretBound: _, ...bidder }) => bidder) }
    }
    // Both are first price; the second is always cleared by its own rule. Regret is summed in another order.
    const [fast, slow] = [play('first-price'), play('sealed-encrypted')]
    expect(fast.rest).toEqual(slow.rest)
    expect(fast.four).toEqual(
      slow.four.map((bidder) => ({ ...bidder, regret: expect.closeTo(bidder.regret ?? 0, 12) })),
    )
    expect(Math.max(...fast.four.map(({ regret }) => regret ?? 0))).toBeGreaterThan(0.01)
  })

  test.each(['first-price', 'second-price'] as const)(
    'measures at %s the regret that trying every level against the bids of the others gives',
    (rule) => {
      const strategies = {
        ann: { kind: 'multiplicative-weights' },
        ben: { kind: 'truthful' },
        cid: { kind: 'mark-up', parameters: { markUpPpm: 300_000 } },
      } as const
      const { kept, bidders: three } = session({
        ...{ mechanism: { rule }, reserve: 0.8, kept: 400, bidders: bidders(strategies) },
      })
      const regretOf = (bidder: number) => {
        let tenders = 0
        const gains = Array<number>(11).fill(0)
        let earned = 0
        for (const { bids, costs, winner } of kept) {
          const cost = costs[bidder] ?? 0
          if (cost >= 0.8) continue
          tenders++
          const rival = Math.min(0.8, ...bids.filter((bid, at) => bid !== null && at !== bidder).map(Number))
          const paidAt = (price: number) => (rule === 'second-price' ? rival : price)
          const part = (price: number) => (paidAt(price) - cost) / (0.8 - cost)
          if (winner === bidder) earned += part(bids[bidder] ?? 0)
          for (let level = 0; level <= 10; level++) {
            const price = cost + (level / 10) * (0.8 - cost)
            // At the limit it wins where nobody else bid.
            if (price < rival || (level === 10 && rival === 0.8))
              gains[level] = (gains[level] ?? 0) + part(price)
          }
        }
        return (Math.max(...gains) - earned) / tenders
      }
      expect(kept.length).toBe(400)
      three.forEach(({ regret }, bidder) => {
        expect(regret).toBeCloseTo(regretOf(bidder), 8)
      })
    },
  )

  test('is the same session by session, whatever came before', () => {
    const learners = smallStudy({ bidders: all({ kind: 'q-learning' }) })
    const second = tenderSession(learners, 7, 2)
    tenderSession(learners, 7, 1)
    expect(tenderSession(learners, 7, 2)).toEqual(second)
    expect(tenderSession(learners, 7, 3).price).not.toBe(second.price)
  })
})

test('every strategy meets every mechanism', () => {
  const own: StrategyConfig[] = [
    { kind: 'cost-plus', marginBps: 10 },
    { kind: 'inventory-aware', marginBps: 10, skewBps: 5 },
    { kind: 'risk-averse', marginBps: 10, premiumBps: 5 },
    { kind: 'undercutter', marginBps: 100, floorBps: 1, shaveBps: 1 },
    ...(Object.keys(tenderStrategyKinds) as TenderStrategyName[]).map((kind) => ({ kind, ring: RING })),
  ]
  for (const rule of Object.keys(mechanismRules) as MechanismName[])
    for (const strategy of own) {
      const {
        price,
        filled,
        bidders: four,
      } = session({
        ...{ mechanism: { rule }, tenders: 12, regretEvery: 6, talkingRings: [RING] },
        ...{ attemptCost: 0.01, leak: { ppm: 500_000, to: ['ann'] } },
        bidders: bidders({ ann: strategy, ben: strategy, cid: strategy, dan: { kind: 'equilibrium' } }),
      })
      expect(price >= 0 && price <= 1 && filled >= 0 && filled <= 1).toBe(true)
      expect(four.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(filled > 0 ? 1 : 0, 9)
      for (const { profit, regret } of four) expect(Number.isFinite(profit + (regret ?? 0))).toBe(true)
    }
})

describe('misconduct', () => {
  test('a second-price ring of three in four pays 0.55 instead of 0.4 (Graham and Marshall 1987)', () => {
    const {
      price,
      competitivePrice,
      bidders: four,
    } = session({
      ...{ mechanism: { rule: 'second-price' }, tenders: 4_000, talkingRings: [RING] },
      bidders: ringOf('bid-suppression'),
    })
    expect(Math.abs(price - 0.55)).toBeLessThan(0.015)
    expect(Math.abs((competitivePrice ?? 0) - 0.4)).toBeLessThan(0.011)
    expect(four.map(({ conduct }) => conduct)).toEqual([...Array(3).fill('collusive'), 'competitive'])
  })

  test('side payments are profits that sum to nothing', () => {
    const { bidders: four } = session({ talkingRings: [RING], bidders: ringOf('side-payments') })
    expect(four.reduce((sum, { sidePayments }) => sum + sidePayments, 0)).toBeCloseTo(0, 12)
    // Against an outsider the ring's price is the competitive one against two: above that against four.
    expect(four.some(({ sidePayments }) => sidePayments > 1e-6)).toBe(true)
    expect(four[3]?.sidePayments).toBe(0)
  })

  test('fades cost what the bond says, and bench whoever has none left', () => {
    const played = (bonds: object) =>
      session({
        mechanism: { rule: 'request-for-quote' },
        disciplines: { tenderSeconds: 60, kept: [], ...bonds },
        bidders: bidders({
          ann: { kind: 'fade-cartel', ring: ['ann'], parameters: { windowLength: 1_440 } },
          ben: { kind: 'equilibrium' },
          cid: { kind: 'equilibrium' },
        }),
      })
    const free = played({})
    const bonded = played({ bonds: { posted: 100, least: 0.5, slashBps: 1_000, denySeconds: 0 } })
    expect(free.fades).toBeGreaterThan(0.02)
    expect(bonded.fades).toBe(free.fades)
    const [before, after] = [free.bidders[0]?.profit ?? 0, bonded.bidders[0]?.profit ?? 0]
    // A tenth of the value for every fade.
    expect(before - after).toBeCloseTo(0.1 * free.fades, 9)
    const spent = played({ bonds: { posted: 0.5, least: 0.5, slashBps: 1_000, denySeconds: 0 } })
    expect(spent.fades).toBeCloseTo(1 / 400, 12)
  })

  test('a last look wins by a tick where bids leak to it', () => {
    const study = (ppm: number) =>
      session({
        leak: { ppm, to: ['ann'] },
        bidders: bidders({ ...mapOf(NAMES, { kind: 'equilibrium' }), ann: { kind: 'last-look' } }),
      }).bidders[0]?.share ?? 0
    // Its cost is below the best of three prices, 1/4 + 3/4 of the lowest cost: 7/16 of 400.
    expect(Math.abs(study(1_000_000) - 7 / 16)).toBeLessThan(0.1)
    expect(study(0)).toBeLessThan(study(500_000))
  })
})

function mapOf(names: readonly string[], strategy: StrategyConfig): Record<string, StrategyConfig> {
  return Object.fromEntries(names.map((name) => [name, strategy]))
}
