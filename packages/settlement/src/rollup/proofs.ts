// Validity proofs of a zk rollup on its L1. The proof itself is not computed: what it would show is that the root is the
// one of the header that the batch names, which is its public input, and that is what the contract checks. Source: zk
// rollups' commit, prove, execute (matter-labs/zksync-docs).
import { ZERO_ADDRESS } from '@solvent/primitives'
import { headerDigest, type ZkConsensus } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import { hasFlaw, isProducer, type Post, zkRollup } from './posting.ts'

/** Proves the state root of the last block of a batch, above the last proof; the producer pays the prover. */
export function postProof(context: CallContext, call: Post<'post-proof'>): CallResult {
  const rollup = zkRollup(context, call.rollup)
  if (typeof rollup === 'string') return rollup
  if (!isProducer(context, rollup) && !hasFlaw(context, rollup, 'proposer-unchecked')) return 'not-authorised'
  const { inbox, consensus } = rollup
  const { block, stateRoot, outboxRoot, header } = call
  const tip = inbox.tips.get(block)
  if (block <= inbox.proofs.newestBlock || tip === undefined) return 'bad-batch'
  const proves =
    headerDigest(header) === tip && header.stateRoot === stateRoot && header.outboxRoot === outboxRoot
  if (!proves && !hasFlaw(context, rollup, 'proof-unchecked')) return 'bad-header'
  if (!payProver(context, consensus)) return 'insufficient-balance'
  const { sender: proposer, now: postedAt } = context
  inbox.proofs.push({ block, stateRoot, outboxRoot, proposer, bond: 0n, postedAt })
  context.events.push({ kind: 'proof-posted', rollup: call.rollup, block, stateRoot, outboxRoot })
  return null
}

function payProver({ state, sender }: CallContext, { prover, proverFee }: ZkConsensus): boolean {
  if (proverFee === 0n || prover === sender) return true
  return state.ledger.post('prover-fee', [
    holderLeg(state, sender, ZERO_ADDRESS, -proverFee),
    holderLeg(state, prover, ZERO_ADDRESS, proverFee),
  ])
}
