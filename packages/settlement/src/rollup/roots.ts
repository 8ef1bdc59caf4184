// State roots of an optimistic rollup on its L1: proposed with a bond, disproved within the challenge window by the header
// that the batch names, final after it. Sources: OP Stack L2OutputOracle (roots in order; deleting one deletes all later
// ones) and fault proofs (bonds), ethereum-optimism/docs. The interactive game is left out: one transaction decides.
import { secondsToMs } from '@solvent/primitives'
import { headerDigest, type OptimisticConsensus, rollupContract } from '@solvent/protocol'
import { forfeitBond, returnBond, takeBond } from '../bond/bond.ts'
import { chainOf } from '../chain/network-index.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import {
  challengeWindowMs,
  hasFlaw,
  isProducer,
  optimisticRollup,
  type Post,
  type Rollup,
} from './posting.ts'
import type { Proposal } from './proposal-series.ts'

/** Proposes the state root of the last block of a batch, above the last proposal. */
export function postRoot(context: CallContext, call: Post<'post-root'>): CallResult {
  const rollup = optimisticRollup(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const { consensus, inbox } = rollup
  if (!mayPropose(context, rollup)) return 'not-authorised'
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

/**
 * Disproves a root by the header that the batch names; it and all later roots are gone. Who challenges a right root loses
 * as much as its proposer has put up: half to the proposer, the rest to BURN.
 */
export function challenge(context: CallContext, call: Post<'challenge'>): CallResult {
  const rollup = optimisticRollup(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  const { roots, tips } = rollup.inbox
  const index = roots.indexOf(call.block)
  const root = index === undefined ? undefined : roots.item(index)
  if (index === undefined || root === undefined) return 'unknown-root'
  if (root.stateRoot !== call.stateRoot || root.outboxRoot !== call.outboxRoot) return 'unknown-root'
  if (hasStood(context, rollup, root)) return 'window-closed'
  if (headerDigest(call.header) !== tips.get(call.block)) return 'bad-header'
  const { stateRoot, outboxRoot } = call.header
  if (stateRoot === root.stateRoot && outboxRoot === root.outboxRoot)
    return loseChallenge(context, call, root)
  const [, ...later] = roots.deleteFrom(index)
  const contract = rollupContract(rollup.chain)
  forfeitBond(context, contract, context.sender, root.bond)
  for (const each of later) returnBond(context, contract, each.proposer, each.bond)
  const { sender: challenger } = context
  context.events.push({ kind: 'roots-deleted', rollup: call.rollup, fromBlock: call.block, challenger })
  return null
}

/** Roots whose window is running are forgotten; their bonds go back. */
export function resetPending(context: CallContext, rollup: Rollup<OptimisticConsensus>): void {
  const { roots } = rollup.inbox
  let index = roots.count
  for (let root = roots.item(index - 1); root !== undefined; root = roots.item(index - 1)) {
    if (hasStood(context, rollup, root)) break
    index--
  }
  const [first, ...later] = roots.deleteFrom(index)
  if (first === undefined) return
  const contract = rollupContract(rollup.chain)
  for (const { proposer, bond } of [first, ...later]) returnBond(context, contract, proposer, bond)
  context.events.push({ kind: 'roots-reset', rollup: rollup.chain.chainId, fromBlock: first.block })
}

function mayPropose(context: CallContext, rollup: Rollup<OptimisticConsensus>): boolean {
  return (
    rollup.consensus.proposers === 'anyone' ||
    isProducer(context, rollup) ||
    hasFlaw(context, rollup, 'proposer-unchecked')
  )
}

function loseChallenge(
  context: CallContext,
  { rollup, block }: Post<'challenge'>,
  root: Proposal,
): CallResult {
  const { sender: challenger, index } = context
  const contract = rollupContract(chainOf(index, rollup))
  // Where nothing is put up there is nothing to lose but gas.
  if (root.bond === 0n) return 'root-valid'
  if (!takeBond(context, contract, root.bond)) return 'insufficient-balance'
  forfeitBond(context, contract, root.proposer, root.bond)
  context.events.push({ kind: 'challenge-lost', rollup, block, challenger })
  return null
}

/** Whether a root has stood for its challenge window: it can no longer be disputed, and exits may rely on it. */
function hasStood(
  context: CallContext,
  rollup: Rollup<OptimisticConsensus>,
  { postedAt }: Proposal,
): boolean {
  return secondsToMs(context.now - postedAt) >= challengeWindowMs(context, rollup)
}

/** Bonds of roots that can no longer be disputed go back with the next proposal. */
function returnBondsOfFinal(context: CallContext, rollup: Rollup<OptimisticConsensus>): void {
  const { roots, bondsReturned } = rollup.inbox
  const first = bondsReturned.get()
  let next = first
  for (let root = roots.item(next); root !== undefined; root = roots.item(next)) {
    if (!hasStood(context, rollup, root)) break
    returnBond(context, rollupContract(rollup.chain), root.proposer, root.bond)
    next++
  }
  if (next !== first) bondsReturned.set(next)
}
