// The terms of an exchange that a solver judges, whether they come as a signed order or as a request for a quote.
import type { Address, ChainId } from '@solvent/primitives'
import type { Order, QuoteRequest } from '@solvent/protocol'

export interface Deal {
  readonly originChainId: ChainId
  readonly input: { readonly token: Address; readonly amount: bigint }
  readonly destinationChainId: ChainId
  readonly output: { readonly token: Address; readonly minAmount: bigint }
  readonly prover: Address
  /** The solver can act from now on, or from the close of the auction. Unix seconds, as all times here. */
  readonly startsAt: number
  readonly fillDeadline: number
  readonly expires: number
}

/** The deal of an order, as seen at `nowSeconds`. */
export function dealOfOrder(order: Order, nowSeconds: number): Deal {
  const { originChainId, input, output, prover, fillDeadline, expires, award } = order
  return {
    originChainId,
    input,
    destinationChainId: output.chainId,
    output,
    prover,
    startsAt: award.by === 'auctioneer' ? Math.max(award.closesAt, nowSeconds) : nowSeconds,
    fillDeadline,
    expires,
  }
}

/** The deal that a request asks a price for; any amount will do. */
export function dealOfQuote(request: QuoteRequest, nowSeconds: number): Deal {
  const {
    originChainId,
    inputToken,
    inputAmount,
    outputChainId,
    outputToken,
    prover,
    fillDeadline,
    expires,
  } = request
  return {
    originChainId,
    input: { token: inputToken, amount: inputAmount },
    destinationChainId: outputChainId,
    output: { token: outputToken, minAmount: 0n },
    prover,
    startsAt: nowSeconds,
    fillDeadline,
    expires,
  }
}
