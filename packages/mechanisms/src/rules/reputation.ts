// Selection by reputation: a first-price auction in which a surplus counts as far as the record of its bidder lets one expect it (LI.FI: reliability and fill
// record decide who is named in `exclusiveFor`). Records are kept by a discipline around the rule; without one it is a first-price auction.
import type { MechanismRule } from '../mechanism.ts'
import { type LotOffer, perLot, splitFeasible } from '../per-lot.ts'
import { compareScores, recordWeight } from '../sealed/reputation.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

const MILLION = 1_000_000

/**
 * @example offers of 110 and 109 with a reserve of 100, by bidders that keep 50 % and 100 % of their awards: the second wins and delivers 109
 */
export const reputationRule: MechanismRule<'reputation', 'windowMs' | 'recordPpm'> = {
  rule: 'reputation',
  parameters: {
    windowMs: WINDOW_MS,
    recordPpm: {
      usual: MILLION,
      least: 0,
      most: MILLION,
      meaning:
        'how much the record counts, ppm: 0 is a first-price auction, 1000000 compares expected surpluses',
    },
  },
  create: ({ windowMs, recordPpm }) =>
    perLot((lot, offers, { reliabilityPpm }) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const scored = ({ offer, amount }: LotOffer) => ({
        amount,
        weightPpm: recordWeight(reliabilityPpm?.get(offer.bidder) ?? MILLION, recordPpm),
      })
      const best = feasible.reduce<LotOffer | null>(
        (sofar, each) =>
          sofar === null || compareScores(scored(each), scored(sofar), lot.reserve) > 0 ? each : sofar,
        null,
      )
      return {
        award: best === null ? null : { offer: best.offer, amount: best.amount, atMs: windowMs },
        dropped: [...late, ...dropped],
        payments: [],
      }
    }),
}
