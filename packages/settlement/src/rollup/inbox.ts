// The batch inbox of a rollup on its L1. Only a producer of the rollup may post; each batch stands on the
// tip of the one before it, without overlaps; they never run ahead of the rollup's own time, and come within the sequencing window. Slots between two batches stay empty.
// Source: OP Stack batch inbox and derivation (ethereum-optimism/docs).
import { secondsToMs } from '@solvent/primitives'
import { slotAt } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { isProducer, type Post, rollupOf } from './posting.ts'
import { isInWindow } from './sequencing-window.ts'

/** Orders the rollup's blocks fromBlock … toBlock, which stand on the last batch: fromBlock is above the last batch and within its window, toBlock's slot has begun. */
export function postBatch(context: CallContext, call: Post<'post-batch'>): CallResult {
  const { rollup: chainId, fromBlock, toBlock, after, tip, forcedRead } = call
  const rollup = rollupOf(context, chainId)
  if (typeof rollup === 'string') return rollup
  if (!isProducer(context, rollup)) return 'not-authorised'
  const { chain, inbox } = rollup
  const begun = slotAt(context.index.spec, chain, secondsToMs(context.now))
  const batchedTo = inbox.batchedTo.get()
  // Of producers that were apart each has a branch of its own: the first batch decides, and none continues another branch.
  if (after !== (inbox.tips.get(batchedTo) ?? null)) return 'bad-batch'
  if (fromBlock <= batchedTo || toBlock < fromBlock || toBlock > begun) return 'bad-batch'
  if (!isInWindow(context.index.spec, { ...rollup.consensus, slotMs: chain.slotMs }, fromBlock, context.now))
    return 'window-closed'
  const { delayBuffer } = rollup.consensus
  if ((delayBuffer === undefined) !== (forcedRead === undefined)) return 'bad-batch'
  if (delayBuffer !== undefined && !inbox.forced.readTo(forcedRead ?? 0, context.now, delayBuffer))
    return 'bad-batch'
  inbox.batchedTo.set(toBlock)
  inbox.tips.set(toBlock, tip)
  inbox.batchedAt.set(toBlock, context.now)
  const read = forcedRead === undefined ? {} : { forcedRead }
  context.events.push({ kind: 'batch-posted', rollup: chainId, fromBlock, toBlock, tip, ...read })
  return null
}
