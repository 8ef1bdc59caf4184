// One session of a study of tenders: its play, the counterfactual on the same draws, and what the two come to.
import { playTenders } from './play-tenders.ts'
import { regretBound } from './regret-bounds.ts'
import type { TenderOutcomeOfBidder, TendersOutcome } from './tender-outcome.ts'
import { counterfactualStudy, tenderLabels } from './tender-players.ts'
import type { TenderStudy } from './tender-study.ts'

const FIRST = 1

/** Session `session` of a study, numbered from 1: it depends on the seed and its number only. */
export function tenderSession(study: TenderStudy, seed: number, session: number): TendersOutcome {
  const kept = session === FIRST ? Math.min(study.kept, study.tenders) : 0
  const play = playTenders(study, { seed, session, withRegret: true, kept })
  const other = counterfactualStudy(study)
  const replay =
    other === null ? null : playTenders(other, { seed, session, withRegret: false, kept: 0 }).sums
  const { sums } = play
  const settled = settledAt(sums.blocks.price, study.tolerance)
  const regrets = play.regret?.perTender() ?? []
  const bidders = tenderLabels(study).map((label, at): TenderOutcomeOfBidder => {
    const counted = play.regret?.counted[at] ?? 0
    const { strategy } = study.bidders[at] as TenderStudy['bidders'][number]
    return {
      ...label,
      ...(sums.bidders[at] as TenderOutcomeOfBidder),
      regret: regrets[at] ?? null,
      regretBound: counted === 0 || study.regretEvery > 1 ? null : regretBound(strategy, counted, study),
    }
  })
  const { price, filled, contested, winnerCost, excessCost, fades, hhi, blocks } = sums
  return {
    kind: 'tenders',
    converged: settled <= lastQuarter(study.blocks),
    periods: Math.ceil((settled * study.tenders) / study.blocks),
    price,
    competitivePrice: replay?.price ?? null,
    overcharge: replay === null ? null : price - replay.price,
    ...{ filled, contested, winnerCost, excessCost, fades, hhi, bidders },
    blocks: { ...blocks, competitivePrice: replay?.blocks.price ?? null },
    kept: play.kept,
  }
}

/** The first block of the last quarter; with fewer than four blocks the last one. */
function lastQuarter(blocks: number): number {
  return Math.min(blocks - 1, Math.floor((3 * blocks) / 4))
}

/** The block from which on prices stay close to the mean of the last quarter; the number of blocks where the last is not. */
function settledAt(prices: readonly number[], tolerance: number): number {
  const last = prices.slice(lastQuarter(prices.length))
  const mean = last.reduce((sum, price) => sum + price, 0) / last.length
  return prices.findLastIndex((price) => Math.abs(price - mean) > tolerance) + 1
}
