// How patient members of a cartel must be, in closed form, beside a ring that is played order by order; and how many solvers enter.
// J. Friedman, Review of Economic Studies 38(1), 1971; J. Tirole, The Theory of Industrial Organization, 1988, 6.3.
import { criticalPatience, type RingStudy } from '@solvent/collusion'
import { createStreams } from '@solvent/kernel'
import {
  discountUnderDetection,
  discountUnderLag,
  entryEquilibrium,
  equalSplitDiscount,
  rotationDiscount,
} from '@solvent/mechanisms'
import { type PublishedRow, plainFigure, publishedRow } from './published-row.ts'

const PAIR: RingStudy = {
  members: 2,
  share: 'split',
  marginBps: 100,
  lagOrders: 1,
  breakUp: 0,
  exclusivity: { share: 0, overrideBps: 0 },
  plays: 1_000,
  orders: 40,
}

/** Coins that share out orders leave an error in δ of half of this. */
const BY_COIN = 0.03
/** Turns toss no coin. */
const BY_TURNS = 0.001

const RINGS: readonly (readonly [string, Partial<RingStudy>, number])[] = [
  ['two that split', {}, equalSplitDiscount(2)],
  ['four that split', { members: 4 }, equalSplitDiscount(4)],
  ['two in turns', { share: 'rotation', plays: 1 }, rotationDiscount(2)],
  ['three in turns', { share: 'rotation', members: 3, plays: 1 }, rotationDiscount(3)],
  ['two, one ring in five found out', { breakUp: 0.2 }, discountUnderDetection(2, 0.2)],
  ['two, answered after five orders', { lagOrders: 5 }, discountUnderLag(2, 5)],
]

export function patienceRows(): PublishedRow[] {
  return RINGS.map(([ring, change, published]) => {
    const reach = change.share === 'rotation' ? BY_TURNS : BY_COIN
    const study = { ...PAIR, ...change }
    const figure = {
      quantity: `least δ, ${ring}`,
      published,
      accept: [published - reach, published + reach] as const,
      of: () =>
        plainFigure(criticalPatience(study, createStreams(1).stream('published/ring')).criticalDiscount),
    }
    return publishedRow('cartels, closed form', figure, null, [])
  })
}

const MOST_SOLVERS = 60
const RECONSTRUCTED =
  'a reconstruction: uniform values, after the abstract of T. Chitra et al. 2024, not their equations'

const ENTRIES = [
  { congestion: 0, entryCost: 0.01, free: 9, user: null, total: 9 },
  { congestion: 0, entryCost: 0.001, free: 31, user: null, total: 31 },
  { congestion: 0.05, entryCost: 5e-4, free: 24, user: 6, total: 4 },
] as const

/** Whole numbers of solvers. */
export function entryRows(): PublishedRow[] {
  return ENTRIES.flatMap(({ free, user, total, ...terms }) => {
    const found = entryEquilibrium(terms, MOST_SOLVERS)
    const row = (who: string, published: number, ours: number) =>
      publishedRow(
        `entry at cost ${terms.entryCost}, congestion ${terms.congestion}`,
        {
          quantity: who,
          published,
          accept: [published, published] as const,
          of: plainFigure,
          note: RECONSTRUCTED,
        },
        ours,
        [],
      )
    return [
      row('solvers that enter freely', free, found.free),
      ...(user === null ? [] : [row('best for users', user, found.userOptimal)]),
      row('best for all', total, found.totalOptimal),
    ]
  })
}
