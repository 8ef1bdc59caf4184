// Headers, block ranges and transactions at the door. Bodies are checked by who asked for them (`checkBlockBody`).
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { BlockHeader } from '../chain/block-header.ts'
import type { Transaction } from '../chain/transaction.ts'
import type { BlockRange, BlockRequest } from '../wire/message.ts'
import { type DoorResult, ignore, PASS, reject } from './door-result.ts'
import type { NetworkIndex } from './network-index.ts'
import { checkNotAhead, MAX_HEADER_AGE_SECONDS, SKEW_SECONDS } from './window.ts'

/** Chain, producer and the arithmetic of slots, whatever the time; genesis is known to all and never announced. */
export function checkHeaderTerms(network: NetworkIndex, header: BlockHeader): DoorResult {
  const chain = network.chains.get(header.chainId)
  if (chain === undefined) return reject('wrong-chain')
  if (network.producers.get(header.chainId)?.has(header.producer) !== true) return reject('not-a-producer')
  const slotStart = Math.floor((network.genesisMs + header.number * chain.slotMs) / 1_000)
  const inOrder = header.emptyBefore < header.number && header.timestamp === slotStart
  return inOrder && header.gasUsed <= chain.gasLimit ? PASS : reject('invalid-header')
}

/** A block may be seen early by a slow clock, but not earlier than clocks differ. */
export function checkHeaderWindow(header: BlockHeader, now: number): DoorResult {
  const ahead = checkNotAhead(header.timestamp, now, SKEW_SECONDS)
  if (!ahead.ok) return ahead
  return header.timestamp + MAX_HEADER_AGE_SECONDS < now ? ignore('expired') : PASS
}

export function checkBlockRange(network: NetworkIndex, range: BlockRange): DoorResult {
  if (!network.chains.has(range.chainId)) return reject('wrong-chain')
  for (const { header } of range.blocks) {
    if (header.chainId !== range.chainId) return reject('invalid-range')
    if (header.number === 0) continue
    const terms = checkHeaderTerms(network, header)
    if (!terms.ok) return terms
  }
  return PASS
}

export function checkBlockRequest(network: NetworkIndex, request: BlockRequest): DoorResult {
  if (!network.chains.has(request.chainId)) return reject('wrong-chain')
  return request.from <= request.to ? PASS : reject('invalid-request')
}

/** What the call may do is the chain's question; the signature of an order inside a call as well. */
export function checkTransaction(network: NetworkIndex, transaction: Transaction): DoorResult {
  if (!network.chains.has(transaction.chainId)) return reject('wrong-chain')
  return transaction.from === ZERO_ADDRESS ? reject('bad-signature') : PASS
}
