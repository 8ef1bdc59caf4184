// Request for quote: a user asks solvers by direct request before signing an order that names one of them.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { Signature } from '../signature.ts'

export interface QuoteRequest {
  /** Chosen by the asker, unique per asker. */
  readonly quoteId: Hash32
  readonly originChainId: ChainId
  readonly inputToken: Address
  readonly inputAmount: bigint
  readonly outputChainId: ChainId
  readonly outputToken: Address
  readonly prover: Address
  /** Unix seconds by which the fill must be possible. */
  readonly fillDeadline: number
  readonly expires: number
}

/** A solver's firm answer: it will deliver `outputAmount` if named in an order signed by `validUntil`. */
export interface Quote {
  readonly quoteId: Hash32
  readonly solver: Address
  readonly outputAmount: bigint
  readonly validUntil: number
}

export interface SignedQuote {
  readonly quote: Quote
  readonly signature: Signature
}
