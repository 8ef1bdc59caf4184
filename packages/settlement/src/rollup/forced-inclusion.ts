// Forced inclusion: a transaction of the rollup that is handed to its contract on the L1 must be in the rollup's chain by a
// delay, whatever its sequencer thinks of it. Sources: OP Stack deposits within the sequencing window (ethereum-optimism/
// docs), Arbitrum's delayed inbox and force inclusion after 24 h (OffchainLabs/arbitrum-docs).
import { msToSeconds } from '@solvent/primitives'
import { decodeTransaction, signerOf, transactionDigest } from '@solvent/protocol'
import { timestampOf } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { delayBufferRules } from './delay-buffer.ts'
import type { WaitingRules } from './forced-inbox.ts'
import { type Post, type Rollup, rollupOf } from './posting.ts'

/**
 * Takes anybody's signed transaction of the rollup, once; it is due `forcedDelayMs` from now, with a delay buffer in the first block
 * after that, or sooner where the buffer is used up. A second time it would be due later, and whoever repeats another's would delay it.
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
  const block = context.number
  const waiting = waitingRules(context, rollup)
  const due = waiting === null ? null : forced.dueAfter(block, waiting)
  forced.add({ hash, block, due: due ?? block })
  const dueAt =
    due === null ? context.now + msToSeconds(rollup.consensus.forcedDelayMs) : blockTime(context, due)
  const { rollup: chainId, raw } = call
  context.events.push({ kind: 'transaction-forced', rollup: chainId, hash, raw, dueAt })
  return null
}

/** How long a rollup with a delay buffer lets what is forced wait, in blocks of this L1; null for one without. */
export function waitingRules({ chain }: CallContext, { consensus }: Rollup): WaitingRules | null {
  const { forcedDelayMs, delayBuffer } = consensus
  if (delayBuffer === undefined) return null
  const delay = Math.floor(forcedDelayMs / chain.slotMs)
  return { delay, buffer: delayBufferRules(delayBuffer, chain.slotMs) }
}

/** Chain time of a block of this L1, Unix seconds. */
export function blockTime({ index, chain }: CallContext, block: number): number {
  return timestampOf(index.spec, chain, block)
}
