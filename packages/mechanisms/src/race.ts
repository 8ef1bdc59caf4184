// A race of transactions: the first that lands takes the lot, and whoever had sent its own before it could see that pays the gas of a
// fill that reverts.
import { type DropReason, GAS, type Lot, type Offer, type Payment } from './mechanism.ts'
import type { LotClearing } from './per-lot.ts'

/** An attempt to take a lot: sent at one moment, in a block at another, for what is due then. */
export interface Attempt {
  readonly offer: Offer
  readonly sentMs: number
  readonly landsMs: number
  readonly amount: bigint
}

/** How long until a landed fill is seen by those who would still send theirs. */
export const SIGHT_MS = {
  usual: 2_000,
  least: 0,
  most: 3_600_000,
  meaning: 'until the winning fill is seen by rivals, who then send none, in ms: about one block',
}

/** Decides a race; at one moment the order inside a block decides, for which names stand. */
export function race(
  lot: Lot,
  attempts: readonly Attempt[],
  rules: {
    readonly sightMs: number
    readonly dropped: readonly { readonly offer: Offer; readonly reason: DropReason }[]
  },
): LotClearing {
  const { sightMs, dropped } = rules
  const [first, ...others] = [...attempts].sort(compareAttempts)
  if (first === undefined) return { award: null, dropped, payments: [] }
  const payments: Payment[] = []
  for (const { offer, sentMs } of others)
    if (lot.attemptCost > 0n && sentMs <= first.landsMs + sightMs)
      payments.push({ from: offer.bidder, to: GAS, amount: lot.attemptCost, why: 'lost-attempt' })
  return {
    award: { offer: first.offer, amount: first.amount, atMs: first.landsMs },
    dropped,
    payments,
  }
}

function compareAttempts(a: Attempt, b: Attempt): number {
  if (a.landsMs !== b.landsMs) return a.landsMs - b.landsMs
  if (a.offer.bidder !== b.offer.bidder) return a.offer.bidder < b.offer.bidder ? -1 : 1
  return a.offer.id < b.offer.id ? -1 : a.offer.id > b.offer.id ? 1 : 0
}
