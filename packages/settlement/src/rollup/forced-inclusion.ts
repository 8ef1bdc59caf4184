// Forced inclusion: a transaction of the rollup that is handed to its contract on the L1 must be in the rollup's chain by a
// delay, whatever its sequencer thinks of it: by derivation, or, with a delay buffer, once somebody calls for it. Sources: OP
// Stack deposits within the sequencing window (ethereum-optimism/docs), Arbitrum's delayed inbox and forceInclusion
// (OffchainLabs/arbitrum-docs, nitro-contracts: SequencerInbox.sol).
import { msToSeconds } from '@solvent/primitives'
import {
  type ChainSpec,
  decodeTransaction,
  type OptimisticConsensus,
  signerOf,
  transactionDigest,
} from '@solvent/protocol'
import { timestampOf } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { delayBufferRules } from './delay-buffer.ts'
import type { WaitingRules } from './forced-inbox.ts'
import { type Post, type Rollup, rollupOf } from './posting.ts'

/**
 * Takes anybody's signed transaction of the rollup, once; it is due `forcedDelayMs` from now, with a delay buffer when it has been read.
 * A second time it would be due later, and whoever repeats another's would delay it.
 */
export function forceTransaction(context: CallContext, call: Post<'force-transaction'>): CallResult {
  const rollup = rollupOf(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const signed = decodeTransaction(call.raw)
  if (signed === null || signed.transaction.chainId !== call.rollup) return 'bad-transaction'
  // Blobs are bought on the L1 alone.
  if ((signed.transaction.blobs ?? 0) > 0) return 'bad-transaction'
  const hash = transactionDigest(signed.transaction)
  if (!context.verifier.verify(hash, signed.signature, signerOf(signed.transaction))) return 'bad-signature'
  const { forced } = rollup.inbox
  if (forced.has(hash)) return 'already-forced'
  forced.add(hash, context.state.heightOf(context.number))
  const { forcedDelayMs } = rollup.consensus
  const dueAt = waitingRules(context, rollup) === null ? context.now + msToSeconds(forcedDelayMs) : null
  context.events.push({ kind: 'transaction-forced', rollup: call.rollup, hash, raw: call.raw, dueAt })
  return null
}

/** Has what waits in the delayed inbox read, up to one whose time is over; by anyone. */
export function forceInclusion(context: CallContext, call: Post<'force-inclusion'>): CallResult {
  const rollup = rollupOf(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const rules = waitingRules(context, rollup)
  if (rules === null) return 'nothing-due'
  const refused = rollup.inbox.forced.force(call.read, context.state.heightOf(context.number), rules)
  if (refused === null) noteRead(context, rollup, 'call')
  return refused
}

/** What has been read is in the chain; whoever makes the chain has until the next slot to hear of it. */
export function noteRead(context: CallContext, { chain, inbox }: Rollup, by: 'batch' | 'call'): void {
  const dueAt = timestampOf(context.index.spec, context.chain, context.number + 1)
  context.events.push({ kind: 'forced-read', rollup: chain.chainId, read: inbox.forced.read, by, dueAt })
}

export function waitingRules({ chain }: CallContext, { consensus }: Rollup): WaitingRules | null {
  return waitingRulesOf(consensus, chain)
}

/** How long a rollup with a delay buffer lets what is forced wait, in blocks of its L1; null for one without. */
export function waitingRulesOf(
  { forcedDelayMs, delayBuffer }: Pick<OptimisticConsensus, 'forcedDelayMs' | 'delayBuffer'>,
  l1: Pick<ChainSpec, 'slotMs'>,
): WaitingRules | null {
  if (delayBuffer === undefined) return null
  return { delay: Math.floor(forcedDelayMs / l1.slotMs), buffer: delayBufferRules(delayBuffer, l1.slotMs) }
}
