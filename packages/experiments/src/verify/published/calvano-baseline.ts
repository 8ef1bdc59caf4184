// Published figures of the baseline of Calvano, Calzolari, Denicolò and Pastorello (AER 110(10), 2020): Table 1, Figures 3 and 4.
// Ranges: three standard errors at the sessions that the paper reports.
import type { PricingOutcome } from '@solvent/collusion'
import { figureOf } from '../../learning/figure.ts'
import type { PricingSummary } from '../../learning/study-summary.ts'
import { meanFigure, type PublishedFigure, plainFigure, shareFigure } from './published-row.ts'

type BaselineFigure = PublishedFigure<PricingSummary, PricingOutcome>

export function profitGain(
  published: BaselineFigure['published'],
  accept: readonly [number, number],
  note?: string,
): BaselineFigure {
  return {
    quantity: 'profit gain Δ',
    published,
    accept,
    of: ({ profitGain: gain }) => meanFigure(gain),
    ...(note === undefined ? {} : { note }),
  }
}

/** Of the sessions that ended in cycles of such a length. */
function gainInCycles(
  words: string,
  published: number,
  reach: number,
  isOf: (length: number) => boolean,
): BaselineFigure {
  return {
    quantity: `Δ where the cycle is ${words}`,
    published,
    accept: [published - reach, published + reach],
    of: (_, outcomes) =>
      meanFigure(
        figureOf(outcomes.filter(({ cycleLength }) => isOf(cycleLength)).map(({ profitGain: gain }) => gain)),
      ),
  }
}

/** Prices of the two grids differ in the last digits; their steps are 0.04. */
const SAME_PRICE = 1e-6

const isConstantAndEqual = ({ cycleLength, prices }: PricingOutcome) =>
  cycleLength === 1 && Math.max(...prices) - Math.min(...prices) < SAME_PRICE

export const BASELINE_FIGURES: readonly BaselineFigure[] = [
  profitGain(0.849, [0.815, 0.883]),
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
    quantity: 'share of cycles of length 2',
    published: 0.238,
    accept: [0.198, 0.278],
    of: ({ cycles, sessions }) => shareFigure(cycles.two, sessions),
  },
  {
    quantity: 'share of longer cycles',
    published: 0.119,
    accept: [0.088, 0.15],
    of: ({ cycles, sessions }) => shareFigure(cycles.longer, sessions),
  },
  gainInCycles('of length 1', 0.86, 0.02, (length) => length === 1),
  gainInCycles('of length 2', 0.846, 0.03, (length) => length === 2),
  gainInCycles('longer', 0.793, 0.05, (length) => length > 2),
  {
    quantity: 'share with one price, the same for both',
    published: 0.277,
    accept: [0.235, 0.32],
    of: ({ sessions }, outcomes) =>
      shareFigure(outcomes.filter(isConstantAndEqual).length / outcomes.length, sessions),
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
]
