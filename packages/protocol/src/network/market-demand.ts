// A rush on a chain's block space or blobs, as it is asked of its producers. Range: settlement.md §9 (gas or blob spike).
import type { ChainId } from '@solvent/primitives'

/** What other people compete for: gas on every chain, blobs on an L1 that has them. */
export const marketResources = ['gas', 'blobs'] as const
export type MarketResource = (typeof marketResources)[number]

export interface MarketDemand {
  readonly chainId: ChainId
  readonly resource: MarketResource
  /** In percent of the ordinary demand. */
  readonly percent: number
  /** Unix ms of the producer's clock. */
  readonly untilMs: number
}
