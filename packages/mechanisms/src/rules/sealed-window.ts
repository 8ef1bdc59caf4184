// A window in which sealed offers are taken: what is not there when it closes is late.
import type { RuleParameter } from '@solvent/primitives'
import type { DropReason, Offer } from '../mechanism.ts'
import type { LotOffer } from '../per-lot.ts'

/** How long offers are taken; requests for quote 500 ms (UniswapX), 3 s (NEAR), 10 s (CoW). */
export const WINDOW_MS: RuleParameter = {
  usual: 3_000,
  least: 0,
  most: 86_400_000,
  meaning: 'offers count while they arrive within this many ms',
}

/** Sorts offers into those in time and those that are late. */
export function inWindow(
  offers: readonly LotOffer[],
  windowMs: number,
): { readonly inTime: LotOffer[]; readonly late: { offer: Offer; reason: DropReason }[] } {
  const inTime = offers.filter(({ offer }) => offer.delayMs <= windowMs)
  const late = offers
    .filter(({ offer }) => offer.delayMs > windowMs)
    .map(({ offer }) => ({ offer, reason: 'late' as const }))
  return { inTime, late }
}
