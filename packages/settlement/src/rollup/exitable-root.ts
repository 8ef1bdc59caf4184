// When exits may rely on a root: an optimistic rollup's has stood for its challenge window, a zk rollup's proof is as old
// as the execution delay.
import { type ChainId, secondsToMs } from '@solvent/primitives'
import type { RevertReason } from '@solvent/protocol'
import type { CallContext } from '../execution/call-context.ts'
import { challengeWindowMs, rollupOf } from './posting.ts'
import type { Proposal } from './proposal-series.ts'

/** The root of exactly this block of a rollup, if exits may rely on it now; otherwise why not. */
export function exitableRoot(context: CallContext, chainId: ChainId, block: number): Proposal | RevertReason {
  const rollup = rollupOf(context, chainId)
  if (typeof rollup === 'string') return rollup
  const { inbox, consensus, chain } = rollup
  const isOptimistic = consensus.kind === 'optimistic'
  const series = isOptimistic ? inbox.roots : inbox.proofs
  const index = series.indexOf(block)
  const root = index === undefined ? undefined : series.item(index)
  if (root === undefined) return 'unknown-root'
  const waitMs = isOptimistic
    ? challengeWindowMs(context, { chain, consensus, inbox })
    : consensus.executionDelayMs
  return secondsToMs(context.now - root.postedAt) >= waitMs ? root : 'not-yet-proven'
}
