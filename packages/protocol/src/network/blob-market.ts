// What moves an L1's blob base fee: EIP-4844 with the target and the most of EIP-7691, and the demand of everybody else.
// Wei per blob gas.

export interface BlobMarket {
  /** Blobs of a block at which the fee stays where it is, and at most. */
  readonly targetBlobs: number
  readonly maxBlobs: number
  /** BLOB_BASE_FEE_UPDATE_FRACTION: excess blob gas that multiplies the fee by e. */
  readonly updateFraction: number
  /** Wei per blob gas up to which others fill the target; 0: nobody else posts blobs. */
  readonly equilibriumBlobBaseFee: bigint
  /** Excess blob gas of the genesis block, from which its fee follows. */
  readonly genesisExcessBlobGas: number
}

/** Gas of one blob (EIP-4844, GAS_PER_BLOB = 2^17). */
export const GAS_PER_BLOB = 131_072
