// What a header says of the chain's other users. They are not transactions of this network: their gas is a number that
// follows from the base fee and from how strong the demand is, so that whoever has the parent can recompute it.

export interface BlockMarket {
  /** Gas that transactions of other people took in this block. */
  readonly backgroundGas: number
  /** Demand in this block and in the empty slots after it, in percent of its ordinary strength. */
  readonly demandPercent: number
  /** First block number of ordinary demand again; 0 in ordinary times. */
  readonly demandUntil: number
  /** Blob gas of all blobs of the block, other people's among them. */
  readonly blobGasUsed: number
  /** Blob gas above the target that earlier blocks left; the blob base fee follows from it (EIP-4844). */
  readonly excessBlobGas: number
  /** As for gas. */
  readonly blobDemandPercent: number
  readonly blobDemandUntil: number
}

/** A chain with a constant fee, or one that nobody else uses, in ordinary times. */
export const CALM_MARKET: BlockMarket = Object.freeze({
  backgroundGas: 0,
  demandPercent: 100,
  demandUntil: 0,
  blobGasUsed: 0,
  excessBlobGas: 0,
  blobDemandPercent: 100,
  blobDemandUntil: 0,
})

/** The weakest and the strongest demand that a header may name: nobody, and a thousand times the ordinary. */
export const MAX_DEMAND_PERCENT = 100_000
