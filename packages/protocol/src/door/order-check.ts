// Orders at the door: of this network, without contradiction, in time.
import type { Address, ChainId } from '@solvent/primitives'
import type { QuoteRequest } from '../auction/quote.ts'
import type { Order } from '../order/order.ts'
import { findOrderFault } from '../order/order-fault.ts'
import { type DoorResult, PASS, reject } from './door-result.ts'
import type { NetworkIndex } from './network-index.ts'
import { checkNotAhead, checkNotPast, MAX_AHEAD_SECONDS, MAX_OPEN_AHEAD_SECONDS } from './window.ts'

/** Domain (chain, settler) and terms, whatever the time: orders that were asked for may be old. */
export function checkOrderTerms(network: NetworkIndex, order: Order): DoorResult {
  const { input, output, award } = order
  const origin = network.chains.get(order.originChainId)
  const destination = network.chains.get(output.chainId)
  if (origin === undefined || destination === undefined) return reject('wrong-chain')
  if (origin.settler !== order.originSettler || destination.settler !== output.settler)
    return reject('wrong-settler')
  if (!isToken(network, order.originChainId, input.token)) return reject('unknown-token')
  if (!isToken(network, output.chainId, output.token)) return reject('unknown-token')
  if (!network.bridges.has(order.prover)) return reject('unknown-prover')
  if (award.by === 'auctioneer' && !network.auctioneers.has(award.auctioneer))
    return reject('unknown-auctioneer')
  return findOrderFault(order) === null ? PASS : reject('invalid-order')
}

/** An order is of use while its escrow can still be opened. */
export function checkOrderWindow(order: Order, now: number): DoorResult {
  const past = checkNotPast(order.openDeadline, now)
  if (!past.ok) return past
  const ahead = checkNotAhead(order.openDeadline, now, MAX_OPEN_AHEAD_SECONDS)
  return ahead.ok ? checkNotAhead(order.expires, now, MAX_AHEAD_SECONDS) : ahead
}

export function checkQuoteRequest(network: NetworkIndex, request: QuoteRequest, now: number): DoorResult {
  const { originChainId, outputChainId } = request
  if (!network.chains.has(originChainId) || !network.chains.has(outputChainId)) return reject('wrong-chain')
  if (!isToken(network, originChainId, request.inputToken)) return reject('unknown-token')
  if (!isToken(network, outputChainId, request.outputToken)) return reject('unknown-token')
  if (!network.bridges.has(request.prover)) return reject('unknown-prover')
  if (originChainId === outputChainId || request.inputAmount === 0n) return reject('invalid-request')
  if (request.fillDeadline > request.expires) return reject('invalid-request')
  return checkNotPast(request.fillDeadline, now)
}

function isToken(network: NetworkIndex, chainId: ChainId, token: Address): boolean {
  return network.tokens.get(chainId)?.has(token) === true
}
