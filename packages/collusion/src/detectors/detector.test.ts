import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { labelledAuctionsOf } from '../bids/labelled-auctions.ts'
import { bidMatrixOf } from '../bids/tender-record.ts'
import { labelledMarket } from '../generators/labelled-market.ts'
import { PRICING_RULES } from '../generators/pricing-rule.ts'
import { pairTestsOf } from '../screening/pair-tests.ts'
import { detectorReport } from './detector-report.ts'
import { detectorScore } from './detector-score.ts'
import { probabilityOf, trainLogistic } from './logistic.ts'

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
    // Bids that move together without agreement: a shock larger than it learnt of brings more false alarms.
    const [small] = report.shared_costs
    expect(report.shared_costs.at(-1)!.false_positive_rate).toBeGreaterThan(small!.false_positive_rate)
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
