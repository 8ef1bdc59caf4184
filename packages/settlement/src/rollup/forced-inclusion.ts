// Forced inclusion: a transaction of the rollup that is handed to its contract on the L1 must be in the rollup's chain by a
// delay, whatever its sequencer thinks of it. Sources: OP Stack deposits within the sequencing window (ethereum-optimism/
// docs), Arbitrum's delayed inbox and force inclusion after 24 h (OffchainLabs/arbitrum-docs).
import { msToSeconds } from '@solvent/primitives'
import { decodeTransaction, transactionDigest } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { type Post, rollupOf } from './posting.ts'

/** Takes anybody's signed transaction of the rollup; it is due `forcedDelayMs` from now, or sooner where the delay buffer is used up. */
export function forceTransaction(context: CallContext, call: Post<'force-transaction'>): CallResult {
  const rollup = rollupOf(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const signed = decodeTransaction(call.raw)
  if (signed === null || signed.transaction.chainId !== call.rollup) return 'bad-transaction'
  // Blobs are bought on the L1 alone.
  if ((signed.transaction.blobs ?? 0) > 0) return 'bad-transaction'
  const hash = transactionDigest(signed.transaction)
  if (!context.verifier.verify(hash, signed.signature, signed.transaction.from)) return 'bad-signature'
  const { forcedDelayMs, delayBuffer } = rollup.consensus
  const { forced } = rollup.inbox
  const dueAt = context.now + forced.delaySeconds(context.now, msToSeconds(forcedDelayMs), delayBuffer)
  forced.add(context.now)
  const { rollup: chainId, raw } = call
  context.events.push({ kind: 'transaction-forced', rollup: chainId, hash, raw, dueAt })
  return null
}
