// What a transaction asked of a market, against what the market says that it did.
import type { ChainEvent, MarketCall } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'

/** The call behind an event, when the transaction is of that kind. */
export function marketCallOf<K extends MarketCall['kind']>(
  { transaction }: Scope,
  kind: K,
): Extract<MarketCall, { kind: K }> | null {
  const call = transaction?.call
  return call?.kind === kind ? (call as Extract<MarketCall, { kind: K }>) : null
}

/** Why a call is carried out too late; null: it is not. */
export function latenessProblem(
  { timestamp }: Scope,
  { deadline }: { readonly deadline: number },
): string | null {
  return timestamp > deadline ? `acts at ${timestamp}, the deadline was ${deadline}` : null
}

/** What a swap does that its call does not ask for. */
export function swapTermsProblems(scope: Scope, event: Extract<ChainEvent, { kind: 'swapped' }>): string[] {
  const { tokenIn, amountIn, amountOut, recipient } = event
  const call = marketCallOf(scope, 'swap')
  if (call === null) return []
  const late = latenessProblem(scope, call)
  const isOther = call.amountIn !== amountIn || call.tokenIn !== tokenIn || call.recipient !== recipient
  return [
    ...(isOther ? [`a swap of ${amountIn} that its call does not ask for`] : []),
    ...(amountOut < call.minAmountOut ? [`pays ${amountOut}, the call asks for ${call.minAmountOut}`] : []),
    ...(late === null ? [] : [late]),
  ]
}
