// State roots of an optimistic rollup on its L1: proposed with a bond, disproved within the challenge window by the header
// that the batch names, final after it. Sources: OP Stack L2OutputOracle (roots in order; deleting one deletes all later
// ones) and fault proofs (bonds), ethereum-optimism/docs. The interactive game is left out: one transaction decides.
import { secondsToMs } from '@solvent/primitives'
import { headerDigest, type OptimisticConsensus, rollupContract } from '@solvent/protocol'
import { forfeitBond, returnBond, takeBond } from '../bond/bond.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { isProducer, optimisticRollup, type Post, type Rollup } from './posting.ts'
import type { Proposal } from './proposal-series.ts'

/** Proposes the state root of the last block of a batch, above the last proposal. */
export function postRoot(context: CallContext, call: Post<'post-root'>): CallResult {
  const rollup = optimisticRollup(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const { consensus, inbox } = rollup
  if (consensus.proposers === 'producers' && !isProducer(context, rollup)) return 'not-authorised'
  const { block, stateRoot, outboxRoot } = call
  if (block <= inbox.roots.newestBlock || inbox.tips.get(block) === undefined) return 'bad-batch'
  returnBondsOfFinal(context, rollup)
  if (!takeBond(context, rollupContract(rollup.chain), rollup.consensus.rootBond))
    return 'insufficient-balance'
  const { sender: proposer, now: postedAt } = context
  inbox.roots.push({ block, stateRoot, outboxRoot, proposer, bond: consensus.rootBond, postedAt })
  context.events.push({ kind: 'root-posted', rollup: call.rollup, block, stateRoot, outboxRoot, proposer })
  return null
}

/** Disproves a root by the header that the batch names; it and all later roots are gone. */
export function challenge(context: CallContext, call: Post<'challenge'>): CallResult {
  const rollup = optimisticRollup(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const { roots, tips } = rollup.inbox
  const index = roots.indexOf(call.block)
  const root = index === undefined ? undefined : roots.item(index)
  if (index === undefined || root === undefined) return 'unknown-root'
  if (hasStood(rollup, root, context.now)) return 'window-closed'
  if (headerDigest(call.header) !== tips.get(call.block)) return 'bad-header'
  const { stateRoot, outboxRoot } = call.header
  if (stateRoot === root.stateRoot && outboxRoot === root.outboxRoot) return 'root-valid'
  const [, ...later] = roots.deleteFrom(index)
  const contract = rollupContract(rollup.chain)
  forfeitBond(context, contract, context.sender, root.bond)
  for (const each of later) returnBond(context, contract, each.proposer, each.bond)
  const { sender: challenger } = context
  context.events.push({ kind: 'roots-deleted', rollup: call.rollup, fromBlock: call.block, challenger })
  return null
}

/** Whether a root has stood for its challenge window: it can no longer be disputed, and exits may rely on it. */
export function hasStood(
  { consensus }: Rollup<OptimisticConsensus>,
  { postedAt }: Proposal,
  now: number,
): boolean {
  return secondsToMs(now - postedAt) >= consensus.challengeWindowMs
}

/** Bonds of roots that can no longer be disputed go back with the next proposal. */
function returnBondsOfFinal(context: CallContext, rollup: Rollup<OptimisticConsensus>): void {
  const { roots, bondsReturned } = rollup.inbox
  const first = bondsReturned.get()
  let next = first
  for (let root = roots.item(next); root !== undefined; root = roots.item(next)) {
    if (!hasStood(rollup, root, context.now)) break
    returnBond(context, rollupContract(rollup.chain), root.proposer, root.bond)
    next++
  }
  if (next !== first) bondsReturned.set(next)
}
