// Published results about learning and collusion, computed again: the figures of the papers beside ours.
import {
  authorsDraws,
  authorsStudy,
  monopolyPrices,
  nashPrices,
  pricingGame,
  pricingSession,
  symmetricLogitMarket,
} from '@solvent/collusion'
import { runStudy } from '../../learning/run-study.ts'
import { auctionSummary, pricingSummary } from '../../learning/study-summary.ts'
import { PUBLISHED_AUCTIONS } from './banchio-skrzypacz-figures.ts'
import { PUBLISHED_PRICING } from './calvano-figures.ts'
import { type PublishedRow, plainFigure, publishedRow } from './published-row.ts'

export interface PublishedOptions {
  /** Some sessions of the main results, or all results with as many sessions as the papers have. */
  readonly size: 'quick' | 'full'
  readonly workers: number
  readonly onStudy?: (name: string) => void
  /** The figures of a study that has ended; all of them are in the table too. */
  readonly onFigures?: (rows: readonly PublishedRow[]) => void
}

const CALVANO = 'Calvano et al. 2020'
const BANCHIO = 'Banchio and Skrzypacz 2022'
const SEED = 1

export async function publishedTable({
  size,
  workers,
  onStudy,
  onFigures,
}: PublishedOptions): Promise<PublishedRow[]> {
  const rows: PublishedRow[] = []
  const take = (figures: readonly PublishedRow[]) => {
    rows.push(...figures)
    onFigures?.(figures)
  }
  take([...priceRows(), ...dockingRows(size)])
  for (const { name, study, figures, ...each } of PUBLISHED_PRICING) {
    const sessions = each[size]
    if (sessions === 0) continue
    onStudy?.(`${CALVANO}, ${name}: ${sessions} sessions`)
    const outcomes = await runStudy({ study: { kind: 'pricing', study }, seed: SEED, sessions, workers })
    const summary = pricingSummary(outcomes.filter((outcome) => outcome.kind === 'pricing'))
    take(figures.map((figure) => publishedRow(`${CALVANO}, ${name}`, figure, summary, sessions)))
  }
  for (const { name, study, figures, ...each } of PUBLISHED_AUCTIONS) {
    const sessions = each[size]
    if (sessions === 0) continue
    onStudy?.(`${BANCHIO}, ${name}: ${sessions} sessions`)
    const outcomes = await runStudy({ study: { kind: 'auction', study }, seed: SEED, sessions, workers })
    const summary = auctionSummary(outcomes.filter((outcome) => outcome.kind === 'auction'))
    take(figures.map((figure) => publishedRow(`${BANCHIO}, ${name}`, figure, summary, sessions)))
  }
  return rows
}

/** Input files of the authors' package, five decimals. */
function priceRows(): PublishedRow[] {
  return (
    [
      [2, 1.47293, 1.92498],
      [3, 1.37016, 2],
    ] as const
  ).flatMap(([firms, nash, monopoly]) => {
    const market = symmetricLogitMarket(firms)
    const row = (quantity: string, published: number, ours: number) =>
      publishedRow(
        `${CALVANO}, ${firms} firms`,
        {
          quantity,
          published,
          accept: [published - 5.1e-6, published + 5.1e-6] as const,
          of: plainFigure,
        },
        ours,
        0,
      )
    return [
      row('Nash price', nash, nashPrices(market)[0] ?? Number.NaN),
      row('monopoly price', monopoly, monopolyPrices(market)[0] ?? Number.NaN),
    ]
  })
}

/** Sessions of the authors' own random streams: number, periods in all. Their output file of the baseline. */
const AUTHORS_SESSIONS = [
  [2, 1_508_026],
  [3, 1_523_143],
  [8, 1_405_970],
  [9, 1_858_715],
] as const

function dockingRows(size: PublishedOptions['size']): PublishedRow[] {
  const study = authorsStudy()
  const pricing = pricingGame(study)
  return AUTHORS_SESSIONS.slice(0, size === 'quick' ? 2 : AUTHORS_SESSIONS.length).map(
    ([session, periods]) => {
      const { totalPeriods } = pricingSession(
        study,
        pricing,
        authorsDraws(session, [4e-6, 4e-6], study.grid.points),
      )
      return publishedRow(
        `${CALVANO}, the authors' random streams`,
        {
          quantity: `periods of session ${session}`,
          published: periods,
          accept: [periods, periods] as const,
          of: plainFigure,
        },
        totalPeriods,
        1,
      )
    },
  )
}
