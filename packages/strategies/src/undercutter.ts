// Aggressive undercutter: learns from the bids that awards reveal what share of the value rivals hand to users,
// and offers a shave more, but never keeps less than its floor. In a second-price auction the offer does not set
// the price, so that it offers its floor at once (Vickrey 1961: truthful bidding is weakly dominant).
import type { BiddingStrategy, PastAuction } from './bidding-strategy.ts'
import { offerAtMargin, PPM, PPM_PER_BPS } from './margin.ts'

export interface UndercutterConfig {
  readonly kind: 'undercutter'
  /** Margin without evidence of rivals, and the most it ever keeps; 0 to 10000. */
  readonly marginBps: number
  /** The least it keeps; 0 to 10000. */
  readonly floorBps: number
  /** How much more than the rivals' best it hands over; 0 to 10000. */
  readonly shaveBps: number
}

/**
 * Median of the margins that the best rivals kept, in ppm, rounded down to whole bps; null without evidence.
 *
 * The lower median is taken: with an even number of auctions the more aggressive of the two in the middle.
 */
export function rivalMarginPpm(pastAuctions: readonly PastAuction[]): bigint | null {
  const margins = pastAuctions.map(({ netValueE8, rivalBestE8 }) => PPM - (rivalBestE8 * PPM) / netValueE8)
  if (margins.length === 0) return null
  margins.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const median = margins[(margins.length - 1) >> 1] ?? 0n
  const rest = ((median % PPM_PER_BPS) + PPM_PER_BPS) % PPM_PER_BPS
  return median - rest
}

/** margin = clamp(rivals' margin − shave, floor, margin without evidence). */
export function createUndercutter(config: UndercutterConfig): BiddingStrategy {
  const floorPpm = BigInt(config.floorBps) * PPM_PER_BPS
  const openingPpm = BigInt(config.marginBps) * PPM_PER_BPS
  const shavePpm = BigInt(config.shaveBps) * PPM_PER_BPS
  return {
    decide(context) {
      if (context.use === 'second-price') return offerAtMargin(context, floorPpm)
      const rivals = rivalMarginPpm(context.pastAuctions)
      const wanted = rivals === null || rivals - shavePpm > openingPpm ? openingPpm : rivals - shavePpm
      return offerAtMargin(context, wanted < floorPpm ? floorPpm : wanted)
    },
  }
}
