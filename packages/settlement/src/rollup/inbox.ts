// The batch inbox of a rollup on its L1. Only a producer of the rollup may post; each batch stands on the
// tip of the one before it, without overlaps; they never run ahead of the rollup's own time, and come within the sequencing window. Slots between two batches stay empty.
// Source: OP Stack batch inbox and derivation (ethereum-optimism/docs).
import { secondsToMs } from '@solvent/primitives'
import { slotAt, slotStartMs } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { MovedDue } from './forced-inbox.ts'
import { blockTime, waitingRules } from './forced-inclusion.ts'
import { isProducer, type Post, type Rollup, rollupOf } from './posting.ts'
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
  const moved = readForced(context, rollup, call)
  if (moved === null) return 'bad-batch'
  inbox.batchedTo.set(toBlock)
  inbox.tips.set(toBlock, tip)
  inbox.batchedAt.set(toBlock, context.now)
  const read = forcedRead === undefined ? {} : { forcedRead }
  context.events.push({ kind: 'batch-posted', rollup: chainId, fromBlock, toBlock, tip, ...read })
  for (const { hash, before, due } of moved) {
    const times = { before: blockTime(context, before), dueAt: blockTime(context, due) }
    context.events.push({ kind: 'forced-moved', rollup: chainId, hash, ...times })
  }
  return null
}

/** What the batch reads of the forced transactions where there is a delay buffer, and what that moves; null when it cannot be so. */
function readForced(
  context: CallContext,
  rollup: Rollup,
  { toBlock, forcedRead }: Post<'post-batch'>,
): readonly MovedDue[] | null {
  const rules = waitingRules(context, rollup)
  if (rules === null || forcedRead === undefined)
    return rules === null && forcedRead === undefined ? [] : null
  const { spec } = context.index
  const endsIn = slotAt(spec, context.chain, slotStartMs(spec, rollup.chain, toBlock))
  return rollup.inbox.forced.readTo(forcedRead, { block: context.number, endsIn }, rules)
}
