// Second-price sealed bid with a reserve (Vickrey 1961; Krishna §2.2, §2.5): the winner delivers the runner-up's offer, or the reserve
// when nobody else made one that counts. Offering one's break-even output is weakly dominant.
import { maxBig } from '@solvent/primitives'
import type { MechanismRule } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

/**
 * The highest offer at or above the reserve wins and owes the second highest, or the reserve when it is alone.
 *
 * @example offers of 101 and 103 with a reserve of 100: the second wins and delivers 101
 */
export const secondPriceRule: MechanismRule<'second-price', 'windowMs'> = {
  rule: 'second-price',
  parameters: { windowMs: WINDOW_MS },
  create: ({ windowMs }) =>
    perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const best = feasible[0]
      const amount = maxBig(feasible[1]?.amount ?? lot.reserve, lot.reserve)
      return {
        award: best === undefined ? null : { offer: best.offer, amount, atMs: windowMs },
        dropped: [...late, ...dropped],
        payments: [],
      }
    }),
}
