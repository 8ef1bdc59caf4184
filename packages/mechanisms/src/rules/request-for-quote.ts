// Request for quote with exclusivity (UniswapX): the best quote in the window is exclusive for a while; when its maker fades, the order
// decays from that quote to its reserve for all others. What fading costs its maker is a discipline's matter (fade-breaker.ts).
import { decayedAmount } from '@solvent/protocol/pricing'
import { clearFallingPrice, ticksIn } from '../dutch/falling-price.ts'
import type { MechanismRule } from '../mechanism.ts'
import { perLot, splitFeasible } from '../per-lot.ts'
import { SIGHT_MS } from '../race.ts'
import { DECAY_PARAMETERS } from './dutch.ts'
import { inWindow, WINDOW_MS } from './sealed-window.ts'

/** The best quote owes what it said; after a fade the first taker of a falling price owes what is due then. */
export const requestForQuoteRule: MechanismRule<
  'request-for-quote',
  'windowMs' | 'exclusiveMs' | 'decayMs' | 'tickMs' | 'sightMs'
> = {
  rule: 'request-for-quote',
  parameters: {
    windowMs: { ...WINDOW_MS, usual: 500 },
    exclusiveMs: { ...DECAY_PARAMETERS.exclusiveMs, usual: 24_000 },
    decayMs: DECAY_PARAMETERS.decayMs,
    tickMs: DECAY_PARAMETERS.tickMs,
    sightMs: SIGHT_MS,
  },
  create: ({ windowMs, exclusiveMs, decayMs, tickMs, sightMs }) => {
    const ticks = ticksIn(decayMs, tickMs)
    return perLot((lot, offers) => {
      const { inTime, late } = inWindow(offers, windowMs)
      const { feasible, dropped } = splitFeasible(inTime, lot.reserve)
      const best = feasible[0]
      if (best === undefined) return { award: null, dropped: [...late, ...dropped], payments: [] }
      if (!best.offer.fades) {
        const award = { offer: best.offer, amount: best.amount, atMs: windowMs }
        return { award, dropped: [...late, ...dropped], payments: [] }
      }
      const others = [...feasible.slice(1), ...offers.filter(({ offer }) => offer.delayMs > windowMs)]
      const faded = others.filter(({ offer }) => offer.fades)
      const open = clearFallingPrice(
        { ...lot, exclusive: null },
        others.filter(({ offer }) => !offer.fades),
        {
          amountAt: (tick) =>
            decayedAmount(
              { startAmount: best.amount, endAmount: lot.reserve, decayStart: 0, decayEnd: ticks },
              tick,
            ).amount,
          ticks,
          tickMs,
          exclusiveTicks: -1,
          overrideBps: 0,
          sightMs,
        },
      )
      const opensMs = windowMs + exclusiveMs
      return {
        award: open.award === null ? null : { ...open.award, atMs: opensMs + open.award.atMs },
        dropped: [
          ...[best, ...faded].map(({ offer }) => ({ offer, reason: 'faded' as const })),
          ...dropped,
          ...open.dropped,
        ],
        payments: open.payments,
      }
    })
  },
}
