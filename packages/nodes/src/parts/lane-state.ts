// What the sender of a node's transactions knows of one chain: what is signed and not yet in a block, what a place in a
// block costs, what was promised, and what it waits for.
import type { Ports, RequestId, TimerId } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { ChainSpec, DigestSigner, NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { BrokenPromises } from './broken-promises.ts'
import { FeeEstimate } from './fee-estimate.ts'
import { KeyRing } from './key-ring.ts'
import type { PendingTransaction } from './pending-transaction.ts'
import { PromiseBook } from './promise-book.ts'
import { TransactionLane } from './transaction-lane.ts'

export interface LaneState {
  readonly lane: TransactionLane
  readonly fees: FeeEstimate
  readonly promises: PromiseBook
  readonly broken: BrokenPromises
  /** One submission at a time, so that nonces reach the pool in order. */
  submitting: PendingTransaction | null
  request: RequestId | null
  retry: TimerId | null
  check: TimerId | null
  sweep: TimerId | null
  failures: number
  /** Unix ms since when something waits and nothing gets into a block; null when nothing waits. */
  waitingSinceMs: number | null
}

/** What a timer of the sender is for. */
export type LanePurpose = { readonly kind: 'retry' | 'check' | 'sweep'; readonly chainId: ChainId }

/** A chain of which the node has heard nothing yet but what its store keeps. */
export function createLaneState(
  spec: NetworkSpec,
  chain: ChainSpec,
  { store, signer }: Pick<Ports<SolventVocabulary>, 'store' | 'signer'>,
  keys: readonly DigestSigner[] = [],
): LaneState {
  return {
    lane: new TransactionLane(chain, store, new KeyRing(signer, keys)),
    fees: new FeeEstimate(spec, chain),
    promises: new PromiseBook(signer.address),
    broken: new BrokenPromises(chain),
    submitting: null,
    request: null,
    retry: null,
    check: null,
    sweep: null,
    failures: 0,
    waitingSinceMs: null,
  }
}
