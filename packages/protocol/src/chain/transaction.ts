// A transaction: EIP-1559 fee fields around one call.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { Call } from './call.ts'

export interface Transaction {
  readonly chainId: ChainId
  readonly from: Address
  /** Whose key signs, once the account's has been rotated; absent: the account's first, from which its address is made. */
  readonly signer?: Address | undefined
  /** 0, 1, 2, … per sender and chain; executed in order. */
  readonly nonce: number
  readonly gasLimit: number
  /** Wei per gas. */
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  /** Blobs that it carries, and what it offers for each unit of their gas (EIP-4844); absent: none. */
  readonly blobs?: number | undefined
  readonly maxFeePerBlobGas?: bigint | undefined
  readonly call: Call
}

export interface SignedTransaction {
  readonly transaction: Transaction
  readonly signature: Signature
}

/** BLAKE3 of the packed bytes of the transaction. */
export type TransactionHash = Hash32
