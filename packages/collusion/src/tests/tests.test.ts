import { describe, expect, it } from 'vitest'
import { winnersOf } from '../bids/bid-matrix.ts'
import { bidMatrixOf } from '../bids/tender-record.ts'
import { rocOf } from '../detectors/roc.ts'
import { bajariYeOf } from './bajari-ye.ts'
import { benfordOf } from './benford.ts'
import { correlationTest } from './correlation.ts'
import { demandShiftOf } from './demand-shift.ts'
import { grangerTestsOf } from './granger.ts'
import { marketDivisionOf } from './market-division.ts'
import { missingBidsOf } from './missing-bids.ts'
import { overchargeOf } from './overcharge.ts'
import { porterZonaOf } from './porter-zona.ts'
import { rebidTestOf } from './rebid.ts'
import { shareStabilityOf } from './share-stability.ts'
import { winSequenceOf } from './win-sequence.ts'

/** The largest values are checked against the worked cases of the reference; here are the edges. */
const bidsOnly = bidMatrixOf([{ bids: [3, 1, null] }, { bids: [1, 1, 5] }, { bids: [null, null, null] }])

describe('who wins', () => {
  it('is the lowest bid, of equal ones the first, and nobody where nobody bid', () => {
    expect([...winnersOf(bidsOnly)]).toEqual([1, 0, -1])
  })

  // By hand: T 4, transitions 0→1, 1→0, 0→1; N = 3, each row and its column sure: G = 2(2 ln 1.5 + ln 3).
  it('is foreseeable where two take turns', () => {
    const sequence = winSequenceOf([0, -1, 1, 0, 1], 2)
    expect(sequence.T).toBe(4)
    expect(sequence.transition_G).toBeCloseTo(2 * (2 * Math.log(1.5) + Math.log(3)), 12)
    expect(sequence.repeat_rate).toBe(0)
    expect(sequence.runs).toBe(4)
    expect(sequence.hhi).toBe(0.5)
    // Mood: mean (T(T+1) − S2)/T = (20 − 8)/4.
    expect(sequence.runs_mean).toBe(3)
  })

  it('has no test of runs or transitions where one bidder wins everything', () => {
    const sequence = winSequenceOf([0, 0, 0], 2)
    expect([sequence.runs_z, sequence.runs_p_two_sided, sequence.transition_p]).toEqual([null, null, null])
  })

  it('is stable in its shares where windows repeat, and has none where windows would be of one tender', () => {
    const winners = Int32Array.from({ length: 24 }, (_, at) => at % 2)
    expect(shareStabilityOf(winners, 2)?.instability_index).toBe(0)
    expect(shareStabilityOf(winners.subarray(0, 11), 2)).toBeNull()
  })

  it('is divided completely where each has a chain of its own', () => {
    const division = marketDivisionOf([0, 1, 0, 1], ['a', 'b', 'a', 'b'], 2)
    expect(division?.cramers_v).toBe(1)
    expect(marketDivisionOf([0, 1], ['a', 'a'], 2)).toBeNull()
    expect(marketDivisionOf([0, 1], [null, null], 2)).toBeNull()
  })
})

describe('tests that need costs or scales', () => {
  it('are not made where these are not known', () => {
    expect([bajariYeOf(bidsOnly), porterZonaOf(bidsOnly), overchargeOf(bidsOnly)]).toEqual([null, null, null])
    expect([demandShiftOf(bidsOnly), missingBidsOf(bidsOnly), grangerTestsOf(bidsOnly)]).toEqual([
      null,
      null,
      [],
    ])
  })

  // By hand: reserve 10, bids 6 and 8 → distances −0.2 and 0.2; the lowest would also have won at 7.9 (+30 %).
  it('shift demand and measure distances over the reserve', () => {
    const matrix = bidMatrixOf([{ reserve: 10, bids: [6, 8] }])
    expect(demandShiftOf(matrix, [-0.3, 0.3])).toMatchObject({ D: [1, 0.5], nbids: 2, free_price_rise: true })
    expect(missingBidsOf(matrix, { reach: 0.3, bins: 3, within: 0.25 })).toMatchObject({
      counts: [1, 0, 1],
      share_within: 1,
    })
  })

  // By hand: cheapest 2, n 2, reserve 10: competition pays 2 + 8/2 = 6; the other one won at 9.
  it('charge what was paid beyond the competitive equilibrium', () => {
    const matrix = bidMatrixOf([{ base: 10, reserve: 10, costs: [2, 4], bids: [null, 9] }])
    expect(overchargeOf(matrix)).toMatchObject({
      total_user_loss: 3,
      mean_overcharge_pct_base: 30,
      total_inefficiency: 2,
      solver_rent_total: 5,
      competitive_rent_total: 4,
    })
  })
})

it('a correlation of fewer than five or of a constant is not tested', () => {
  expect(correlationTest({ i: 0, j: 1 }, [1, 2, 3, 4], [1, 2, 3, 4]).p).toBeNull()
  expect(correlationTest({ i: 0, j: 1 }, [1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).r).toBeNull()
  expect(correlationTest({ i: 0, j: 1 }, [1, 2, 3, 4, 5], [1, 2, 3, 4, 6]).p).toBeLessThan(0.01)
})

it('bids again: a bidder who left is no pair, and no near pair is no rate', () => {
  expect(rebidTestOf([])).toBeNull()
  const test = rebidTestOf([{ round1: [1.05, 1.051, 1.2], round2: [1, null, 0.9] }])
  expect(test?.rank_flip_1_2).toEqual({ flips: 0, n: 0, rate: null })
  expect(test?.p_one_sided_less).toBeNull()
  expect(test?.lowest_persistence).toBe(0)
})

it('first digits are those of the decimal notation', () => {
  expect(benfordOf([0.0019, 2, 9.999, -3, 0])?.counts).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1])
  expect(benfordOf([0, -1])).toBeNull()
})

describe('the receiver operating characteristic', () => {
  // By hand: of four pairs two are right and two tied.
  it('counts ties one half', () => {
    expect(rocOf([2, 1, 1, 1], [1, 1, 0, 0])?.auc).toBe(0.75)
    expect(rocOf([1, 2], [1, 1])).toBeNull()
  })
})
