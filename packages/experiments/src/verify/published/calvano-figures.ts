// Published figures of Calvano, Calzolari, Denicolò and Pastorello (AER 110(10), 2020), and the studies that give ours.
// Ranges: three standard errors at the sessions that the paper reports, or 0.05 where it gives no spread.
import { calvanoBaseline, type PricingStudy } from '@solvent/collusion'
import type { PricingSummary } from '../../learning/study-summary.ts'
import { meanFigure, type PublishedFigure, plainFigure, shareFigure } from './published-row.ts'

export interface PublishedPricing {
  readonly name: string
  readonly study: PricingStudy
  /** Sessions of a quick check, and of a full one; a study that is left out of the quick check has 0. */
  readonly quick: number
  readonly full: number
  readonly figures: readonly PublishedFigure<PricingSummary>[]
}

const baseline = calvanoBaseline()

function gain(
  published: number,
  accept: readonly [number, number],
  note?: string,
): PublishedFigure<PricingSummary> {
  return {
    quantity: 'profit gain Δ',
    published,
    accept,
    of: ({ profitGain }) => meanFigure(profitGain),
    ...(note === undefined ? {} : { note }),
  }
}

const within = (published: number, reach = 0.05) => [published - reach, published + reach] as const

/** Table 1, Figures 3 and 4, and the variants of §V and of the appendix. */
export const PUBLISHED_PRICING: readonly PublishedPricing[] = [
  {
    name: 'two firms, δ = 0.95',
    study: baseline,
    quick: 60,
    full: 1000,
    figures: [
      gain(0.849, [0.815, 0.883]),
      {
        quantity: 'standard deviation of Δ',
        published: 0.112,
        accept: [0.09, 0.135],
        of: ({ profitGain, sessions }) => {
          const sd = profitGain.sd ?? Number.NaN
          const reach = (1.96 * sd) / Math.sqrt(2 * sessions)
          return { value: sd, interval: [sd - reach, sd + reach] }
        },
      },
      {
        quantity: 'periods until play stood still',
        published: 1_751_154,
        accept: [1_660_000, 1_840_000],
        of: ({ periods }) => meanFigure(periods),
        note: "the authors' output; the 850,000 of the paper are those of α = 0.125, β = 1e-5",
      },
      {
        quantity: 'share of cycles of length 1',
        published: 0.643,
        accept: [0.56, 0.73],
        of: ({ cycles, sessions }) => shareFigure(cycles.one, sessions),
      },
      {
        quantity: 'share with Nash play on the path',
        published: 0.505,
        accept: [0.42, 0.59],
        of: ({ nashOnPath, sessions }) => shareFigure(nashOnPath, sessions),
      },
      {
        quantity: 'price before a deviation',
        published: 1.7913,
        accept: [1.77, 1.81],
        of: ({ price }) => meanFigure(price),
      },
      {
        quantity: 'price of the deviator',
        published: 1.6106,
        accept: [1.58, 1.64],
        of: ({ response }) => plainFigure(response.deviator[1] ?? Number.NaN),
        note: 'corrected; printed 1.505: the program took the position in the cycle for the state',
      },
      {
        quantity: 'price of the rival, one period later',
        published: 1.5555,
        accept: [1.53, 1.58],
        of: ({ response }) => plainFigure(response.rival[2] ?? Number.NaN),
        note: 'corrected; printed 1.551',
      },
      {
        quantity: 'share of deviations that do not pay',
        published: 0.953,
        accept: [0.9, 1],
        of: ({ response }) => plainFigure(response.shareUnprofitable),
      },
      {
        quantity: 'periods of punishment',
        published: 5.83,
        accept: [4.8, 6.9],
        of: ({ response }) => plainFigure(response.punishmentLength),
      },
    ],
  },
  {
    name: 'δ = 0.35',
    study: { ...baseline, discount: 0.35 },
    quick: 20,
    full: 300,
    figures: [gain(0.16, [0.12, 0.2])],
  },
  {
    name: 'δ = 0',
    study: { ...baseline, discount: 0 },
    quick: 20,
    full: 300,
    figures: [gain(0.212, [0.17, 0.25])],
  },
  ...(
    [
      [0.5, 0.215],
      [0.7, 0.372],
      [0.8, 0.5],
      [0.9, 0.71],
      [0.99, 0.934],
    ] as const
  ).map(([discount, published]) => ({
    name: `δ = ${discount}`,
    study: { ...baseline, discount },
    quick: 0,
    full: 300,
    figures: [gain(published, within(published), 'read off Figure 3 by a third party')],
  })),
  {
    name: 'three firms',
    study: calvanoBaseline(3),
    quick: 6,
    full: 100,
    figures: [gain(0.643, [0.6, 0.69])],
  },
  {
    name: 'four firms',
    study: calvanoBaseline(4),
    quick: 0,
    full: 100,
    figures: [gain(0.559, [0.51, 0.61])],
  },
  {
    name: 'costs 1 and 0.5',
    study: { ...baseline, market: { ...baseline.market, costs: [1, 0.5] } },
    quick: 16,
    full: 300,
    figures: [gain(0.759, within(0.759))],
  },
  {
    name: 'costs 1 and 0.25',
    study: { ...baseline, market: { ...baseline.market, costs: [1, 0.25] } },
    quick: 0,
    full: 300,
    figures: [gain(0.713, within(0.713))],
  },
  {
    name: 'memory of two periods',
    study: { ...baseline, memory: 2 },
    quick: 0,
    full: 100,
    figures: [gain(0.574, within(0.574))],
  },
  {
    name: '50 prices',
    study: { ...baseline, grid: { points: 50, margin: 0.1 } },
    quick: 0,
    full: 100,
    figures: [gain(0.709, within(0.709))],
  },
  {
    name: 'prices reach 0.5 beyond',
    study: { ...baseline, grid: { points: 15, margin: 0.5 } },
    quick: 0,
    full: 300,
    figures: [gain(0.761, within(0.761))],
  },
  {
    name: 'first values drawn from 0 to 10',
    study: { ...baseline, start: { kind: 'random', low: 0, high: 10 } },
    quick: 0,
    full: 300,
    figures: [gain(0.877, within(0.877))],
  },
  {
    name: 'α = 0.15 and 0.05',
    study: { ...baseline, learningRates: [0.15, 0.05] },
    quick: 0,
    full: 300,
    figures: [gain(0.821, within(0.821))],
  },
  {
    name: 'β = 4e-6 and 2e-6',
    study: { ...baseline, exploration: { kind: 'epsilon-greedy', decays: [4e-6, 2e-6] } },
    quick: 0,
    full: 300,
    figures: [gain(0.771, within(0.771))],
  },
]
