// The rollup contracts on the L1. Only a producer of the rollup may post; each series moves forward without gaps or
// overlaps, batch before root or proof, and never ahead of the rollup's own time. Sources: OP Stack batch inbox and
// L2OutputOracle (roots in order), zk rollups' commit-then-prove (matter-labs/zksync-docs).
import type { Call, ChainSpec, Consensus } from '@solvent/protocol'
import { slotAt } from '../chain/slots.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { InboxState } from './inbox-state.ts'

type Post<K extends Call['kind']> = Extract<Call, { kind: K }>

/** Orders the rollup's blocks fromBlock … toBlock: fromBlock follows the last batch, toBlock's slot has begun. */
export function postBatch(context: CallContext, call: Post<'post-batch'>): CallResult {
  const { rollup, fromBlock, toBlock, tip } = call
  const posting = postingOf(context, rollup)
  if (typeof posting === 'string') return posting
  const { chain, inbox } = posting
  const begun = slotAt(context.index.spec, chain, context.now * 1000)
  if (fromBlock !== inbox.batchedTo.get() + 1 || toBlock < fromBlock || toBlock > begun) return 'bad-batch'
  inbox.batchedTo.set(toBlock)
  inbox.tip.set(tip)
  context.events.push({ kind: 'batch-posted', rollup, fromBlock, toBlock, tip })
  return null
}

/** Proposes the state root of a batched block above the last proposal (optimistic rollups). */
export function postRoot(context: CallContext, { rollup, block, stateRoot }: Post<'post-root'>): CallResult {
  const posting = postingOf(context, rollup, 'optimistic')
  if (typeof posting === 'string') return posting
  const { inbox } = posting
  if (block <= inbox.rootedTo.get() || block > inbox.batchedTo.get()) return 'bad-batch'
  inbox.rootedTo.set(block)
  context.events.push({ kind: 'root-posted', rollup, block, stateRoot })
  return null
}

/** Proves the state root of a batched block above the last proof (zk rollups). */
export function postProof(
  context: CallContext,
  { rollup, block, stateRoot }: Post<'post-proof'>,
): CallResult {
  const posting = postingOf(context, rollup, 'zk')
  if (typeof posting === 'string') return posting
  const { inbox } = posting
  if (block <= inbox.provenTo.get() || block > inbox.batchedTo.get()) return 'bad-batch'
  inbox.provenTo.set(block)
  context.events.push({ kind: 'proof-posted', rollup, block, stateRoot })
  return null
}

interface Posting {
  readonly chain: ChainSpec
  readonly inbox: InboxState
}

function postingOf(
  { index, state, sender }: CallContext,
  rollup: ChainSpec['chainId'],
  kind?: Consensus['kind'],
): Posting | 'wrong-chain' | 'not-authorised' | 'bad-batch' {
  const inbox = state.inboxes.get(rollup)
  const chain = index.chain(rollup)
  if (inbox === undefined || chain === undefined) return 'wrong-chain'
  if (!chain.producers.some((producer) => producer.address === sender)) return 'not-authorised'
  if (kind !== undefined && chain.consensus.kind !== kind) return 'bad-batch'
  return { chain, inbox }
}
