// Published figures of Banchio and Skrzypacz (2022, arXiv 2202.05947), and the studies that give ours.
import { type AuctionOutcome, type AuctionStudy, banchioSkrzypacz } from '@solvent/collusion'
import type { AuctionSummary } from '../../learning/study-summary.ts'
import { meanFigure, type OurFigure, shareFigure } from './published-row.ts'
import type { PublishedStudy } from './published-study.ts'

type Auction = PublishedStudy<AuctionStudy, AuctionSummary, AuctionOutcome>

/** A pair that ends below this colludes: half of the competitive revenue of 0.95. */
const COLLUSIVE_BELOW = 0.475

function shareOf(summary: AuctionSummary, holds: (revenue: number) => boolean): OurFigure {
  const share = Object.entries(summary.revenues).reduce(
    (sum, [revenue, part]) => (holds(Number(revenue)) ? sum + part : sum),
    0,
  )
  return shareFigure(Math.min(1, share), Math.max(1, summary.converged))
}

const mean = (published: number, accept: readonly [number, number], note?: string) => ({
  quantity: 'mean revenue',
  published,
  accept,
  of: ({ revenue }: AuctionSummary) => meanFigure(revenue),
  ...(note === undefined ? {} : { note }),
})

/** Of the pairs, those with such a revenue; at first price that is their bid. */
const shareAt = (at: number, published: number) => ({
  quantity: `share at ${at}`,
  published,
  accept: [Math.max(0, published - 0.06), Math.min(1, published + 0.06)] as const,
  of: (summary: AuctionSummary) => shareOf(summary, (revenue) => revenue === at),
})

const OPEN_CHOICES =
  'first values 1/(1 − γ) and ties by a coin: the paper gives neither, and they decide this'

export const PUBLISHED_AUCTIONS: readonly Auction[] = [
  {
    name: 'first price',
    study: banchioSkrzypacz(1),
    quick: 40,
    full: 300,
    figures: [
      mean(0.2265, [0.205, 0.25], OPEN_CHOICES),
      shareAt(0.1, 0.11),
      shareAt(0.2, 0.202),
      shareAt(0.3, 0.164),
      shareAt(0.4, 0.034),
    ],
  },
  {
    name: 'second price',
    study: banchioSkrzypacz(2),
    quick: 20,
    full: 300,
    figures: [mean(0.9471, [0.93, 0.95]), { ...shareAt(0.95, 0.994), accept: [0.98, 1] }],
  },
  {
    name: 'first price, all bids revealed',
    study: banchioSkrzypacz(1, 'all-bids'),
    quick: 12,
    full: 100,
    figures: [
      mean(0.9, [0.88, 0.93], 'ties count in expectation'),
      {
        ...shareAt(0.9, 1),
        accept: [0.84, 1],
        note: 'the paper has 500 of 500; a second implementation 0.888, and the others at 0.95, as here',
      },
    ],
  },
  ...(
    [
      [1.3, 1, 0],
      [1.4, 0.86, 0],
      [1.5, 0.41, 20],
      [1.6, 0.15, 0],
      [1.7, 0.02, 0],
      [1.8, 0, 0],
    ] as const
  ).map(([payment, published, quick]) => ({
    name: `payment rule a = ${payment}`,
    study: banchioSkrzypacz(payment),
    quick,
    full: 200,
    figures: [
      {
        quantity: 'share of pairs that collude',
        published,
        accept: [Math.max(0, published - 0.1), Math.min(1, published + 0.1)] as const,
        of: (summary: AuctionSummary) => shareOf(summary, (revenue) => revenue < COLLUSIVE_BELOW),
        note: 'colluding: revenue below half of the competitive one',
      },
    ],
  })),
]
