// The limiter at work: what arrives passes and counts, or waits; what leaves may make room. Source: Wormhole Governor
// (whitepaper 0007), here kept by each chain's contract for what arrives there.
import type { Address, Hash32 } from '@solvent/primitives'
import { type BridgeMessage, type DeliveryEvidence, valueE8 } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import type { Transfer } from '../custody/transfer.ts'
import { isLarge } from './limiter-rules.ts'
import type { LimiterState, QueuedTransfer } from './limiter-state.ts'

/** What the limiter says to an arrival. `untracked` passes and does not count. */
export type Verdict =
  | { readonly kind: 'untracked' }
  | { readonly kind: 'fits' | 'large' | 'exceeds'; readonly valueE8: bigint }

/** What becomes of a transfer that arrives now. */
export function verdictOn(context: CallContext, limiter: LimiterState, transfer: Transfer): Verdict {
  const { message, payload } = transfer
  const source = limiter.of(message.srcChainId)
  const value = worthE8(context, limiter, payload.token, payload.amount)
  if (source === undefined || value === undefined) return { kind: 'untracked' }
  if (isLarge(value, source.limit.singleE8)) return { kind: 'large', valueE8: value }
  const usedE8 = source.window.usedE8(context.now, limiter.spec.windowSeconds, context.rules)
  return { kind: usedE8 + value <= source.limit.windowE8 ? 'fits' : 'exceeds', valueE8: value }
}

/** Counts a transfer that passed. */
export function countTransfer(
  context: CallContext,
  limiter: LimiterState,
  message: BridgeMessage,
  value: bigint,
): void {
  limiter.of(message.srcChainId)?.window.add({ at: context.now, valueE8: value })
}

/** Puts a transfer in the queue. */
export function queueTransfer(
  context: CallContext,
  limiter: LimiterState,
  waiting: { readonly transfer: Transfer; readonly evidence: DeliveryEvidence; readonly valueE8: bigint },
): void {
  const { transfer, evidence, valueE8: value } = waiting
  const { message, digest } = transfer
  const releaseAt = context.now + limiter.spec.delaySeconds
  const queued: QueuedTransfer = { message, evidence, releaseAt, votes: { release: [], censor: [] } }
  limiter.queue.set(digest, Object.freeze(queued))
  context.events.push({ kind: 'transfer-queued', message, digest, evidence, valueE8: value, releaseAt })
}

/** A transfer leaves for another chain: on an allowed corridor it lowers what that chain has used up here. */
export function cancelFlow(
  context: CallContext,
  contract: BridgeState,
  sent: { token: Address; amount: bigint; to: BridgeMessage['dstChainId'] },
): void {
  const { limiter } = contract
  const source = limiter?.of(sent.to)
  if (limiter === null || source === undefined) return
  const { chainId } = context.chain
  const symbol = context.index.token(chainId, sent.token)?.symbol
  const isAllowed = limiter.spec.flowCancel.some(
    (corridor) => corridor.symbol === symbol && corridor.from === chainId && corridor.to === sent.to,
  )
  const value = worthE8(context, limiter, sent.token, sent.amount)
  if (!isAllowed || value === undefined || isLarge(value, source.limit.singleE8)) return
  source.window.add({ at: context.now, valueE8: -value })
}

/** The queued transfer of a digest, or undefined. */
export function queuedOf(limiter: LimiterState, digest: Hash32): QueuedTransfer | undefined {
  return limiter.queue.get(digest) ?? undefined
}

function worthE8(
  { index, chain }: CallContext,
  limiter: LimiterState,
  token: Address,
  amount: bigint,
): bigint | undefined {
  const priceE8 = limiter.priceE8(token)
  const decimals = index.token(chain.chainId, token)?.decimals
  return priceE8 === undefined || decimals === undefined ? undefined : valueE8(amount, decimals, priceE8)
}
