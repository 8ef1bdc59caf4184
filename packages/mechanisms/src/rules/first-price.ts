// First-price sealed bid: the winner delivers what it offered (Krishna §2.3; CoW and request-for-quote desks in their simplest form).
import type { MechanismRule } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

/**
 * The highest offer at or above the reserve wins and is what the winner owes.
 *
 * @example offers of 101 and 103 with a reserve of 100: the second wins and delivers 103
 */
export const firstPriceRule: MechanismRule<'first-price', 'windowMs'> = {
  rule: 'first-price',
  parameters: { windowMs: WINDOW_MS },
  create: ({ windowMs }) =>
    perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const best = feasible[0]
      return {
        award: best === undefined ? null : { offer: best.offer, amount: best.amount, atMs: windowMs },
        dropped: [...late, ...dropped],
        payments: [],
      }
    }),
}
