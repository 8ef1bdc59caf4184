import type { Address } from '@solvent/primitives'
import type { Call } from '@solvent/protocol'
import type { LiquidationQuote } from '@solvent/settlement'

/** A transaction that a keeper would send. */
export interface LiquidationOffer {
  readonly call: Call
  readonly ref: string
  /** Undefined: the usual one. */
  readonly priorityFeePerGas: bigint | undefined
}

/** The call that does what a quote says. */
export function liquidationCall(
  pool: Address,
  borrower: Address,
  { collateral, debt, debtToCover }: Pick<LiquidationQuote, 'collateral' | 'debt' | 'debtToCover'>,
): Extract<Call, { kind: 'liquidate' }> {
  return { kind: 'liquidate', pool, borrower, collateral, debt, debtToCover, receive: 'underlying' }
}
