// When exits may rely on a root: an optimistic rollup's has stood for its challenge window, a zk rollup's proof is as old
// as the execution delay.
import { secondsToMs } from '@solvent/primitives'
import type { ChainSpec, RevertReason } from '@solvent/protocol'
import type { InboxState } from './inbox-state.ts'
import type { Proposal } from './proposal-series.ts'

/** The root of exactly this block, if exits may rely on it at `now` (Unix seconds of the L1); otherwise why not. */
export function exitableRoot(
  inbox: InboxState,
  { consensus }: ChainSpec,
  block: number,
  now: number,
): Proposal | RevertReason {
  if (consensus.kind === 'l1') return 'wrong-chain'
  const isOptimistic = consensus.kind === 'optimistic'
  const series = isOptimistic ? inbox.roots : inbox.proofs
  const index = series.indexOf(block)
  const root = index === undefined ? undefined : series.item(index)
  if (root === undefined) return 'unknown-root'
  const waitMs = isOptimistic ? consensus.challengeWindowMs : consensus.executionDelayMs
  return secondsToMs(now - root.postedAt) >= waitMs ? root : 'not-yet-proven'
}
