// Kind `bid-matrix`: bids of a market, with every screen and test of them; one case a section of what is expected,
// p values as cases of their own.
import {
  type BidMatrix,
  bajariYeOf,
  bidMatrixOf,
  bidsOf,
  demandShiftOf,
  grangerTestsOf,
  marketDivisionOf,
  missingBidsOf,
  overchargeOf,
  porterZonaOf,
  screensOf,
  shareStabilityOf,
  subsetScreensOf,
  summaryOfScreens,
  type TenderRecord,
  winnersOf,
  winSequenceOf,
} from '@solvent/collusion'
import type { FixtureCase, FixtureKind, Tolerance } from './fixture-kind.ts'
import { partOf } from './p-values.ts'

interface Content {
  readonly meta: {
    readonly tolerance: {
      readonly closed_form: number
      readonly logit: number
      readonly p_values: number
    }
  }
  readonly tenders: readonly TenderRecord[]
  readonly expected: Readonly<Record<string, unknown>>
}

interface Input {
  readonly section: string
  readonly tenders: readonly TenderRecord[]
}

const FIRST = 5

const SECTIONS: Readonly<Record<string, (matrix: BidMatrix) => unknown>> = {
  per_tender: screensByTender,
  summary: (matrix) => summaryOfScreens(screensByTender(matrix)),
  winners: (matrix) => [...winnersOf(matrix)],
  market: (matrix) => winSequenceOf(winnersOf(matrix), matrix.bidders.length),
  share_stability: (matrix) => shareStabilityOf(winnersOf(matrix), matrix.bidders.length),
  bajari_ye: bajariYe,
  porter_zona: porterZonaOf,
  granger_lag1: grangerTestsOf,
  demand: (matrix) => demandShiftOf(matrix),
  missing_bids: (matrix) => missingBidsOf(matrix),
  welfare: overchargeOf,
  subgroup3_first5: (matrix) => firstSubsets(matrix, 3),
  subgroup4_first5: (matrix) => firstSubsets(matrix, 4),
  chain_division: chainDivision,
}

/** Words about a section, which are no result. */
const PROSE = ['spec', 'definition']

export const bidMatrixKind: FixtureKind<Input> = {
  kind: 'bid-matrix',
  split: (content) => {
    const { meta, tenders, expected } = content as unknown as Content
    const near = (tolerance: number): Tolerance => ({ relative: tolerance, absolute: tolerance })
    return Object.entries(expected).flatMap(([section, wanted]): FixtureCase<Input>[] => {
      const want = withoutProse(wanted)
      const tolerance = near(section === 'porter_zona' ? meta.tolerance.logit : meta.tolerance.closed_form)
      const input = { section, tenders }
      return [
        { name: section, input, want: partOf(want, 'statistics'), tolerance },
        {
          name: `${section}: p values`,
          input,
          want: partOf(want, 'p-values'),
          tolerance: near(meta.tolerance.p_values),
        },
      ]
    })
  },
  compute: ({ section, tenders }) => SECTIONS[section]?.(bidMatrixOf(tenders)),
}

function screensByTender(matrix: BidMatrix) {
  return matrix.tenders.map((_, tender) => screensOf(bidsOf(matrix, tender)))
}

function firstSubsets(matrix: BidMatrix, k: number) {
  return matrix.tenders.slice(0, FIRST).map((_, tender) => subsetScreensOf(bidsOf(matrix, tender), k))
}

function bajariYe(matrix: BidMatrix) {
  const test = bajariYeOf(matrix)
  if (test === null) return null
  return {
    ...test,
    pooled: { ...test.pooled, coef: test.pooled.coefficients, se: test.pooled.standardErrors },
    unrestricted: { ...test.unrestricted, coef: test.unrestricted.coefficients },
    conditional_independence: test.conditional_independence.map((pair) => ({ ...pair, z: pair.Z })),
  }
}

function chainDivision(matrix: BidMatrix) {
  const test = marketDivisionOf(
    winnersOf(matrix),
    matrix.tenders.map(({ chain }) => chain),
    matrix.bidders.length,
  )
  return test === null ? null : { ...test, wins_by_chain: test.wins }
}

function withoutProse(want: unknown): unknown {
  if (typeof want !== 'object' || want === null || Array.isArray(want)) return want
  return Object.fromEntries(Object.entries(want).filter(([key]) => !PROSE.includes(key)))
}
