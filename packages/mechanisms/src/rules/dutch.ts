// Dutch decay by time with exclusivity (UniswapX V2, OIF Dutch and exclusive Dutch): what is due falls on a straight line from the lot's
// start to its reserve. Strategically the same as first price (Vickrey 1961), but for ticks, latency and who is exclusive.
import { decayedAmount } from '@solvent/protocol/pricing'
import { clearFallingPrice, ticksIn } from '../dutch/falling-price.ts'
import type { MechanismRule } from '../mechanism.ts'
import { perLot } from '../per-lot.ts'
import { SIGHT_MS } from '../race.ts'

export const DECAY_PARAMETERS = {
  decayMs: {
    usual: 30_000,
    least: 1,
    most: 86_400_000,
    meaning:
      'from the start amount to the reserve, ms (UniswapX: 60 s mainnet, 8 s Arbitrum, 30 s elsewhere)',
  },
  tickMs: { usual: 1_000, least: 1, most: 3_600_000, meaning: 'how often the price moves, ms' },
  exclusiveMs: {
    usual: 0,
    least: 0,
    most: 86_400_000,
    meaning: 'how long the lot is exclusive to the solver it names, ms; holds at its last moment',
  },
  overrideBps: {
    usual: 0,
    least: 0,
    most: 10_000,
    meaning: 'what others owe more meanwhile (UniswapX V2 100, V3 25); 0 bars them',
  },
  sightMs: SIGHT_MS,
} as const

/** The first to take the order at what is due when its fill lands. */
export const dutchRule: MechanismRule<'dutch', keyof typeof DECAY_PARAMETERS> = {
  rule: 'dutch',
  parameters: DECAY_PARAMETERS,
  create: ({ decayMs, tickMs, exclusiveMs, overrideBps, sightMs }) => {
    const ticks = ticksIn(decayMs, tickMs)
    return perLot((lot, offers) =>
      clearFallingPrice(lot, offers, {
        amountAt: (tick) =>
          decayedAmount(
            { startAmount: lot.start, endAmount: lot.reserve, decayStart: 0, decayEnd: ticks },
            tick,
          ).amount,
        ticks,
        tickMs,
        exclusiveTicks: exclusiveMs === 0 ? -1 : ticksIn(exclusiveMs, tickMs),
        overrideBps,
        sightMs,
      }),
    )
  },
}
