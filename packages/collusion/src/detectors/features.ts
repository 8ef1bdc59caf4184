/**
 * What a detector sees: of one tender its screens, of a market their means and how winners, places and pairs go
 * together. Counts of tenders and bidders are taken out where theory says how, so that markets of other sizes compare.
 */
import type { GeneratorState } from '@solvent/kernel'
import { ln, log1p, normalBelow } from '@solvent/primitives'
import { type BidMatrix, bidsOf, winnersOf } from '../bids/bid-matrix.ts'
import { avoidanceTestsOf } from '../screening/avoidance-tests.ts'
import { pairTestsOf } from '../screening/pair-tests.ts'
import { screenExcess } from '../screening/permuted-screens.ts'
import { permutedWinnerPValues } from '../screening/permuted-winners.ts'
import { type Screens, screensOf } from '../screens/tender-screens.ts'
import { meanOf } from '../statistics/moments.ts'
import { marketDivisionOf } from '../tests/market-division.ts'
import { winSequenceOf } from '../tests/win-sequence.ts'
import { levelSpreadOf } from './level-spread.ts'

/** Null where the bids do not have it. */
export type Features = readonly (number | null)[]

export const TENDER_FEATURES = [
  'ln(1+cv)',
  'ln(1+spd)',
  'ln(1+diffp)',
  'skew',
  'kurt',
  'ln(1+rd)',
  'rdnor',
  'ln(1+rdalt)',
  'ks_uniform',
  'ks_rank',
] as const

export function tenderFeaturesOf(screens: Screens): Features {
  const { cv, spd, diffp, skew, kurt, rd, rdnor, rdalt, ks_uniform, ks_rank } = screens
  return [
    damped(cv),
    damped(spd),
    damped(diffp),
    skew,
    kurt,
    damped(rd),
    rdnor,
    damped(rdalt),
    ks_uniform,
    ks_rank,
  ]
}

/** Screens that are ratios have long tails. */
const damped = (value: number | null) => (value === null ? null : log1p(value))

/** Screens against those of the market's own permutations: what is left of them is what bids have of each other. */
const AGAINST_CHANCE = ['cv', 'spd', 'diffp', 'skew', 'rd', 'ks_rank'] as const

export const MARKET_FEATURES = [
  ...TENDER_FEATURES,
  ...AGAINST_CHANCE.flatMap((name) => [`${name} above chance`, `${name} below chance`] as const),
  'avoidance',
  'evenness',
  'concentration',
  'equal shares',
  'turns',
  'foretold',
  'division',
  'pairs',
  'strongest pair beyond the mean',
  'level spread',
  'clearest of turns, places and absences',
] as const

/** Tests against what chance does to honest bidders: how clear their answer is can only speak against the market, whatever else was learnt beside it. */
export const AGAINST_HONESTY: readonly number[] = (
  ['avoidance', 'evenness', 'foretold', 'division', 'clearest of turns, places and absences'] as const
).map((name) => MARKET_FEATURES.indexOf(name))

/** Beyond this a pair moves together without a doubt; bidders who bid the same would outweigh all else. */
const MOST_Z = 20

export function marketFeaturesOf(matrix: BidMatrix): Features {
  const tenders = matrix.tenders.flatMap((_, tender) => {
    const bids = bidsOf(matrix, tender)
    return bids.length === 0 ? [] : [tenderFeaturesOf(screensOf(bids))]
  })
  const winners = winnersOf(matrix)
  const sequence = winSequenceOf(winners, matrix.bidders.length)
  const chains = matrix.tenders.map(({ chain }) => chain)
  const division = marketDivisionOf(winners, chains, matrix.bidders.length)
  const pairs = (pairTestsOf(matrix, null)?.pairs ?? []).flatMap(({ Z }) =>
    Z === null ? [] : Math.min(MOST_Z, Math.abs(Z)),
  )
  const excesses = screenExcess(matrix, PERMUTATIONS, PERMUTED_FROM)
  const absences = avoidanceTestsOf(matrix)
  const foretold = foretoldOf(winners)
  return [
    ...TENDER_FEATURES.map((_, feature) =>
      meanOrNull(tenders.flatMap((features) => features[feature] ?? [])),
    ),
    ...AGAINST_CHANCE.flatMap((name) => bothWays(excesses?.[name] ?? null)),
    surprise(absences.pairs[0]?.p ?? null),
    surprise(absences.evenness_p),
    ...bothWays(deviationsOf(sequence.equal_share_chi2, sequence.equal_share_df)),
    sequence.runs_z,
    surprise(foretold),
    division === null ? null : excess(division.chi2, division.df),
    meanOrNull(pairs),
    pairs.length === 0 ? null : Math.max(...pairs) - meanOf(pairs),
    levelSpreadOf(matrix),
    surprise(
      least([
        absences.pairs[0]?.q,
        absences.evenness_p,
        sequence.runs_z === null ? null : normalBelow(-sequence.runs_z),
        division?.p,
        foretold,
      ]),
    ),
  ]
}

/** Enough for a standard deviation to a seventh; every market is permuted alike, so that its features are its own. */
const PERMUTATIONS = 48
const PERMUTED_FROM: GeneratorState = [1, 2, 3, 4]

/** Each takes a microsecond for every tender; the least p is 1 in 100. */
const SHUFFLES = 99

/** p of what winners tell of the next one, against other orders of the same winners: χ² is far off where transitions are few. */
function foretoldOf(winners: Int32Array): number | null {
  const sequence = winners.filter((winner) => winner >= 0)
  if (sequence.length < 2) return null
  return permutedWinnerPValues(sequence, {}, SHUFFLES, PERMUTED_FROM).transition_G
}

/** Kinds of conduct move a screen to either side, and either side tells of bids that know of each other. */
function bothWays(z: number | null): readonly (number | null)[] {
  return z === null ? [null, null] : [log1p(Math.max(0, z)), log1p(Math.max(0, -z))]
}

/** Beyond this a p value is as small as can be told. */
const MOST_SURPRISE = 20

/** −ln p; nothing where everyone always bids. */
function surprise(p: number | null): number {
  return p === null ? 0 : log1p(Math.min(MOST_SURPRISE, p > 0 ? -ln(p) : MOST_SURPRISE))
}

/** None of these answers to costs: whichever conduct makes one of them small, they speak together for conduct that was never seen. */
function least(pValues: readonly (number | null | undefined)[]): number | null {
  const known = pValues.flatMap((p) => p ?? [])
  return known.length === 0 ? null : Math.min(...known)
}

const meanOrNull = (values: readonly number[]) => (values.length === 0 ? null : meanOf(values))

/** How far χ² is above what chance gives, in its standard deviations; damped. */
function excess(chi2: number, df: number): number | null {
  const z = deviationsOf(chi2, df)
  if (z === null) return null
  return z < 0 ? -log1p(-z) : log1p(z)
}

const deviationsOf = (chi2: number, df: number) => (df === 0 ? null : (chi2 - df) / Math.sqrt(2 * df))
