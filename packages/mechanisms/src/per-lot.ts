// Rules that sell each lot by itself: offers are sorted by lot, and what covers several lots is left out.
import type { Clearing, DropReason, Lot, LotAward, Mechanism, Offer, Payment, Round } from './mechanism.ts'

/** An offer for one lot. */
export interface LotOffer {
  readonly offer: Offer
  readonly amount: bigint
}

/** What became of one lot. */
export interface LotClearing {
  readonly award: Omit<LotAward, 'lot'> | null
  readonly dropped: readonly { readonly offer: Offer; readonly reason: DropReason }[]
  readonly payments: readonly Payment[]
}

/** A mechanism that decides lot by lot. */
export function perLot(
  clearLot: (lot: Lot, offers: readonly LotOffer[], round: Round) => LotClearing,
): Mechanism {
  return {
    clear(round): Clearing {
      const { lots, offers } = round
      const dropped: { offer: Offer; reason: DropReason }[] = []
      const byLot = new Map<string, LotOffer[]>(lots.map(({ id }) => [id, []]))
      for (const offer of offers) {
        const [first, ...others] = offer.amounts
        const ofLot = first === undefined ? undefined : byLot.get(first[0])
        if (others.length > 0) dropped.push({ offer, reason: 'bundle' })
        else if (first !== undefined && ofLot !== undefined) ofLot.push({ offer, amount: first[1] })
      }
      const awards: LotAward[] = []
      const payments: Payment[] = []
      for (const lot of lots) {
        const cleared = clearLot(lot, (byLot.get(lot.id) ?? []).sort(compareLotOffers), round)
        if (cleared.award !== null) awards.push({ lot: lot.id, ...cleared.award })
        dropped.push(...cleared.dropped)
        payments.push(...cleared.payments)
      }
      return { awards, dropped, payments }
    },
  }
}

/** Output descending, then bidder and offer id ascending: total, as invariant O-14 asks. */
export function compareLotOffers(a: LotOffer, b: LotOffer): number {
  if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1
  if (a.offer.bidder !== b.offer.bidder) return a.offer.bidder < b.offer.bidder ? -1 : 1
  if (a.offer.id !== b.offer.id) return a.offer.id < b.offer.id ? -1 : 1
  return 0
}

/** Offers at or above the reserve, and the others with the reason why they are not. */
export function splitFeasible(
  offers: readonly LotOffer[],
  reserve: bigint,
): { readonly feasible: LotOffer[]; readonly dropped: { offer: Offer; reason: DropReason }[] } {
  const feasible = offers.filter(({ amount }) => amount >= reserve)
  const dropped = offers
    .filter(({ amount }) => amount < reserve)
    .map(({ offer }) => ({ offer, reason: 'below-reserve' as const }))
  return { feasible, dropped }
}
