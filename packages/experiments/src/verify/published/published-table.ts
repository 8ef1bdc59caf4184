// Published results about auctions, learning and collusion, computed again: the figures of the papers beside ours.
import {
  authorsDraws,
  authorsStudy,
  type LearningStudy,
  monopolyPrices,
  nashPrices,
  pricingGame,
  pricingSession,
  type SessionOutcome,
  symmetricLogitMarket,
} from '@solvent/collusion'
import { openSessionPool } from '../../learning/session-pool.ts'
import { auctionSummary, pricingSummary } from '../../learning/study-summary.ts'
import { auctionFormRows } from './auction-forms.ts'
import { PUBLISHED_AUCTIONS } from './banchio-skrzypacz-figures.ts'
import { batchRows } from './batch-rows.ts'
import { PUBLISHED_PRICING } from './calvano-variants.ts'
import { entryRows, patienceRows } from './patience-forms.ts'
import { type PublishedRow, plainFigure, publishedRow } from './published-row.ts'
import type { PublishedSize } from './published-study.ts'
import { studySessions } from './study-sessions.ts'

export interface PublishedOptions {
  readonly size: PublishedSize
  readonly workers: number
  /** A directory where outcomes of sessions are kept; those that are there are not run again. */
  readonly keep?: string | undefined
  readonly onStudy?: (name: string) => void
  /** The figures of a study that has ended; all of them are in the table too. */
  readonly onFigures?: (rows: readonly PublishedRow[]) => void
}

const CALVANO = 'Calvano et al. 2020'
const BANCHIO = 'Banchio and Skrzypacz 2022'
const SEED = 1

export async function publishedTable(options: PublishedOptions): Promise<PublishedRow[]> {
  const { size, workers, keep, onStudy, onFigures } = options
  const rows: PublishedRow[] = []
  const take = (figures: readonly PublishedRow[]) => {
    rows.push(...figures)
    onFigures?.(figures)
  }
  take([...auctionFormRows(), ...patienceRows(), ...entryRows(), ...batchRows()])
  take([...priceRows(), ...dockingRows(size)])
  const pool = openSessionPool(workers)
  // All sessions of all studies wait in one line, so that no thread is idle while the last session of a study runs.
  const begin = (study: LearningStudy, sessions: number): Promise<SessionOutcome[]> => {
    const outcomes = studySessions({ pool, study, seed: SEED, sessions, keep })
    // Whoever waits for it hears of a failure; until then it is not unheard of.
    outcomes.catch(() => undefined)
    return outcomes
  }
  try {
    const pricing = PUBLISHED_PRICING.filter((published) => published[size] > 0).map((published) => ({
      ...published,
      running: begin({ kind: 'pricing', study: published.study }, published[size]),
    }))
    const auctions = PUBLISHED_AUCTIONS.filter((published) => published[size] > 0).map((published) => ({
      ...published,
      running: begin({ kind: 'auction', study: published.study }, published[size]),
    }))
    for (const { name, figures, running, [size]: sessions } of pricing) {
      onStudy?.(`${CALVANO}, ${name}: ${sessions} sessions`)
      const outcomes = (await running).filter((outcome) => outcome.kind === 'pricing')
      const summary = pricingSummary(outcomes)
      take(figures.map((figure) => publishedRow(`${CALVANO}, ${name}`, figure, summary, outcomes)))
    }
    for (const { name, figures, running, [size]: sessions } of auctions) {
      onStudy?.(`${BANCHIO}, ${name}: ${sessions} sessions`)
      const outcomes = (await running).filter((outcome) => outcome.kind === 'auction')
      const summary = auctionSummary(outcomes)
      take(figures.map((figure) => publishedRow(`${BANCHIO}, ${name}`, figure, summary, outcomes)))
    }
  } finally {
    await pool.close()
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
        [],
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

function dockingRows(size: PublishedSize): PublishedRow[] {
  const study = authorsStudy()
  const pricing = pricingGame(study)
  return AUTHORS_SESSIONS.slice(0, size === 'quick' ? 2 : AUTHORS_SESSIONS.length).map(
    ([number, periods]) => {
      const session = pricingSession(study, pricing, authorsDraws(number, [4e-6, 4e-6], study.grid.points))
      return publishedRow(
        `${CALVANO}, the authors' random streams`,
        {
          quantity: `periods of session ${number}`,
          published: periods,
          accept: [periods, periods] as const,
          of: plainFigure,
        },
        session.totalPeriods,
        [session],
      )
    },
  )
}
