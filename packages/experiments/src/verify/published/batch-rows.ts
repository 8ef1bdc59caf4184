// The worked cases of the fair combinatorial auction, to the unit: CoW Protocol, docs/cow-protocol/reference/core/auctions
// (fairness filter, reference outcome) and the capped reward of CIP-74.
import { fairCombinatorial, performanceReward } from '@solvent/mechanisms'
import { type PublishedRow, plainFigure, publishedRow } from './published-row.ts'

const SOURCE = 'CoW Protocol, batch auction'

const solution = (solver: string, scores: Readonly<Record<string, bigint>>) => ({
  id: `${solver}/${Object.keys(scores).join('+')}`,
  solver,
  scores: new Map(Object.entries(scores)),
})

const FILTERED = [solution('A', { AB: 100n, CD: 100n }), solution('B', { AB: 150n })]
const REFERENCE_IS_BETTER = [
  solution('A', { AB: 100n, CD: 100n, EF: 100n }),
  solution('B', { AB: 140n, CD: 140n }),
  solution('C', { EF: 100n }),
]
const HONEST = [
  solution('A', { AB: 90n }),
  solution('B', { AB: 80n }),
  solution('A', { CD: 40n }),
  solution('C', { CD: 70n }),
  solution('D', { AB: 95n, CD: 75n }),
]

/** The reward of a winner that settled, at a cap of half a fee of 100 and a penalty of at most 10. */
const capped = (reference: bigint) =>
  performanceReward({
    total: 300n,
    reference,
    missing: 0n,
    protocolFee: 100n,
    capBps: 5_000,
    mostPenalty: 10n,
  })

export function batchRows(): PublishedRow[] {
  const row = (quantity: string, published: number, ours: bigint) =>
    publishedRow(
      SOURCE,
      { quantity, published, accept: [published, published] as const, of: plainFigure },
      Number(ours),
      [],
    )
  const unfair = fairCombinatorial(FILTERED)
  const worse = fairCombinatorial(REFERENCE_IS_BETTER)
  const honest = fairCombinatorial(HONEST)
  return [
    row('total score, an unfair batch filtered out', 150, unfair.totalScore),
    row('total score, the batch against its reference', 300, worse.totalScore),
    row('reference score without the winner', 380, worse.referenceScores.get('A') ?? -1n),
    row('total score, two pairs in one batch', 170, honest.totalScore),
    row('reference score without it', 160, honest.referenceScores.get('D') ?? -1n),
    row('reward at reference 280', 20, capped(280n)),
    row('reward at reference 380', -10, capped(380n)),
  ]
}
