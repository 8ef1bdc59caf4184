import type { ScreenSummary } from '../screens/screen-summary.ts'
import type { SubsetScreens } from '../screens/subset-screens.ts'
import type { ScreenName, TenderScreens } from '../screens/tender-screens.ts'
import type { BajariYe } from '../tests/bajari-ye.ts'
import type { Benford } from '../tests/benford.ts'
import type { DemandShift } from '../tests/demand-shift.ts'
import type { GrangerTest } from '../tests/granger.ts'
import type { MarketDivision } from '../tests/market-division.ts'
import type { MissingBids } from '../tests/missing-bids.ts'
import type { Overcharge } from '../tests/overcharge.ts'
import type { PorterZona } from '../tests/porter-zona.ts'
import type { RebidTest } from '../tests/rebid.ts'
import type { ShareStability } from '../tests/share-stability.ts'
import type { WinSequence } from '../tests/win-sequence.ts'
import type { AvoidanceTests } from './avoidance-tests.ts'
import type { PairTests } from './pair-tests.ts'
import type { ScreenPValues } from './permuted-screens.ts'
import type { WinnerPValues } from './permuted-winners.ts'
import type { RingTests } from './ring-tests.ts'

export type Sign = 'dependence' | 'turns' | 'persistence' | 'division' | 'avoidance' | 'costs' | 'rebids'

export interface MarketTest {
  readonly name: string
  readonly sign: Sign
  readonly p: number
  /** Over the tests of the market, Benjamini–Hochberg. */
  readonly q: number
  readonly by: 'permutation' | 'distribution'
}

export interface Verdict {
  /** `none`: no test of the market, pair or ring is flagged; `weak`: one kind of sign; `strong`: two kinds or more, likeness of bids only where costs are known. */
  readonly level: 'none' | 'weak' | 'strong'
  readonly signs: readonly Sign[]
  readonly summary: string
  readonly findings: readonly string[]
  readonly innocentExplanations: readonly string[]
  readonly limits: readonly string[]
}

export interface ScreeningReport {
  readonly bidders: readonly string[]
  readonly tenders: number
  readonly bids: number
  readonly warnings: readonly string[]
  readonly permutations: number
  readonly seed: number
  readonly perTender: readonly (TenderScreens & { readonly id: string; readonly winner: string })[]
  readonly summary: Readonly<Record<ScreenName, ScreenSummary>>
  /** For subsets of 3 and of 4 bids the mean over tenders of each screen's mean, median, least and greatest. */
  readonly subsets: Readonly<Record<'3' | '4', SubsetMeans>>
  readonly market: WinSequence
  readonly permutation: {
    /** What was put into another order: where costs are known, what they leave unexplained of bids. */
    readonly of: 'bids' | 'residuals'
    readonly screens: ScreenPValues | null
    readonly winners: WinnerPValues
  }
  readonly shareStability: ShareStability | null
  readonly chainDivision: MarketDivision | null
  readonly assetDivision: MarketDivision | null
  readonly bajariYe: BajariYe | null
  readonly porterZona: PorterZona | null
  readonly granger: readonly (GrangerTest & { readonly q: number | null })[]
  readonly demand: DemandShift | null
  readonly missingBids: MissingBids | null
  readonly rebid: RebidTest | null
  readonly benford: Benford | null
  readonly overcharge: Overcharge | null
  readonly pairs: PairTests | null
  readonly avoidance: AvoidanceTests
  readonly rings: RingTests
  readonly tests: readonly MarketTest[]
  readonly verdict: Verdict
}

export type SubsetMeans = Readonly<Record<ScreenName, SubsetScreens['stats'][ScreenName]>> | null
