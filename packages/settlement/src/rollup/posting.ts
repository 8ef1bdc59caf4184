// What every call of a rollup's contracts begins with: the rollup is known here, and the sender may do this.
import {
  type Call,
  type ChainSpec,
  type Consensus,
  type ContractFlaw,
  type OptimisticConsensus,
  type RevertReason,
  rollupContract,
  type ZkConsensus,
} from '@solvent/protocol'
import type { CallContext } from '../execution/call-context.ts'
import type { InboxState } from './inbox-state.ts'

export type Post<K extends Call['kind']> = Extract<Call, { kind: K }>

export interface Rollup<C extends Consensus = OptimisticConsensus | ZkConsensus> {
  readonly chain: ChainSpec
  readonly consensus: C
  readonly inbox: InboxState
}

/** The rollup of this id, when it posts to this chain. */
export function rollupOf(
  { index, state }: CallContext,
  chainId: ChainSpec['chainId'],
): Rollup | 'wrong-chain' {
  const inbox = state.inboxes.get(chainId)
  const chain = index.chain(chainId)
  if (inbox === undefined || chain === undefined || chain.consensus.kind === 'l1') return 'wrong-chain'
  return { chain, consensus: chain.consensus, inbox }
}

/** An optimistic rollup, or why the call cannot be about this one. */
export function optimisticRollup(
  context: CallContext,
  chainId: ChainSpec['chainId'],
): Rollup<OptimisticConsensus> | RevertReason {
  const rollup = rollupOf(context, chainId)
  if (typeof rollup === 'string') return rollup
  const { consensus } = rollup
  return consensus.kind === 'optimistic' ? { ...rollup, consensus } : 'bad-batch'
}

/** A zk rollup, or why the call cannot be about this one. */
export function zkRollup(
  context: CallContext,
  chainId: ChainSpec['chainId'],
): Rollup<ZkConsensus> | RevertReason {
  const rollup = rollupOf(context, chainId)
  if (typeof rollup === 'string') return rollup
  const { consensus } = rollup
  return consensus.kind === 'zk' ? { ...rollup, consensus } : 'bad-batch'
}

/** Whether the sender makes the rollup's blocks. */
export function isProducer({ sender }: CallContext, { chain }: Rollup<Consensus>): boolean {
  return chain.producers.some((producer) => producer.address === sender)
}

/** Whether the code of a rollup's contract on this chain leaves a check out. */
export function hasFlaw(
  { state }: CallContext,
  { chain }: Pick<Rollup, 'chain'>,
  flaw: ContractFlaw,
): boolean {
  return state.flaws.get(rollupContract(chain))?.has(flaw) === true
}

/** How long a root can be disputed, ms. */
export function challengeWindowMs(context: CallContext, rollup: Rollup<OptimisticConsensus>): number {
  return hasFlaw(context, rollup, 'challenge-window-zero') ? 0 : rollup.consensus.challengeWindowMs
}
