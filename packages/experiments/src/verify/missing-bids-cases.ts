// Kind `missing-bids`: the labelled auctions of Tsuchiura, with the figures that their authors published and those
// recomputed from the same rows: demand, summaries by label, distances to rivals, and each screen against the label.
import {
  bidMatrixOf,
  DIRECTIONS,
  demandShiftOf,
  distancesToRivals,
  missingBidsOf,
  rocOf,
  type ScreenName,
  screensOf,
  shareWithin,
  summaryOfScreens,
} from '@solvent/collusion'
import type { FixtureCase, FixtureKind, Tolerance } from './fixture-kind.ts'

type Cell = number

interface Content {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly expected: {
    readonly published_tests: {
      readonly bids: number
      readonly auctions: number
      readonly D_minus_05: number
      readonly D_plus_05: number
      readonly D_at_linspace_m01_p01_4: readonly number[]
      readonly ties_within_1e_4_bids: number
    }
    readonly recomputed: Readonly<Record<string, unknown>> & {
      readonly roc_vs_auction_cartelized: Readonly<Record<string, { readonly expected: unknown }>>
    }
  }
}

interface Input {
  readonly part: string
  readonly auctions: readonly Auction[]
}

interface Auction {
  readonly bids: readonly number[]
  readonly isCartelized: boolean
  readonly hasMinimumPrice: boolean
}

/** The file states none; its companions do (bids-*.json, closed_form). */
const CLOSED_FORM: Tolerance = { relative: 1e-9, absolute: 1e-9 }
/** Figures were published with five or six digits. */
const AS_PRINTED: Tolerance = { relative: 0, absolute: 5e-6 }

const HISTOGRAM = { reach: 0.0525, bins: 21, within: 0.005 }
const PUBLISHED_RHOS = [-0.05, 0.05, -0.01, -0.01 / 3, 0.01 / 3, 0.01]
const RECOMPUTED_RHOS = [-0.05, -0.02, -0.01, -0.001, 0, 0.001, 0.01, 0.02, 0.05]
const DISTANCES = [0.001, 0.002, 0.005, 0.01]

const GROUPS: Readonly<Record<string, (auction: Auction) => boolean>> = {
  all: () => true,
  cartelized: ({ isCartelized }) => isCartelized,
  not_cartelized: ({ isCartelized }) => !isCartelized,
  min_price_auctions: ({ hasMinimumPrice }) => hasMinimumPrice,
  no_min_price: ({ hasMinimumPrice }) => !hasMinimumPrice,
}

export const missingBidsKind: FixtureKind<Input> = {
  kind: 'missing-bids',
  split: (content) => {
    const { expected, ...given } = content as unknown as Content
    const auctions = auctionsOf(given)
    const { roc_vs_auction_cartelized: curves, ...recomputed } = expected.recomputed
    const of = (part: string, want: unknown, tolerance = CLOSED_FORM): FixtureCase<Input> => ({
      name: part,
      input: { part, auctions },
      want,
      tolerance,
    })
    return [
      of('published', publishedWant(expected.published_tests), AS_PRINTED),
      ...Object.entries(recomputed).map(([part, want]) => of(part, want)),
      ...Object.entries(curves).map(([screen, { expected: want, ...rest }]) =>
        of(`roc: ${screen}`, { ...rest, ...(want as object) }),
      ),
    ]
  },
  compute: ({ part, auctions }) => {
    if (part.startsWith('roc: ')) return curveOf(auctions, part.slice('roc: '.length) as ScreenName)
    const matrix = matrixOf(auctions)
    if (part === 'published') return published(auctions)
    if (part === 'D') return byRho(demandShiftOf(matrix, RECOMPUTED_RHOS)?.D ?? [])
    if (part === 'missing_bids') return shares(distancesToRivals(matrix))
    if (part === 'delta_hist') return missingBidsOf(matrix, HISTOGRAM)
    const group = auctions.filter(GROUPS[part] ?? (() => false))
    return {
      auctions: group.length,
      summary: summaryOfScreens(group.map(({ bids }) => screensOf(bids))),
    }
  },
}

const FEWEST_BIDS = 2

function auctionsOf({ columns, rows }: Pick<Content, 'columns' | 'rows'>): Auction[] {
  const column = (name: string) => columns.indexOf(name)
  const [pid, bid] = [column('pid'), column('norm_bid')]
  const [cartelized, minimum] = [column('auction_cartelized'), column('minpriceauction')]
  const byAuction = Map.groupBy(rows, (row) => row[pid]!)
  return [...byAuction.values()]
    .filter((group) => group.length >= FEWEST_BIDS)
    .map((group) => ({
      bids: group.map((row) => row[bid]!),
      isCartelized: group[0]![cartelized] === 1,
      hasMinimumPrice: group[0]![minimum] === 1,
    }))
}

/** Bids are over the reserve already; who bid does not matter here, so the columns are places. */
function matrixOf(auctions: readonly Auction[]) {
  const width = Math.max(...auctions.map(({ bids }) => bids.length))
  return bidMatrixOf(
    auctions.map(({ bids }) => ({
      reserve: 1,
      bids: [...bids, ...new Array<null>(width - bids.length).fill(null)],
    })),
  )
}

function published(auctions: readonly Auction[]) {
  const matrix = matrixOf(auctions)
  const [low, high, ...between] = demandShiftOf(matrix, PUBLISHED_RHOS)?.D ?? []
  return {
    bids: auctions.reduce((sum, { bids }) => sum + bids.length, 0),
    auctions: auctions.length,
    D_minus_05: low,
    D_plus_05: high,
    D_at_linspace_m01_p01_4: between,
    ties_within_1e_4_bids: bidsOfTiedAuctions(auctions),
  }
}

/** Their filter of ties drops the auctions whose two lowest bids are this near, with all their bids. */
const TIE = 1e-4

function bidsOfTiedAuctions(auctions: readonly Auction[]): number {
  const tied = auctions.filter(({ bids }) => {
    const [lowest, second] = [...bids].sort((a, b) => a - b) as [number, number]
    return second - lowest <= TIE
  })
  return tied.reduce((sum, { bids }) => sum + bids.length, 0)
}

function publishedWant({ bids, auctions, ...figures }: Content['expected']['published_tests']) {
  const { D_minus_05, D_plus_05, D_at_linspace_m01_p01_4, ties_within_1e_4_bids } = figures
  return { bids, auctions, D_minus_05, D_plus_05, D_at_linspace_m01_p01_4, ties_within_1e_4_bids }
}

function curveOf(auctions: readonly Auction[], screen: ScreenName) {
  const scored = auctions.flatMap(({ bids, isCartelized }) => {
    const value = screensOf(bids)[screen]
    return value === null ? [] : [{ score: DIRECTIONS[screen] * value, label: isCartelized ? 1 : 0 }]
  })
  const roc = rocOf(
    scored.map(({ score }) => score),
    scored.map(({ label }) => label),
  )
  return { direction: DIRECTIONS[screen], n: scored.length, ...roc }
}

const byRho = (D: readonly number[]) =>
  Object.fromEntries(RECOMPUTED_RHOS.map((rho, at) => [String(rho), D[at]]))

const shares = (distances: readonly number[]) =>
  Object.fromEntries(
    DISTANCES.map((within) => [`share_abs_delta_lt_${within}`, shareWithin(distances, within)]),
  )
