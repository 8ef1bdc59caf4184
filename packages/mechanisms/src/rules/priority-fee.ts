// Priority-fee auction (UniswapX PriorityOrderReactor): the block's producer orders fills by the fee they add, and the output grows with
// that fee. So bidders compete in fees, at first price; the user gets the growth, the producer keeps the fee itself.
import { maxBig } from '@solvent/primitives'
import { amountAtFee } from '@solvent/protocol/pricing'
import { type MechanismRule, type Offer, type Payment, PRODUCER } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

/** Output grows by `milliBipsPerFee` of this per unit of fee: ceil(amount · (1e7 + fee · mps) / 1e7). */
const MILLI_BIPS = 10_000_000n

/**
 * What must be delivered at a priority fee.
 *
 * @example outputAtFee(1_000_000n, 3n, 10n) // 1_000_003n
 */
export function outputAtFee(amount: bigint, fee: bigint, milliBipsPerFee: bigint): bigint {
  return amountAtFee(amount, fee, milliBipsPerFee).amount
}

/** The highest fee whose output, with the fee itself, costs at most `most`; amounts in output units. */
export function highestFee(
  most: bigint,
  lot: { readonly reserve: bigint; readonly milliBipsPerFee: bigint; readonly feeCost: bigint },
): bigint {
  const { reserve, milliBipsPerFee, feeCost } = lot
  const costs = (fee: bigint) => outputAtFee(reserve, fee, milliBipsPerFee) + fee * feeCost
  const slope = reserve * milliBipsPerFee + feeCost * MILLI_BIPS
  if (most < reserve || slope === 0n) return 0n
  let fee = ((most - reserve) * MILLI_BIPS) / slope
  while (fee > 0n && costs(fee) > most) fee -= 1n
  return maxBig(fee, 0n)
}

/** The highest fee wins; ties go to the bidder that comes first by name, as in a block they would by position. */
export const priorityFeeRule: MechanismRule<'priority-fee', 'windowMs' | 'milliBipsPerFee' | 'feeCost'> = {
  rule: 'priority-fee',
  parameters: {
    windowMs: { ...WINDOW_MS, usual: 2_000 },
    milliBipsPerFee: {
      usual: 1,
      least: 1,
      most: 1_000_000,
      meaning: 'growth of the output per unit of priority fee, in units of 1e-7',
    },
    feeCost: {
      usual: 0,
      least: 0,
      most: 1_000_000_000_000,
      meaning: 'what one unit of fee costs the bidder and brings the producer, output units',
    },
  },
  create: ({ windowMs, milliBipsPerFee, feeCost }) =>
    perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const terms = {
        reserve: lot.reserve,
        milliBipsPerFee: BigInt(milliBipsPerFee),
        feeCost: BigInt(feeCost),
      }
      let best: { readonly offer: Offer; readonly fee: bigint } | null = null
      // Offers come best first, so that among equal fees the first one stands.
      for (const { offer, amount } of feasible) {
        const fee = highestFee(amount, terms)
        if (best === null || fee > best.fee || (fee === best.fee && isBefore(offer, best.offer)))
          best = { offer, fee }
      }
      if (best === null) return { award: null, dropped: [...late, ...dropped], payments: [] }
      const { offer, fee } = best
      const paid = fee * terms.feeCost
      const payments: Payment[] =
        paid === 0n ? [] : [{ from: offer.bidder, to: PRODUCER, amount: paid, why: 'priority-fee' }]
      const amount = outputAtFee(lot.reserve, fee, terms.milliBipsPerFee)
      return { award: { offer, amount, atMs: windowMs }, dropped: [...late, ...dropped], payments }
    }),
}

function isBefore(a: Offer, b: Offer): boolean {
  return a.bidder === b.bidder ? a.id < b.id : a.bidder < b.bidder
}
