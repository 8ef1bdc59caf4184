// Kinds `calvano-targets`, `calvano-impulse-response` and `banchio-skrzypacz`: what many sessions of learners come to, against ranges. Each
// range is a case of its own: its middle is what should come out, half of its width the tolerance. Verified quickly, a few
// sessions are run, and the ranges that are too narrow for so few are left out.
import { type AuctionStudy, banchioSkrzypacz, calvanoBaseline, type PricingStudy } from '@solvent/collusion'
import { machineWorkers, runStudy } from '../learning/run-study.ts'
import {
  type AuctionSummary,
  auctionSummary,
  type PricingSummary,
  pricingSummary,
} from '../learning/study-summary.ts'
import type { FixtureCase, FixtureKind, VerificationSize } from './fixture-kind.ts'

/** From and to, both allowed. */
type Range = readonly [number, number]

const SEED = 1
/** Sessions: a few, and as many as the ranges of the files are stated for. */
const BASELINE_SESSIONS = { quick: 10, long: 1000 }
const VARIANT_SESSIONS = { quick: 10, long: 100 }
const MORE_FIRMS_SESSIONS = { quick: 2, long: 40 }
const FIRST_PRICE_SESSIONS = { quick: 6, long: 300 }
const SECOND_PRICE_SESSIONS = { quick: 4, long: 60 }
const REVEALED_SESSIONS = { quick: 3, long: 40 }

function rangeCase<Input>(name: string, input: Input, [from, to]: Range, isLong = false): FixtureCase<Input> {
  return {
    name,
    input,
    want: (from + to) / 2,
    tolerance: { relative: 0, absolute: (to - from) / 2 },
    isLong,
  }
}

/** Sessions that several cases look at are run once. */
const pricingRuns = new Map<string, Promise<PricingSummary>>()

function pricing(study: PricingStudy, sessions: number): Promise<PricingSummary> {
  const key = JSON.stringify([study, sessions])
  const known = pricingRuns.get(key)
  if (known !== undefined) return known
  const run = runStudy({
    study: { kind: 'pricing', study },
    seed: SEED,
    sessions,
    workers: machineWorkers(),
  }).then((outcomes) => pricingSummary(outcomes.filter((outcome) => outcome.kind === 'pricing')))
  pricingRuns.set(key, run)
  return run
}

const baseline = (size: VerificationSize) => pricing(calvanoBaseline(), BASELINE_SESSIONS[size])
const gainAt = async (study: PricingStudy, sessions: number) =>
  (await pricing(study, sessions)).profitGain.mean

interface Target {
  /** Too narrow a range for a few sessions. */
  readonly isLong?: true
  readonly of: (size: VerificationSize) => Promise<number>
}

const gainOf = (study: PricingStudy, sessions = VARIANT_SESSIONS) => ({
  of: (size: VerificationSize) => gainAt(study, sessions[size]),
})

/** What the names of the file's ranges stand for. */
const TARGETS: ReadonlyMap<string, Target> = new Map<string, Target>([
  [
    'Delta mean, alpha=.15 beta=4e-6, >=100 independent sessions',
    { of: async (size) => (await baseline(size)).profitGain.mean },
  ],
  ['Delta mean N>=1000', { isLong: true, of: async (size) => (await baseline(size)).profitGain.mean }],
  [
    'share of sessions with cycle length 1, N>=300',
    { isLong: true, of: async (size) => (await baseline(size)).cycles.one },
  ],
  [
    'on-path one-shot-deviation equilibrium share, N>=300',
    { isLong: true, of: async (size) => (await baseline(size)).nashOnPath },
  ],
  ['mean periods to convergence, N>=100', { of: async (size) => (await baseline(size)).periods.mean }],
  [
    'Delta range over grid alpha in [.025,.25], beta in (0,2e-5]',
    gainOf({
      ...calvanoBaseline(),
      learningRates: [0.1, 0.1],
      exploration: { kind: 'epsilon-greedy', decays: [2e-5, 2e-5] },
    }),
  ],
  ['Delta at delta=0.35 (alpha=.15,beta=4e-6)', gainOf({ ...calvanoBaseline(), discount: 0.35 })],
  ['Delta at delta=0', gainOf({ ...calvanoBaseline(), discount: 0 })],
  ['n=3 Delta', { isLong: true, ...gainOf(calvanoBaseline(3), MORE_FIRMS_SESSIONS) }],
  ['n=4 Delta', { isLong: true, ...gainOf(calvanoBaseline(4), MORE_FIRMS_SESSIONS) }],
])

interface TargetsContent {
  readonly intervals: readonly { readonly name: string; readonly accept: Range }[]
}

export const calvanoTargetsKind: FixtureKind<string> = {
  kind: 'calvano-targets',
  split: (content) =>
    (content as unknown as TargetsContent).intervals.map(({ name, accept }) =>
      rangeCase(name, name, accept, TARGETS.get(name)?.isLong === true),
    ),
  compute: (name, size) => TARGETS.get(name)?.of(size) ?? null,
}

const BEFORE = 0
const DEVIATION = 1
const ANSWER = 2
const LATER = 10

/** What the ranges of the response stand for; period 0 is the one before. */
const RESPONSES: ReadonlyMap<string, (response: PricingSummary['response']) => number> = new Map([
  ['pre', ({ deviator }) => at(deviator, BEFORE)],
  ['deviator_tau1', ({ deviator }) => at(deviator, DEVIATION)],
  ['rival_tau2', ({ rival }) => at(rival, ANSWER)],
  [
    'both_tau10_gap_below_pre',
    ({ deviator, rival }) => at(deviator, BEFORE) - (at(deviator, LATER) + at(rival, LATER)) / 2,
  ],
  ['share_unprofitable', ({ shareUnprofitable }) => shareUnprofitable],
  ['mean_punishment_length', ({ punishmentLength }) => punishmentLength],
])

function at(series: readonly number[], period: number): number {
  return series[period] ?? Number.NaN
}

export const calvanoResponseKind: FixtureKind<string> = {
  kind: 'calvano-impulse-response',
  split: ({ accept }) =>
    Object.entries(accept as Readonly<Record<string, Range>>).map(([name, range]) =>
      rangeCase(name, name, range),
    ),
  compute: async (name, size) => RESPONSES.get(name)?.((await baseline(size)).response) ?? null,
}

interface AuctionContent {
  readonly published: { readonly fpa_hist_counts_bid: Readonly<Record<string, number>> }
  readonly accept: {
    readonly fpa_mean_revenue: Range
    readonly fpa_hist_total_variation_max: number
    readonly spa_mean_revenue_min: number
    readonly spa_minus_fpa_min: number
    readonly sync_mean_revenue: Range
  }
}

/** Which figure, and the published counts where it is a distance from them. */
interface AuctionInput {
  readonly figure: 'first-price' | 'distance' | 'second-price' | 'difference' | 'revealed'
  readonly counts?: Readonly<Record<string, number>>
}

const auctionRuns = new Map<string, Promise<AuctionSummary>>()

function auction(study: AuctionStudy, sessions: number): Promise<AuctionSummary> {
  const key = JSON.stringify([study, sessions])
  const known = auctionRuns.get(key)
  if (known !== undefined) return known
  const run = runStudy({
    study: { kind: 'auction', study },
    seed: SEED,
    sessions,
    workers: machineWorkers(),
  }).then((outcomes) => auctionSummary(outcomes.filter((outcome) => outcome.kind === 'auction')))
  auctionRuns.set(key, run)
  return run
}

const firstPrice = (size: VerificationSize) => auction(banchioSkrzypacz(1), FIRST_PRICE_SESSIONS[size])
const secondPrice = (size: VerificationSize) => auction(banchioSkrzypacz(2), SECOND_PRICE_SESSIONS[size])

export const banchioSkrzypaczKind: FixtureKind<AuctionInput> = {
  kind: 'banchio-skrzypacz',
  split: (content) => {
    const { published, accept } = content as unknown as AuctionContent
    return [
      rangeCase('first price, mean revenue', { figure: 'first-price' }, accept.fpa_mean_revenue, true),
      rangeCase(
        'first price, distance from the published bids',
        { figure: 'distance', counts: published.fpa_hist_counts_bid },
        [0, accept.fpa_hist_total_variation_max],
        true,
      ),
      rangeCase('second price, mean revenue', { figure: 'second-price' }, [accept.spa_mean_revenue_min, 1]),
      rangeCase('second price over first price', { figure: 'difference' }, [accept.spa_minus_fpa_min, 1]),
      rangeCase('all bids revealed, mean revenue', { figure: 'revealed' }, accept.sync_mean_revenue),
    ]
  },
  compute: async ({ figure, counts = {} }, size) => {
    switch (figure) {
      case 'first-price':
        return (await firstPrice(size)).revenue.mean
      case 'distance':
        return distance((await firstPrice(size)).revenues, counts)
      case 'second-price':
        return (await secondPrice(size)).revenue.mean
      case 'difference':
        return (await secondPrice(size)).revenue.mean - (await firstPrice(size)).revenue.mean
      case 'revealed':
        return (await auction(banchioSkrzypacz(1, 'all-bids'), REVEALED_SESSIONS[size])).revenue.mean
    }
  },
}

/** Half the sum of the differences between shares: the total variation distance. */
function distance(
  shares: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, number>>,
): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const bids = new Set([...Object.keys(shares), ...Object.keys(counts)])
  return (
    [...bids].reduce((sum, bid) => sum + Math.abs((shares[bid] ?? 0) - (counts[bid] ?? 0) / total), 0) / 2
  )
}
