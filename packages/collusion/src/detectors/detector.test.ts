import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import type { BidMatrix } from '../bids/bid-matrix.ts'
import { labelledAuctionsOf } from '../bids/labelled-auctions.ts'
import { bidMatrixOf } from '../bids/tender-record.ts'
import { labelledMarket } from '../generators/labelled-market.ts'
import { PRICING_RULES } from '../generators/pricing-rule.ts'
import { pairTestsOf } from '../screening/pair-tests.ts'
import { detectorReport } from './detector-report.ts'
import { competitiveAsHigh, detectorScore, scoreMarket, trainOn } from './detector-score.ts'
import { MARKET_FEATURES, marketFeaturesOf } from './features.ts'
import { levelSpreadOf } from './level-spread.ts'
import { probabilityOf, trainLogistic } from './logistic.ts'
import { learningMarkets } from './simulated-examples.ts'

describe('logistic regression', () => {
  // By hand: features ±1 stay ±1 over their deviation √2·… the ridge makes ½w² − 2·2·ln(1 + e^−w/s) finite.
  it('separates without running away, and counts a missing feature as the mean', () => {
    const examples = [-1, -1, 1, 1].map((x) => ({ features: [x], label: x > 0 ? 1 : 0 }) as const)
    const model = trainLogistic(examples)
    expect(model.weights[0]).toBeCloseTo(0, 10)
    // At the maximum the ridge of 4 balances the surprise: 4·w = 4·(1 − P)·x/s with s = √(4/3).
    const x = 1 / Math.sqrt(4 / 3)
    const w = model.weights[1]!
    expect(w).toBeCloseTo(x * (1 - 1 / (1 + Math.exp(-w * x))), 8)
    // Four deviations are as far as a feature counts.
    expect(probabilityOf(model, [1e6])).toBeCloseTo(1 / (1 + Math.exp(-4 * w)), 10)
    expect(probabilityOf(model, [null])).toBeCloseTo(0.5, 10)
  })
})

it('leaves a feature out that can only accuse and was learnt to excuse, and learns the others without it', () => {
  const excused = ([0, 0, 0, 1, 1, 1] as const).map(
    (label, at) => ({ features: [label, 1 - label + (at % 3)], label }) as const,
  )
  const free = trainLogistic(excused)
  expect(free.weights[2]).toBeLessThan(0)
  const bound = trainLogistic(excused, [1])
  expect(bound.weights[2]).toBe(0)
  expect(bound.weights).toEqual([
    ...trainLogistic(excused.map(({ features, label }) => ({ features: features.slice(0, 1), label })))
      .weights,
    0,
  ])
  // A bound that does not bind changes nothing.
  expect(trainLogistic(excused, [0])).toEqual(free)
})

// χ² of six winners in ten tenders has half a tender for every transition; other orders of the same winners tell.
it('sees turns of all bidders in ten tenders, and none in honest ones', () => {
  const seen = (kind: 'rotation' | 'competitive') =>
    Array.from({ length: 12 }, (_, at) => {
      const market = { kind, rule: 'first-price', bidders: 6, tenders: 10 } as const
      const { matrix } = labelledMarket(market, createStreams(at).stream('turns'))
      // ln(1 − ln p), with p at most 0.05.
      return marketFeaturesOf(matrix)[MARKET_FEATURES.indexOf('foretold')]! >= Math.log1p(-Math.log(0.05))
    }).filter(Boolean).length
  expect(seen('rotation')).toBe(12)
  expect(seen('competitive')).toBeLessThan(3)
})

describe('the detector', () => {
  const options = { markets: 2, seed: 1 }

  it('is tested on each kind and rule that it did not learn from', () => {
    const labelled = [
      { bids: [1, 2], isCollusive: true },
      { bids: [1, 1.5, 3], isCollusive: false },
    ]
    const report = detectorReport({ markets: 1, seed: 1 }, labelled)
    expect(report.kinds).toHaveLength(7)
    expect(report.rules.map(({ unseen }) => unseen)).toEqual([...PRICING_RULES])
    expect(report.both.flatMap(({ byRule }) => Object.values(byRule))).toHaveLength(7 * PRICING_RULES.length)
    expect(report.labelled?.auctions).toBe(2)
    // Bids that move together without agreement: of shocks larger than it learnt of it says nothing, and accuses nobody.
    const [none] = report.shared_costs
    const large = report.shared_costs.at(-1)!
    expect(none).toMatchObject({ sigma: 0, abstained: 0, cartels_abstained: 0 })
    expect(large.abstained).toBeGreaterThan(0.6)
    expect(large.false_positive_rate).toBeLessThan(0.1)
    // One market of each kind and rule is little to learn from.
    expect(report.kinds.reduce((sum, { auc }) => sum + auc, 0) / report.kinds.length).toBeGreaterThan(0.7)
  })

  it('scores a cartel above competition', () => {
    const scored = (kind: 'sybil' | 'competitive') =>
      detectorScore(
        labelledMarket({ kind, bidders: 6, tenders: 40 }, createStreams(9).stream(kind)).matrix,
        options,
      ).probability
    expect(scored('sybil')).toBeGreaterThan(0.9)
    expect(scored('competitive')).toBeLessThan(0.5)
  })

  it('says nothing where bids carry no price, are few, or share more than it learnt of', () => {
    const learnt = trainOn(learningMarkets(options))
    const drawn = (tenders: number, sharedCostSigma: number) => {
      const market = { kind: 'competitive', bidders: 6, tenders, sharedCostSigma } as const
      return labelledMarket(market, createStreams(2).stream('honest')).matrix
    }
    const honest = drawn(40, 0)
    const atTheLimit = honest.bids.map((_, at) => honest.tenders[Math.floor(at / 6)]!.reserve!)
    const said = (matrix: BidMatrix) => {
      const { conclusion, abstention } = scoreMarket(learnt, matrix)
      return [conclusion, abstention]
    }
    expect(said(honest)).toEqual(['unsuspicious', null])
    expect(said({ ...honest, bids: atTheLimit })).toEqual(['none', 'no-prices'])
    expect(said(drawn(4, 0))).toEqual(['none', 'few-tenders'])
    expect(said(drawn(40, 0.4))).toEqual(['none', 'level-spread'])
  })

  // Probability is that of the one feature with a weight. Half of the competitive markets have a level that does not move and score low.
  it('compares with honest markets whose level moves as much', () => {
    const weighted = (feature: string) => MARKET_FEATURES.map((name) => (name === feature ? 1 : 0))
    const model = {
      means: weighted('none'),
      scales: MARKET_FEATURES.map(() => 1),
      weights: [0, ...weighted('kurt')],
    }
    const alike = (levelSpread: number, probability: number) =>
      Array.from({ length: 50 }, () => ({ levelSpread, probability }))
    const detector = { model, competitive: [...alike(0, 0.2), ...alike(0.1, 0.9)], learntLevelSpread: 0.1 }
    const at = (levelSpread: number) =>
      MARKET_FEATURES.map((name) => (name === 'level spread' ? levelSpread : 0))
    // At even odds: none of the forty beside it that do not move score as high, all of the others do.
    expect(competitiveAsHigh(detector, at(0))).toBe(1 / 41)
    expect(competitiveAsHigh(detector, at(0.1))).toBe(1)
  })
})

// By hand: logarithms 1, 3 and 5, 7 have 16 between on 1 degree of freedom, 4 within on 2, so that σ² = (16 − 2) / 2.
it('how much the level of bids moves is the component of variance between tenders', () => {
  const market = (...tenders: number[][]) =>
    bidMatrixOf(tenders.map((bids) => ({ base: 1, bids: bids.map(Math.exp) })))
  expect(levelSpreadOf(market([1, 3], [5, 7]))).toBeCloseTo(Math.sqrt(7), 9)
  expect(levelSpreadOf(market([1, 3], [3, 1]))).toBe(0)
  expect(levelSpreadOf(market([1], [2]))).toBeNull()
})

it('two bidders who always bid the same are scored, and their likeness is a number', () => {
  const records = Array.from({ length: 12 }, (_, at) => ({
    base: 100,
    bids: [100 + at, 100 + at, 103 + ((7 * at) % 5)],
  }))
  const matrix = bidMatrixOf(records)
  const [pair] = pairTestsOf(matrix, null)?.pairs ?? []
  expect(pair?.r).toBe(1)
  expect(Number.isFinite(pair?.Z)).toBe(true)
  expect(detectorScore(matrix, { markets: 1, seed: 1 }).probability).toBeGreaterThan(0)
})

it('labelled auctions need both labels and positive bids', () => {
  const text = (rows: unknown[]) =>
    JSON.stringify({ columns: ['pid', 'norm_bid', 'auction_cartelized'], rows })
  const two = (pid: number, label: number) => [
    [pid, 0.9, label],
    [pid, 0.95, label],
  ]
  expect(labelledAuctionsOf('f', text([...two(1, 0), ...two(2, 1), [3, 1, 1]]))).toHaveLength(2)
  expect(() => labelledAuctionsOf('f', text(two(1, 0)))).toThrow(/both labels/)
  expect(() => labelledAuctionsOf('f', text([[1, 0, 1]]))).toThrow(/not above 0/)
  expect(() => labelledAuctionsOf('f', '{"columns":["pid"],"rows":[[1]]}')).toThrow(/norm_bid/)
})
