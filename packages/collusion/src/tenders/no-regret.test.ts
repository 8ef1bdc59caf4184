// Learners against what is published of them: bounds on their regret, and what users pay when all learn.
import type { StrategyConfig } from '@solvent/strategies'
import { describe, expect, test } from 'vitest'
import { all, bidders, smallStudy } from './study.testing.ts'
import { tenderSession } from './tender-session.ts'
import type { TenderStudy } from './tender-study.ts'

const PAIR = ['ann', 'ben']
const TENDERS = 4_000
const session = (change: Partial<TenderStudy>) =>
  tenderSession(smallStudy({ tenders: TENDERS, blocks: 4, counterfactual: null, ...change }), 3, 1)
const last = (prices: readonly number[]) => prices.at(-1) ?? Number.NaN

const HEDGE = { kind: 'multiplicative-weights', parameters: { learningRatePpm: 300_000 } } as const

describe('two learners with private costs', () => {
  // Feng, Guruganesh, Liaw, Mehta, Sethi (AAAI 2021): the Bayes–Nash equilibrium at first price, truth at second price; 2/3 in both.
  test.each<[string, TenderStudy['mechanism']['rule'], StrategyConfig]>([
    ['multiplicative weights', 'first-price', HEDGE],
    ['multiplicative weights', 'second-price', HEDGE],
    ['regret matching', 'second-price', { kind: 'regret-matching' }],
  ])('%s at %s make users pay what they pay in equilibrium', (_, rule, strategy) => {
    const { blocks, converged } = session({
      ...{ tenders: 8_000, mechanism: { rule }, bidders: all(strategy, PAIR) },
    })
    // A block's mean has a standard error of 0.236/√2,000 = 0.0053 at second price, less at first.
    expect(Math.abs(last(blocks.price) - 2 / 3)).toBeLessThan(4 * 0.0053)
    expect(converged).toBe(true)
  })
})

describe('two learners whose costs never change', () => {
  const played = (rule: 'first-price' | 'second-price') =>
    session({
      mechanism: { rule },
      counterfactual: {
        strategy: { kind: 'truthful' },
        mechanism: { rule: 'second-price' },
        replaces: 'misconduct-and-learners',
      },
      bidders: all({ kind: 'multiplicative-weights', parameters: { levels: 21 } }, PAIR).map((each, at) => ({
        ...each,
        costs: { kind: 'fixed', cost: at === 0 ? 0.2 : 0.6 },
      })),
    })

  // Kolumbus and Nisan (WWW 2022): the loser of a second-price auction learns nothing of the truth; at first price the cheap one wins at the dear one's cost.
  test('pay the second cost at first price, and more at second price', () => {
    const [first, second] = [played('first-price'), played('second-price')]
    expect(first.competitivePrice).toBeCloseTo(0.6, 9)
    expect(Math.abs(last(first.blocks.price) - 0.6)).toBeLessThan(0.03)
    expect(second.overcharge).toBeGreaterThan(0.1)
    expect(second.bidders[0]?.share).toBeGreaterThan(0.99)
  })
})

describe('regret', () => {
  test.each<StrategyConfig>([
    { kind: 'multiplicative-weights', parameters: { learningRatePpm: 30_000 } },
    { kind: 'exp3', parameters: { explorationPpm: 30_000 } },
    { kind: 'regret-matching' },
  ])('of %o stays below what is proved, alone against rivals and among its like', (strategy) => {
    for (const others of [{ kind: 'equilibrium' } as const, strategy])
      for (const rule of ['first-price', 'second-price'] as const) {
        const { bidders: two } = session({
          mechanism: { rule },
          bidders: bidders({ ann: strategy, ben: others }),
        })
        const { regret, regretBound } = two[0]!
        // The bounds are of means; a session's earnings stray by at most √(T ln 1000/2) with a chance of 999 in 1,000 (Hoeffding, Azuma).
        expect(regret).toBeLessThan((regretBound ?? 0) + Math.sqrt(Math.log(1_000) / 2 / TENDERS))
        expect(regretBound).toBeLessThan(0.5)
      }
  })

  test('is that of never having asked for less: the whole way, where a rival asks for all of it', () => {
    const { bidders: two } = session({
      tenders: 100,
      bidders: bidders({
        ann: { kind: 'mark-up', parameters: { markUpPpm: 1_000_000 } },
        ben: { kind: 'truthful' },
      }).map((each) => ({ ...each, costs: { kind: 'fixed', cost: each.name === 'ann' ? 0 : 0.5 } as const })),
    })
    // Ann's price is the limit, Ben asks for 0.5 and wins. At 0.4 she would have won every time; at 0.5 in half of the ties.
    expect(two[0]?.share).toBe(0)
    expect(two[0]?.regret).toBeGreaterThanOrEqual(0.4 - 1e-9)
    expect(two[0]?.regret).toBeLessThan(0.5)
  })

  test('of whoever tells the truth where nobody else can bid is the whole way to the limit', () => {
    const { bidders: two } = session({
      ...{ tenders: 100, reserve: 0.9 },
      bidders: all({ kind: 'truthful' }, PAIR).map((each, at) => ({
        ...each,
        costs: { kind: 'fixed', cost: at === 0 ? 0.3 : 1 },
      })),
    })
    expect(two.map(({ regret }) => regret)).toEqual([expect.closeTo(1, 12), null])
  })

  test('is bounded by nothing for whoever does not hear enough', () => {
    const { bidders: two } = session({
      ...{ tenders: 100, feedback: 'winning-bid' },
      bidders: bidders({ ann: { kind: 'multiplicative-weights' }, ben: { kind: 'exp3' } }),
    })
    expect(two.map(({ regretBound }) => regretBound === null)).toEqual([true, false])
  })
})
