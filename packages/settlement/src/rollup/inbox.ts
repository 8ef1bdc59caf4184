// The batch inbox of a rollup on its L1. Only a producer of the rollup may post; each batch stands on the
// tip of the one before it, without overlaps; they never run ahead of the rollup's own time, and come within the sequencing window. Slots between two batches stay empty.
// Source: OP Stack batch inbox and derivation (ethereum-optimism/docs).
import { secondsToMs } from '@solvent/primitives'
import { slotAt } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { noteRead, waitingRules } from './forced-inclusion.ts'
import { isProducer, type Post, type Rollup, rollupOf } from './posting.ts'
import { isInWindow } from './sequencing-window.ts'

/** Orders the rollup's blocks fromBlock … toBlock, which stand on the last batch: fromBlock is above the last batch and within its window, toBlock's slot has begun. */
export function postBatch(context: CallContext, call: Post<'post-batch'>): CallResult {
  const { rollup: chainId, fromBlock, toBlock, after, tip } = call
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
  const read = readForced(context, rollup, call)
  if (read === null) return 'bad-batch'
  inbox.batchedTo.set(toBlock)
  inbox.tips.set(toBlock, tip)
  inbox.batchedAt.set(toBlock, context.now)
  context.events.push({ kind: 'batch-posted', rollup: chainId, fromBlock, toBlock, tip })
  if (read > 0) noteRead(context, rollup, 'batch')
  return null
}

/** How many of the delayed inbox the batch reads beyond those before it, where there is a delay buffer; null when it cannot be so. */
function readForced(
  context: CallContext,
  rollup: Rollup,
  { forcedRead }: Pick<Post<'post-batch'>, 'forcedRead'>,
): number | null {
  const rules = waitingRules(context, rollup)
  if (rules === null || forcedRead === undefined) return rules === null && forcedRead === undefined ? 0 : null
  const { forced } = rollup.inbox
  const more = forcedRead - forced.read
  return forced.readInBatch(forcedRead, context.state.heightOf(context.number), rules) ? more : null
}
