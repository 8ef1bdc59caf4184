import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summaryOfScreens } from './screen-summary.ts'
import { subsetScreensOf, subsetsOf } from './subset-screens.ts'
import { SCREENS, screensOf } from './tender-screens.ts'

describe('screens of a tender', () => {
  // By hand: bids 100, 104, 106; losers' s = √2.
  it('are the distances between the lowest bids in several measures', () => {
    const screens = screensOf([106, 100, 104])
    expect(screens.spd).toBeCloseTo(0.06, 12)
    expect(screens.d).toBe(4)
    expect(screens.diffp).toBeCloseTo(0.04, 12)
    expect(screens.rd).toBeCloseTo(4 / Math.SQRT2, 12)
    expect(screens.rdnor).toBeCloseTo(8 / 6, 12)
    expect(screens.rdalt).toBeCloseTo(4 / 2, 12)
    // x = 0, 2/3, 1: greatest of (i/n − x) and (x − (i−1)/n) is 1/3; |x − i/4| is 1/4.
    expect(screens.ks_uniform).toBeCloseTo(1 / 3, 12)
    expect(screens.ks_rank).toBeCloseTo(1 / 4, 12)
    expect(screens.kurt).toBeNull()
  })

  it('are null where there are too few bids', () => {
    const one = screensOf([5])
    expect(SCREENS.filter((name) => one[name] !== null)).toEqual([])
    const two = screensOf([5, 6])
    expect(SCREENS.filter((name) => two[name] === null)).toEqual(['skew', 'kurt', 'rd', 'rdnor', 'rdalt'])
  })

  it('are null where a denominator is rounding: losers that are equal say nothing of distances', () => {
    const screens = screensOf([0.9, 0.97, 0.97 + 1e-12])
    expect([screens.rd, screens.rdalt]).toEqual([null, null])
    expect(screens.rdnor).not.toBeNull()
    const equal = screensOf([0.97, 0.97, 0.97])
    expect(equal.cv).toBeCloseTo(0, 12)
    expect([equal.skew, equal.rdnor, equal.ks_uniform]).toEqual([null, null, null])
  })

  it('do not depend on the order of bids, and but for D not on the unit', () => {
    const bids = fc.array(fc.integer({ min: 1_000, max: 9_000 }), { minLength: 4, maxLength: 8 })
    fc.assert(
      fc.property(bids, (some) => {
        const screens = screensOf(some)
        expect(screensOf([...some].reverse())).toEqual(screens)
        const scaled = screensOf(some.map((bid) => bid * 8))
        for (const name of SCREENS) if (name !== 'd') expect(scaled[name]).toEqual(screens[name])
      }),
    )
  })
})

it('subsets are all of k, once each', () => {
  expect(subsetsOf(6, 3)).toHaveLength(20)
  expect(new Set(subsetsOf(6, 4).map(String)).size).toBe(15)
  expect(subsetScreensOf([1, 2, 3], 4)).toBeNull()
  expect(subsetScreensOf([1, 2, 4], 3)?.stats.d).toEqual({ mean: 1, median: 1, min: 1, max: 1 })
  expect(subsetScreensOf([1, 2, 4], 3)?.stats.kurt).toBeNull()
})

it('a summary counts the tenders that have a screen', () => {
  const summary = summaryOfScreens([screensOf([1, 2]), screensOf([1, 2, 4])])
  expect(summary.d).toEqual({ count: 2, mean: 1, median: 1, sd: 0 })
  expect(summary.rd.count).toBe(1)
  expect(summary.rd.sd).toBeNull()
  expect(summary.kurt).toEqual({ count: 0, mean: null, median: null, sd: null })
})
