import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { bidSourceOf } from '../bids/bid-file.ts'
import { bidMatrixOf } from '../bids/tender-record.ts'
import type { ConductKind } from '../generators/conduct.ts'
import { labelledMarket } from '../generators/labelled-market.ts'
import { SCREENS, screensOf } from '../screens/tender-screens.ts'
import { permutedScreenPValues, screenExcess } from './permuted-screens.ts'
import { addDistances } from './screen-distances.ts'
import { screenMarket } from './screen-market.ts'
import { addScreens, rankedBids } from './screen-sums.ts'
import { sortingNetwork } from './sorting-network.ts'

const options = { permutations: 199, seed: 1 }

function screened(kind: ConductKind, seed: number) {
  const { matrix } = labelledMarket({ kind, bidders: 6, tenders: 60 }, createStreams(seed).stream(kind))
  return screenMarket({ matrix, rebids: [], warnings: [] }, options)
}

describe('screening of a market', () => {
  it.each([
    ['cover', 'costs'],
    ['incomplete-cover', 'costs'],
    ['rotation', 'turns'],
    ['suppression', 'avoidance'],
    ['division', 'division'],
    ['sybil', 'costs'],
  ] as const)('sees %s by its sign, %s', (kind, sign) => {
    expect(screened(kind, 1).verdict.signs).toContain(sign)
  })

  // At a false discovery rate of 5 % a competitive market is flagged with at most that probability.
  it('rarely flags competition', () => {
    const flagged = Array.from({ length: 8 }, (_, seed) => screened('competitive', seed)).filter(
      ({ verdict }) => verdict.level !== 'none',
    )
    expect(flagged.length).toBeLessThanOrEqual(2)
  })

  // Gas that moves everyone's cost by 8 %: honest bids go up and down together. Likeness alone is no strong sign, and none once costs are known.
  it('does not take costs that all share for an agreement', () => {
    const verdicts = (isKnown: boolean) =>
      Array.from({ length: 6 }, (_, seed) => {
        const stream = createStreams(seed).stream('shared')
        const market = { kind: 'competitive', bidders: 6, tenders: 60, sharedCostSigma: 0.08 } as const
        const { matrix } = labelledMarket(market, stream)
        const source = { matrix: isKnown ? matrix : { ...matrix, costs: null }, rebids: [], warnings: [] }
        return screenMarket(source, options).verdict
      })
    const unknown = verdicts(false)
    expect(unknown.filter(({ signs }) => signs.includes('dependence')).length).toBeGreaterThan(3)
    expect(unknown.filter(({ level }) => level === 'strong')).toEqual([])
    expect(unknown.some(({ summary }) => summary.includes('column cost'))).toBe(true)
    expect(verdicts(true).filter(({ level }) => level !== 'none').length).toBeLessThanOrEqual(1)
  })

  it('comes again from the same seed, to the bit', () => {
    expect(JSON.stringify(screened('cover', 3))).toBe(JSON.stringify(screened('cover', 3)))
  })

  it('has no p values of screens without a scale, and says so', () => {
    const records = Array.from({ length: 12 }, (_, at) => ({ bids: [10 + (at % 3), 12, 13] }))
    const report = screenMarket({ matrix: bidMatrixOf(records), rebids: [], warnings: [] }, options)
    expect(report.permutation.screens).toBeNull()
    expect(report.verdict.limits.join()).toContain('neither base nor reserve')
  })
})

describe('quick screens', () => {
  it.each([
    ['spread widely', (uniform: number) => 90 + 20 * uniform],
    ['much nearer to each other than to those of other tenders', (uniform: number) => 90 + 1e-3 * uniform],
    ['with many equal ones', (uniform: number) => 90 + Math.floor(3 * uniform)],
  ])('are the plain ones, of bids %s', (_, bidOf) => {
    const stream = createStreams(1).stream('bids')
    const elsewhere = [4, 400]
    for (let n = 2; n < 40; n++) {
      const bids = Float64Array.from({ length: n }, () => bidOf(stream.uniform()))
      const market = rankedBids(Float64Array.of(...elsewhere, ...bids), Int32Array.of(0, 2, 2 + n))
      const sums = new Float64Array(SCREENS.length)
      for (const add of [addScreens, addDistances])
        add(market, { sums, counts: new Int32Array(SCREENS.length) })
      const [plain, other] = [screensOf(bids), screensOf(elsewhere)]
      for (const [at, name] of SCREENS.entries()) {
        const expected = (plain[name] ?? 0) + (other[name] ?? 0)
        expect(Math.abs(sums[at]! - expected), name).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)))
      }
    }
  })
})

// At second price cover bids lie near the cost of whoever is to win, wherever that is: nearer to each other than to those of other tenders.
it.each([
  ['second-price', 'cover', -3],
  ['first-price', 'competitive', null],
  ['second-price', 'competitive', null],
] as const)('bids at %s, %s, are spread as by chance, or less', (rule, kind, below) => {
  const stream = createStreams(1).stream(`${rule}/${kind}`)
  const { matrix } = labelledMarket({ kind, rule, bidders: 6, tenders: 40 }, stream)
  const cv = screenExcess(matrix, 60, stream.state())?.cv ?? Number.NaN
  if (below === null) expect(Math.abs(cv)).toBeLessThan(3)
  else expect(cv).toBeLessThan(below)
})

// The 0–1 principle (Knuth, TAOCP 3, 5.3.4, theorem Z): a network that sorts all zeros and ones sorts everything.
it.each([1, 2, 3, 5, 8, 11])('a network sorts %i places', (places) => {
  const network = sortingNetwork(places)
  for (let bits = 0; bits < 2 ** places; bits++) {
    const row = Array.from({ length: places }, (_, at) => (bits >> at) & 1)
    for (let at = 0; at < network.length; at += 2) {
      const [low, high] = [network[at]!, network[at + 1]!]
      if (row[low]! > row[high]!) [row[low], row[high]] = [row[high]!, row[low]!]
    }
    expect(row.join('')).toBe(row.toSorted().join(''))
  }
})

// Long series are turned between shuffles. Of p values that are uniform, 100 · 0.2 are at most 0.2, give or take three times 4.
it('p by permutation is uniform over competitive markets of long series', () => {
  const pValues = Array.from({ length: 100 }, (_, seed) => {
    const stream = createStreams(seed).stream('uniform')
    const records = Array.from({ length: 100 }, () => ({
      base: 100,
      bids: Array.from({ length: 3 }, () => 100 + 20 * stream.uniform()),
    }))
    return permutedScreenPValues(bidMatrixOf(records), 99, stream.state())?.cv ?? Number.NaN
  })
  const low = pValues.filter((p) => p <= 0.2).length
  expect(low).toBeGreaterThan(8)
  expect(low).toBeLessThan(32)
  expect(new Set(pValues).size).toBeGreaterThan(40)
})

describe('bids of a person', () => {
  const csv = (...rows: string[]) => ['tender,bidder,bid,reserve,time', ...rows].join('\n')
  const refusal = (text: string) => {
    try {
      bidSourceOf('bids.csv', text)
    } catch (error) {
      return String((error as Error).message)
    }
    return 'read'
  }

  it('are read in order of time, an empty bid as none', () => {
    const { matrix, warnings } = bidSourceOf(
      'bids.csv',
      csv('b,ann,5,9,2026-01-02', 'b,bob,5,9,2026-01-02', 'a,bob,4,9,2026-01-01', 'a,ann,,9,2026-01-01'),
    )
    expect(matrix.tenders.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(matrix.bidders).toEqual(['ann', 'bob'])
    expect([...matrix.bids]).toEqual([Number.NaN, 4, 5, 5])
    expect(warnings).toHaveLength(2)
  })

  it('have the same times in JSON', () => {
    const timed = (...times: (number | string)[]) =>
      bidSourceOf(
        'bids.json',
        JSON.stringify({ tenders: times.map((time, id) => ({ id, time, bids: [1, 2] })) }),
      )
    expect(timed('2026-01-02', 1_767_225_600).matrix.tenders.map(({ id }) => id)).toEqual(['1', '0'])
    expect(refusal('{"tenders":[{"time":"2026-02-30","bids":[1,2]}]}')).toContain(
      'tenders[0].time: a number, a date, or a date and time with its zone (got "2026-02-30")',
    )
  })

  it.each([
    ['line 3: ann has bid in tender a on line 2 already', csv('a,ann,1,9,1', 'a,ann,2,9,1')],
    ['line 2, bid: not above 0 (got -1)', csv('a,ann,-1,9,1')],
    ['line 2, bid: not a decimal number (got "NaN"', csv('a,ann,NaN,9,1')],
    ['line 3, reserve: tender a has "9" on line 2 (got "8")', csv('a,ann,1,9,1', 'a,bob,1,8,1')],
    ['line 2, time: a number, a date', csv('a,ann,1,9,2026-02-30')],
    ['line 2, time: missing', csv('a,ann,1,9,', 'b,ann,1,9,1')],
    ['line 2, bidder: empty', csv('a,,1,9,1')],
    ['unknown column "biddr" (did you mean bidder?)', 'tender,biddr,bid\na,b,1'],
    ['line 3: 3 columns are needed, as in the first row (got 2)', 'tender,bidder,bid\na,b,1\na,c'],
    ['line 1: columns are divided by semicolons', 'tender;bidder;bid\na;b;1,5\na;c;2,5'],
    ['the column bid is missing', 'tender,bidder\na,b'],
    ['at least two are needed (got 1)', csv('a,ann,1,9,1', 'b,ann,1,9,1')],
    ['nobody ever had a rival', csv('a,ann,1,9,1', 'b,bob,1,9,1')],
    ['tenders[1].bids: 2 entries are needed', '{"tenders":[{"bids":[1,2]},{"bids":[1]}]}'],
    ['line 2, bid: not from 1e-60 to 1e+60', csv('a,ann,1e300,9,1')],
    ['tenders[0].bids[1]', '{"tenders":[{"bids":[1,0]}]}'],
    ['not JSON', '{"tenders":'],
    ['100001 tenders', JSON.stringify({ tenders: new Array(100_001).fill({ bids: [1, 2] }) })],
  ])('are refused: %s', (problem, text) => {
    expect(refusal(text)).toContain(problem)
  })

  it('of two rounds are won in the second, and compared', () => {
    const { matrix, rebids } = bidSourceOf(
      'bids.csv',
      'tender,bidder,bid,round\na,ann,9,1\na,bob,8,1\na,ann,6,2\na,bob,7,2\nb,ann,3,1\nb,bob,4,1',
    )
    expect([...matrix.bids]).toEqual([6, 7, 3, 4])
    expect(rebids).toEqual([{ round1: [9, 8], round2: [6, 7] }])
  })
})
