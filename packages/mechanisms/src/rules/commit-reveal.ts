// Commitments with a deposit: bidders commit within the window and open afterwards; who does not open takes no part and loses the deposit. Until then a commitment
// is an option: whoever would not deliver opens nothing (registrars of Ethereum names kept 0.5 % of unopened bids: ENS, 2017; here a fixed deposit).
import { type MechanismRule, type Payment, PROTOCOL } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

type Parameters = 'windowMs' | 'revealMs' | 'deposit'

/** The best of the bids that were opened owes what it offered, once the time to open is over. */
export const commitRevealRule: MechanismRule<'commit-reveal', Parameters> = {
  rule: 'commit-reveal',
  parameters: {
    windowMs: WINDOW_MS,
    revealMs: {
      usual: 10_000,
      least: 0,
      most: 3_600_000,
      meaning: 'from the close until bids must be open, ms',
    },
    deposit: {
      usual: 0,
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
      meaning: 'what an unopened commitment costs, units',
    },
  },
  create: ({ windowMs, revealMs, deposit }) =>
    perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const unopened = inTime.filter(({ offer }) => offer.fades)
      const { feasible, dropped } = splitFeasible(
        inTime.filter(({ offer }) => !offer.fades),
        lot.reserve,
      )
      const best = feasible[0]
      return {
        award:
          best === undefined ? null : { offer: best.offer, amount: best.amount, atMs: windowMs + revealMs },
        dropped: [
          ...late,
          ...dropped,
          ...unopened.map(({ offer }) => ({ offer, reason: 'unrevealed' as const })),
        ],
        payments: unopened.flatMap(({ offer }): Payment[] =>
          deposit === 0
            ? []
            : [{ from: offer.bidder, to: PROTOCOL, amount: BigInt(deposit), why: 'penalty' }],
        ),
      }
    }),
}
