import type { Call } from '@solvent/protocol'

/** A transaction that a keeper would send. */
export interface LiquidationOffer {
  readonly call: Call
  readonly ref: string
  /** Undefined: the usual one. */
  readonly priorityFeePerGas: bigint | undefined
}
