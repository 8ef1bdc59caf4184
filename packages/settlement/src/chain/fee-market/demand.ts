// How strong the demand of others is: what a producer sees, and what its header says from a block on.
import type { BlockHeader, BlockMarket, MarketResource } from '@solvent/protocol'
import { MAX_DEMAND_PERCENT } from '@solvent/protocol'

export interface Demand {
  /** Of its ordinary strength. */
  readonly percent: number
  /** First block number of ordinary demand again. */
  readonly until: number
}

export type Demands = Readonly<Record<MarketResource, Demand>>

export const ORDINARY: Demand = Object.freeze({ percent: 100, until: 0 })

/** Demand for gas at a slot that follows a block and declares nothing new, in percent. */
export function gasDemandAt({ demandPercent, demandUntil }: BlockMarket, number: number): number {
  return number < demandUntil ? demandPercent : ORDINARY.percent
}

/** The same for blobs. */
export function blobDemandAt({ blobDemandPercent, blobDemandUntil }: BlockMarket, number: number): number {
  return number < blobDemandUntil ? blobDemandPercent : ORDINARY.percent
}

/** What a block after this one declares when its producer sees nothing new. */
export function inheritedDemands(market: BlockMarket, number: number): Demands {
  return {
    gas: ongoing({ percent: market.demandPercent, until: market.demandUntil }, number),
    blobs: ongoing({ percent: market.blobDemandPercent, until: market.blobDemandUntil }, number),
  }
}

/** What a header declares, or that no header may say it. */
export function declaredDemands({ number, market }: BlockHeader): Demands | 'bad-demand' {
  const gas = { percent: market.demandPercent, until: market.demandUntil }
  const blobs = { percent: market.blobDemandPercent, until: market.blobDemandUntil }
  return isSayable(gas, number) && isSayable(blobs, number) ? { gas, blobs } : 'bad-demand'
}

function ongoing(demand: Demand, number: number): Demand {
  return number < demand.until ? demand : ORDINARY
}

/** Ordinary, or within limits with an end that is still to come. */
function isSayable({ percent, until }: Demand, number: number): boolean {
  if (percent === ORDINARY.percent && until === 0) return true
  return percent <= MAX_DEMAND_PERCENT && until > number
}
