// The batch of all lots of a round as a fair combinatorial auction: winners deliver what they offered and are rewarded with the score that
// they add to the auction, within caps (batch/fair-combinatorial.ts, batch/solver-rewards.ts).
import { BPS, mulDivFloor } from '@solvent/primitives'
import { fairCombinatorial, type Solution } from '../batch/fair-combinatorial.ts'
import { performanceReward } from '../batch/solver-rewards.ts'
import {
  type DropReason,
  type LotAward,
  type MechanismRule,
  type Offer,
  type Payment,
  PROTOCOL,
  type Round,
} from '../mechanism.ts'
import { WINDOW_MS } from './sealed-window.ts'

interface OfferedSolution extends Solution {
  readonly offer: Offer
}

type Parameters = 'windowMs' | 'mostWinners' | 'feeBps' | 'capBps' | 'mostPenalty'

/** Two lots of one directed pair are one pair to the rule: an offer covers both, or they exclude each other. */
export const fairCombinatorialRule: MechanismRule<'fair-combinatorial', Parameters> = {
  rule: 'fair-combinatorial',
  parameters: {
    windowMs: { ...WINDOW_MS, usual: 10_000 },
    mostWinners: { usual: 20, least: 1, most: 1_000, meaning: 'winning solutions of one auction' },
    feeBps: { usual: 5_000, least: 0, most: 10_000, meaning: 'protocol fee, as a share of the score' },
    capBps: { usual: 5_000, least: 0, most: 10_000, meaning: 'share of the fee that caps a reward' },
    mostPenalty: {
      usual: 0,
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
      meaning: 'the most that a solver can lose in one auction, units',
    },
  },
  create: ({ windowMs, mostWinners, feeBps, capBps, mostPenalty }) => ({
    clear(round) {
      const { solutions, dropped } = solutionsOf(round, windowMs)
      const outcome = fairCombinatorial(solutions, mostWinners)
      for (const { offer } of outcome.filteredOut) dropped.push({ offer, reason: 'unfair' })
      const winnerOf = new Map<string, Offer>()
      for (const { offer } of outcome.winners)
        for (const lot of offer.amounts.keys()) winnerOf.set(lot, offer)
      const awards: LotAward[] = round.lots.flatMap(({ id }) => {
        const offer = winnerOf.get(id)
        const amount = offer?.amounts.get(id)
        return offer === undefined || amount === undefined ? [] : [{ lot: id, offer, amount, atMs: windowMs }]
      })
      const payments: Payment[] = []
      for (const [solver, reference] of outcome.referenceScores) {
        const score = outcome.winners
          .filter((winner) => winner.solver === solver)
          .reduce((sum, { scores }) => sum + [...scores.values()].reduce((a, b) => a + b, 0n), 0n)
        const reward = performanceReward({
          total: outcome.totalScore,
          reference,
          missing: 0n,
          protocolFee: mulDivFloor(score, BigInt(feeBps), BPS),
          capBps,
          mostPenalty: BigInt(mostPenalty),
        })
        if (reward > 0n) payments.push({ from: PROTOCOL, to: solver, amount: reward, why: 'reward' })
        if (reward < 0n) payments.push({ from: solver, to: PROTOCOL, amount: -reward, why: 'penalty' })
      }
      return { awards, dropped, payments }
    },
  }),
}

/** Offers that arrive in time and keep to every limit, scored by pair. */
function solutionsOf({ lots, offers }: Round, windowMs: number) {
  const lotOf = new Map(lots.map((lot) => [lot.id, lot]))
  const dropped: { offer: Offer; reason: DropReason }[] = []
  const solutions: OfferedSolution[] = []
  for (const offer of offers) {
    const scores = new Map<string, bigint>()
    let isBelow = false
    for (const [id, amount] of offer.amounts) {
      const lot = lotOf.get(id)
      if (lot === undefined) continue
      isBelow ||= amount < lot.reserve
      scores.set(lot.pair, (scores.get(lot.pair) ?? 0n) + amount - lot.reserve)
    }
    if (offer.delayMs > windowMs) dropped.push({ offer, reason: 'late' })
    else if (isBelow) dropped.push({ offer, reason: 'below-reserve' })
    else if (scores.size > 0) solutions.push({ id: offer.id, solver: offer.bidder, scores, offer })
  }
  return { solutions, dropped }
}
