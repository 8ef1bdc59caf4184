// `solvent screen`: what bids alone say about a market.
import {
  type Abstention,
  type Benford,
  type DetectorScore,
  detectorScore,
  SCREENS,
  type ScreeningReport,
  screenMarket,
} from '@solvent/collusion'
import { assertNever } from '@solvent/primitives'
import { readBids } from '../bids-input.ts'
import { EXIT } from '../exit-code.ts'
import { note, result, resultJson, warn } from '../output/streams.ts'
import { number, table } from '../output/table.ts'

export interface ScreenOptions {
  readonly permutations: number
  readonly seed: number
  readonly detector?: boolean | undefined
  readonly json?: boolean | undefined
}

/** Markets of each kind and rule that the detector learns from. */
const LEARNT_MARKETS = 25

export async function screen(file: string, options: ScreenOptions): Promise<number> {
  const source = await readBids(file)
  for (const warning of source.warnings) note(`${warn('warning')} ${warning}`)
  const report = screenMarket(source, options)
  const score =
    options.detector === true
      ? detectorScore(source.matrix, { markets: LEARNT_MARKETS, seed: options.seed })
      : null
  if (options.json === true) {
    resultJson({ ...report, detector: score })
    return EXIT.ok
  }
  print(report)
  if (score !== null) printScore(score)
  return EXIT.ok
}

function printScore(score: DetectorScore): void {
  const { probability, competitive_as_high, drivers, abstention } = score
  const moved = drivers.map(
    ({ feature, logOdds }) => `${feature} ${logOdds > 0 ? '+' : ''}${logOdds.toFixed(1)}`,
  )
  result(
    [
      '',
      'Detector, trained on simulated cartels:',
      ...(abstention === null
        ? [
            `  ${score.conclusion}: ${probability.toFixed(3)} at even odds; ${percentOf(competitive_as_high)} of simulated competitive markets score as high`,
            `  moved most by (log odds): ${moved.join(', ')}`,
          ]
        : [`  no conclusion: ${whyNone(score, abstention)}`]),
    ].join('\n'),
  )
}

function whyNone({ level_spread, learnt_level_spread }: DetectorScore, abstention: Abstention): string {
  switch (abstention) {
    case 'no-prices':
      return 'in no tender do bids differ by anything that a screen could measure, as where all ask for the limit'
    case 'few-tenders':
      return 'too few tenders with two bids'
    case 'level-spread':
      return `the level of all bids moves from tender to tender by a σ of ${number(level_spread ?? 0)} of its logarithm, more than the ${number(learnt_level_spread)} that it learnt of; without costs nothing tells a shock that all share from an agreement. Give costs, or a base that carries the shock`
    default:
      return assertNever(abstention)
  }
}

function print(report: ScreeningReport): void {
  const { verdict, market } = report
  result(`${report.tenders} tenders, ${report.bidders.length} bidders, ${report.bids} bids\n`)
  result(
    table(
      ['screen', 'tenders', 'mean', 'median', 'sd', 'p'],
      SCREENS.map((name) => {
        const { count, mean, median, sd } = report.summary[name]
        return [
          name,
          String(count),
          some(mean),
          some(median),
          some(sd),
          some(report.permutation.screens?.[name]),
        ]
      }),
    ),
  )
  result(
    `\n${table(
      ['test of the market', 'p', 'q', 'p by'],
      report.tests
        .filter(({ name }) => !name.startsWith('screen '))
        .map(({ name, p, q, by }) => [name, number(p), number(q), by]),
    )}`,
  )
  result(
    [
      '',
      `shares: HHI ${number(market.hhi)} (equal shares ${number(1 / market.n)}), of wins ${percentOf(report.shareStability?.instability_index)} change hands a window`,
      `repeats ${percentOf(market.repeat_rate)}, mutual information ${number(market.mutual_information_nats)} nats`,
      ...(report.overcharge === null
        ? []
        : [
            `overcharge ${number(report.overcharge.mean_overcharge_pct_base)} % of base against competition at the same costs`,
          ]),
      ...(report.demand === null
        ? []
        : [`costs that fit competition: ${boundsOf(report.demand)} of the bid`]),
      ...(report.missingBids === null
        ? []
        : [
            `bids within ${report.missingBids.within} of the lowest rival: ${percentOf(report.missingBids.share_within)}`,
          ]),
      ...subsetsOf(report.subsets),
      ...(report.benford === null ? [] : [firstDigitsOf(report.benford)]),
      '',
      verdict.summary,
      ...verdict.findings.map((finding) => `  - ${finding}`),
      ...(verdict.innocentExplanations.length === 0 ? [] : ['It could also be:']),
      ...verdict.innocentExplanations.map((cause) => `  - ${cause}`),
      'What is hard to see:',
      ...verdict.limits.map((limit) => `  - ${limit}`),
    ].join('\n'),
  )
}

const some = (value: number | null | undefined) =>
  value === null || value === undefined ? '-' : number(value)
const percentOf = (value: number | null | undefined) =>
  value === null || value === undefined ? '-' : `${(100 * value).toFixed(1)} %`

function boundsOf(demand: NonNullable<ScreeningReport['demand']>): string {
  if (demand.free_price_rise) return 'none'
  return `${some(demand.cost_lower_bound)} to ${some(demand.cost_upper_bound)}`
}

/** The least of all subsets beside their mean: a ring that is smaller than its tender shows in its own bids alone. */
function subsetsOf(subsets: ScreeningReport['subsets']): string[] {
  return Object.entries(subsets).flatMap(([size, means]) =>
    means?.cv
      ? [
          `cv of ${size} of a tender's bids: ${number(means.cv.min)} at least, ${number(means.cv.mean)} on average`,
        ]
      : [],
  )
}

/** Bids of one tender are alike, so that p is too small: shown, and no part of the verdict. */
function firstDigitsOf({ mad, p, orders_of_magnitude }: Benford): string {
  const span = `${orders_of_magnitude.toFixed(1)} orders of magnitude`
  return orders_of_magnitude < 2
    ? `first digits: Benford's law is not to be expected of bids over ${span}`
    : `first digits: ${number(mad)} off Benford's law on average over ${span}, p ${number(p)} if bids of a tender were unlike each other (no part of the verdict)`
}
