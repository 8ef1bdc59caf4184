// The entry points of a bridge's limiter: release, vote, price.
import { type Address, assertNever, type Hash32 } from '@solvent/primitives'
import type { LimiterCall, ReleaseCause } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { payTransfer } from '../pay-transfer.ts'
import { countTransfer, queuedOf, verdictOn } from './limit-transfer.ts'
import type { LimiterState, QueuedTransfer } from './limiter-state.ts'

type Call<K extends LimiterCall['kind']> = Extract<LimiterCall, { kind: K }>

/** A bridge with a limiter. */
interface Limited {
  readonly contract: BridgeState
  readonly limiter: LimiterState
}

export function runLimiterCall(context: CallContext, call: LimiterCall): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { limiter } = contract
  if (limiter === null) return 'not-queued'
  const limited = { contract, limiter }
  switch (call.kind) {
    case 'release-transfer':
      return releaseTransfer(context, limited, call.digest)
    case 'vote-transfer':
      return voteTransfer(context, limited, call)
    case 'price-token':
      return priceToken(context, limited, call)
    default:
      return assertNever(call)
  }
}

/** By timeout it does not count; before, a small one that fits by now does. */
function releaseTransfer(context: CallContext, limited: Limited, digest: Hash32): CallResult {
  const { limiter } = limited
  const queued = queuedOf(limiter, digest)
  if (queued === undefined) return 'not-queued'
  if (context.now >= queued.releaseAt) return payQueued(context, limited, digest, queued, 'timeout')
  const { message } = queued
  if (message.payload.kind !== 'transfer') return 'not-queued'
  const verdict = verdictOn(context, limiter, { message, payload: message.payload, digest })
  if (verdict.kind === 'large' || verdict.kind === 'exceeds') return 'limited'
  if (verdict.kind === 'fits') countTransfer(context, limiter, message, verdict.valueE8)
  return payQueued(context, limited, digest, queued, 'headroom')
}

/** One vote a verifier and transfer and direction; with enough of them the transfer is paid uncounted, or deleted. */
function voteTransfer(
  context: CallContext,
  limited: Limited,
  { bridge, digest, vote }: Call<'vote-transfer'>,
): CallResult {
  const { contract, limiter } = limited
  const { sender, events } = context
  const queued = queuedOf(limiter, digest)
  if (queued === undefined) return 'not-queued'
  if (!contract.sets?.current.verifiers.includes(sender) || queued.votes[vote].includes(sender))
    return 'not-authorised'
  const voters: readonly Address[] = [...queued.votes[vote], sender]
  limiter.queue.set(digest, Object.freeze({ ...queued, votes: { ...queued.votes, [vote]: voters } }))
  events.push({ kind: 'transfer-voted', bridge, digest, vote, voter: sender })
  if (vote === 'release' && voters.length >= limiter.spec.forceRelease)
    return payQueued(context, limited, digest, queued, 'votes')
  if (vote === 'censor' && voters.length >= limiter.spec.censor) {
    limiter.queue.set(digest, null)
    events.push({ kind: 'transfer-censored', bridge, digest })
  }
  return null
}

function priceToken(
  { sender, events }: CallContext,
  limited: Limited,
  call: Call<'price-token'>,
): CallResult {
  const { bridge, token, priceE8 } = call
  if (sender !== limited.contract.spec.guardian.address) return 'not-authorised'
  if (!limited.limiter.setPrice(token, priceE8)) return 'unknown-token'
  events.push({ kind: 'token-priced', bridge, token, priceE8 })
  return null
}

function payQueued(
  context: CallContext,
  { contract, limiter }: Limited,
  digest: Hash32,
  { message, evidence }: QueuedTransfer,
  cause: ReleaseCause,
): CallResult {
  if (message.payload.kind !== 'transfer') return 'not-queued'
  limiter.queue.set(digest, null)
  const { bridge } = message
  context.events.push({ kind: 'transfer-released', bridge, digest, cause })
  context.events.push({ kind: 'message-delivered', message, digest, evidence })
  return payTransfer(context, contract, { message, payload: message.payload, digest })
}
