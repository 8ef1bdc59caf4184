/**
 * Everything that bids alone can say about a market: screens of each tender, tests of the market with p values by
 * permutation, pairs and rings with the rate of false discoveries under control, and a verdict in words.
 */
import { createStreams } from '@solvent/kernel'
import type { BidSource } from '../bids/bid-file.ts'
import { type BidMatrix, bidsOf, winnersOf } from '../bids/bid-matrix.ts'
import { summaryOfScreens } from '../screens/screen-summary.ts'
import { subsetScreensOf } from '../screens/subset-screens.ts'
import { SCREENS, screensOf } from '../screens/tender-screens.ts'
import { falseDiscoveryRates } from '../statistics/false-discovery.ts'
import { meanOf } from '../statistics/moments.ts'
import { bajariYeOf, residualBids } from '../tests/bajari-ye.ts'
import { benfordOf } from '../tests/benford.ts'
import { demandShiftOf } from '../tests/demand-shift.ts'
import { grangerTestsOf } from '../tests/granger.ts'
import { marketDivisionOf } from '../tests/market-division.ts'
import { missingBidsOf } from '../tests/missing-bids.ts'
import { overchargeOf } from '../tests/overcharge.ts'
import { porterZonaOf } from '../tests/porter-zona.ts'
import { rebidTestOf } from '../tests/rebid.ts'
import { shareStabilityOf } from '../tests/share-stability.ts'
import { winSequenceOf } from '../tests/win-sequence.ts'
import { avoidanceTestsOf } from './avoidance-tests.ts'
import { marketTestsOf } from './market-tests.ts'
import { pairTestsOf } from './pair-tests.ts'
import { permutedScreenPValues } from './permuted-screens.ts'
import { permutedWinnerPValues } from './permuted-winners.ts'
import { ringTestsOf } from './ring-tests.ts'
import type { ScreeningReport, SubsetMeans } from './screening-report.ts'
import { verdictOf } from './verdict.ts'

export interface ScreeningOptions {
  readonly permutations: number
  readonly seed: number
}

export function screenMarket(source: BidSource, { permutations, seed }: ScreeningOptions): ScreeningReport {
  const { matrix, rebids, warnings } = source
  const streams = createStreams(seed)
  const all = winnersOf(matrix)
  const contested = [...matrix.tenders.keys()].filter((tender) => all[tender]! >= 0)
  const winners = all.filter((winner) => winner >= 0)
  const perTender = contested.map((tender) => ({
    id: matrix.tenders[tender]!.id,
    winner: matrix.bidders[all[tender]!]!,
    ...screensOf(bidsOf(matrix, tender)),
  }))
  const chains = matrix.tenders.map(({ chain }) => chain)
  const assets = matrix.tenders.map(({ asset }) => asset)
  const bajariYe = bajariYeOf(matrix)
  const permutation = {
    of: bajariYe === null ? ('bids' as const) : ('residuals' as const),
    screens: permutedScreenPValues(
      bajariYe === null ? matrix : residualBids(matrix, bajariYe),
      permutations,
      streams.stream('screens').state(),
    ),
    winners: permutedWinnerPValues(
      winners,
      {
        chain: placesOf(contested.map((tender) => chains[tender]!)),
        asset: placesOf(contested.map((tender) => assets[tender]!)),
      },
      permutations,
      streams.stream('winners').state(),
    ),
  }
  const granger = grangerTestsOf(matrix)
  const grangerRates = falseDiscoveryRates(
    granger.map(({ p }) => p),
    'positive',
  )
  const measured = {
    bidders: matrix.bidders,
    tenders: contested.length,
    bids: contested.reduce((sum, tender) => sum + bidsOf(matrix, tender).length, 0),
    warnings,
    permutations,
    seed,
    perTender,
    summary: summaryOfScreens(perTender),
    subsets: { 3: subsetMeansOf(matrix, contested, 3), 4: subsetMeansOf(matrix, contested, 4) },
    market: winSequenceOf(winners, matrix.bidders.length),
    permutation,
    shareStability: shareStabilityOf(winners, matrix.bidders.length),
    chainDivision: marketDivisionOf(all, chains, matrix.bidders.length),
    assetDivision: marketDivisionOf(all, assets, matrix.bidders.length),
    bajariYe,
    porterZona: porterZonaOf(matrix),
    granger: granger.map((test, at) => ({ ...test, q: grangerRates[at]! })),
    demand: demandShiftOf(matrix),
    missingBids: missingBidsOf(matrix),
    rebid: rebidTestOf(rebids),
    benford: benfordOf(matrix.bids),
    overcharge: overchargeOf(matrix),
    pairs: pairTestsOf(matrix, bajariYe),
    avoidance: avoidanceTestsOf(matrix),
    rings: ringTestsOf(winners, matrix.bidders.length),
  }
  const tests = marketTestsOf(measured)
  return { ...measured, tests, verdict: verdictOf({ ...measured, tests }) }
}

/** A number from 0 for each distinct name, −1 where there is none. */
function placesOf(names: readonly (string | null)[]): Int32Array {
  const distinct = [...new Set(names.filter((name) => name !== null))]
  return Int32Array.from(names, (name) => (name === null ? -1 : distinct.indexOf(name)))
}

/** Subsets of all tenders together are at most so many; beyond, a first part of the tenders stands for all. */
const MOST_SUBSETS = 30_000

function subsetMeansOf(matrix: BidMatrix, tenders: readonly number[], k: number): SubsetMeans {
  let subsets = 0
  const screened = tenders.flatMap((tender) => {
    if (subsets > MOST_SUBSETS) return []
    const screens = subsetScreensOf(bidsOf(matrix, tender), k)
    subsets += screens?.subsets ?? 0
    return screens === null ? [] : [screens.stats]
  })
  if (screened.length === 0) return null
  return Object.fromEntries(
    SCREENS.map((name) => {
      const stats = screened.flatMap((tender) => tender[name] ?? [])
      const mean = (part: 'mean' | 'median' | 'min' | 'max') => meanOf(stats.map((one) => one[part]))
      if (stats.length === 0) return [name, null]
      return [name, { mean: mean('mean'), median: mean('median'), min: mean('min'), max: mean('max') }]
    }),
  ) as SubsetMeans
}
