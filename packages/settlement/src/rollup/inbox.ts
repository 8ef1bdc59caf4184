// The batch inbox of a rollup on its L1. Only a producer of the rollup may post; batches follow each other without overlaps,
// never run ahead of the rollup's own time, and come within the sequencing window. Slots between two batches stay empty.
// Source: OP Stack batch inbox and derivation (ethereum-optimism/docs).
import { secondsToMs } from '@solvent/primitives'
import { slotAt } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { isProducer, type Post, rollupOf } from './posting.ts'
import { isInWindow } from './sequencing-window.ts'

/** Orders the rollup's blocks fromBlock … toBlock: fromBlock is above the last batch and within its window, toBlock's slot has begun. */
export function postBatch(context: CallContext, call: Post<'post-batch'>): CallResult {
  const { rollup: chainId, fromBlock, toBlock, tip } = call
  const rollup = rollupOf(context, chainId)
  if (typeof rollup === 'string') return rollup
  if (!isProducer(context, rollup)) return 'not-authorised'
  const { chain, inbox } = rollup
  const begun = slotAt(context.index.spec, chain, secondsToMs(context.now))
  if (fromBlock <= inbox.batchedTo.get() || toBlock < fromBlock || toBlock > begun) return 'bad-batch'
  if (!isInWindow(context.index.spec, { ...rollup.consensus, slotMs: chain.slotMs }, fromBlock, context.now))
    return 'window-closed'
  inbox.batchedTo.set(toBlock)
  inbox.tips.set(toBlock, tip)
  inbox.batchedAt.set(toBlock, context.now)
  context.events.push({ kind: 'batch-posted', rollup: chainId, fromBlock, toBlock, tip })
  return null
}
