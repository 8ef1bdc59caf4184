// Published figures of the variants of Calvano, Calzolari, Denicolò and Pastorello (AER 110(10), 2020: §V and the appendix), and the
// studies that give ours. Ranges: 0.05, where the paper gives no spread; a hundred sessions have a standard error of 0.01.
import { calvanoBaseline, type PricingOutcome, type PricingStudy } from '@solvent/collusion'
import { figureOf } from '../../learning/figure.ts'
import type { PricingSummary } from '../../learning/study-summary.ts'
import { BASELINE_FIGURES, profitGain } from './calvano-baseline.ts'
import { meanFigure, shareFigure } from './published-row.ts'
import type { PublishedStudy } from './published-study.ts'

type Pricing = PublishedStudy<PricingStudy, PricingSummary, PricingOutcome>

const baseline = calvanoBaseline()
const { market } = baseline
const within = (published: number, reach = 0.05) => [published - reach, published + reach] as const

/** A variant of the baseline, a hundred sessions of it in full. */
function variant(
  name: string,
  changes: Partial<PricingStudy>,
  figure: ReturnType<typeof profitGain>,
  { quick = 0, full = 100 }: { readonly quick?: number; readonly full?: number } = {},
): Pricing {
  return { name, study: { ...baseline, ...changes }, quick, full, figures: [figure] }
}

const gainNear = (published: number, note?: string) => profitGain(published, within(published), note)
const decaying = (decays: readonly number[]) => ({ kind: 'epsilon-greedy', decays }) as const

const DIGITISED = 'read off Figure 3 by a third party'
const EVERYWHERE = 'the paper gives the range over all α and β; a second implementation had'

const patience = (
  [
    [0.5, 0.215],
    [0.7, 0.372],
    [0.8, 0.5],
    [0.9, 0.71],
    [0.99, 0.934],
  ] as const
).map(([discount, published]) => variant(`δ = ${discount}`, { discount }, gainNear(published, DIGITISED)))

/** Corners of the paper's grid, and what a second implementation found there (300 sessions). */
const learningAndExploration = (
  [
    [0.025, 2e-5, 0.708],
    [0.05, 1e-5, 0.772],
    [0.1, 4e-6, 0.873],
    [0.2, 2e-5, 0.808],
    [0.25, 1e-5, 0.818],
  ] as const
).map(([alpha, beta, peer]) =>
  variant(
    `α = ${alpha}, β = ${beta}`,
    { learningRates: [alpha, alpha], exploration: decaying([beta, beta]) },
    profitGain([0.7, 0.9], [0.68, 0.92], `${EVERYWHERE} ${peer}`),
  ),
)

/** Inputs and figure: Table A11 of the online appendix (1,000 sessions; α, β and first values of the baseline). */
const twoPeriods: Pricing = {
  name: 'memory of two periods',
  study: { ...baseline, memory: 2 },
  quick: 0,
  full: 60,
  figures: [
    {
      ...gainNear(0.574),
      knownMiss:
        "the authors' program follows greedy play from a state that the firms did not end in: it writes the remembered prices period by " +
        'period and reads them firm by firm (ConvergenceResults.f90); from the state that it reads, ours agrees',
    },
    {
      quantity: 'profit gain Δ from the state that their program reads',
      published: 0.574,
      accept: within(0.574),
      of: (_, outcomes) =>
        meanFigure(figureOf(outcomes.flatMap(({ profitGainAsRead }) => profitGainAsRead ?? []))),
    },
  ],
}

/**
 * Table A1 of the online appendix. Its input file has α = 0.25, and β = 25 an episode of 25,000 periods (where the baseline has 0.1): not those of
 * the baseline, which give 0.25. Sessions take 5,000 periods. Ranges: three standard errors of both, of 1,000 sessions each.
 */
const withoutMemory: Pricing = {
  name: 'no memory, δ = 0, α = 0.25, β = 0.001',
  study: {
    ...baseline,
    memory: 0,
    discount: 0,
    learningRates: [0.25, 0.25],
    exploration: decaying([1e-3, 1e-3]),
  },
  quick: 200,
  full: 1000,
  figures: [
    profitGain(0.185, within(0.185, 0.024)),
    {
      quantity: 'share of sessions that are equilibria',
      published: 0.273,
      accept: within(0.273, 0.06),
      of: ({ nashOnPath, sessions }) => shareFigure(nashOnPath, sessions),
    },
  ],
}

export const PUBLISHED_PRICING: readonly Pricing[] = [
  { name: 'two firms, δ = 0.95', study: baseline, quick: 60, full: 1000, figures: BASELINE_FIGURES },
  variant('δ = 0.35', { discount: 0.35 }, profitGain(0.16, [0.12, 0.2]), { quick: 20 }),
  variant('δ = 0', { discount: 0 }, profitGain(0.212, [0.17, 0.25]), { quick: 20 }),
  ...patience,
  ...learningAndExploration,
  variant('three firms', calvanoBaseline(3), profitGain(0.643, [0.6, 0.69]), { quick: 6, full: 60 }),
  variant('four firms', calvanoBaseline(4), profitGain(0.559, [0.51, 0.61]), { full: 40 }),
  variant('costs 1 and 0.5', { market: { ...market, costs: [1, 0.5] } }, gainNear(0.759), { quick: 16 }),
  variant('costs 1 and 0.25', { market: { ...market, costs: [1, 0.25] } }, gainNear(0.713)),
  twoPeriods,
  withoutMemory,
  variant('50 prices', { grid: { points: 50, margin: 0.1 } }, gainNear(0.709), { full: 60 }),
  variant('100 prices', { grid: { points: 100, margin: 0.1 } }, gainNear(0.704), { full: 40 }),
  variant('prices reach 0.5 beyond', { grid: { points: 15, margin: 0.5 } }, gainNear(0.761)),
  variant('first values 5', { start: { kind: 'constant', value: 5 } }, gainNear(0.793)),
  variant(
    'first values 10, no exploration',
    { start: { kind: 'constant', value: 10 }, exploration: { kind: 'none' } },
    gainNear(0.978),
  ),
  variant(
    'first values drawn from 0 to 10',
    { start: { kind: 'random', low: 0, high: 10 } },
    gainNear(0.877),
  ),
  variant(
    'Boltzmann exploration',
    // Table A13: λ = 1 − 10^−4.41414.
    {
      learningRates: [0.05, 0.05],
      exploration: { kind: 'boltzmann', temperature: 1000, cooling: 0.999961465 },
    },
    gainNear(0.856),
    { full: 20 },
  ),
  variant('α = 0.15 and 0.05', { learningRates: [0.15, 0.05] }, gainNear(0.821)),
  variant('α = 0.15 and 0.3', { learningRates: [0.15, 0.3] }, gainNear(0.797)),
  variant('β = 4e-6 and 2e-6', { exploration: decaying([4e-6, 2e-6]) }, gainNear(0.771)),
  variant('β = 4e-6 and 8e-6', { exploration: decaying([4e-6, 8e-6]) }, gainNear(0.798)),
]
