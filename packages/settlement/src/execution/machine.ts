// What a chain's execution works with.
import type { ChainSpec, SignatureVerifier } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import type { NetworkIndex } from '../chain/network-index.ts'
import type { SettlementRules } from '../settlement-rules.ts'
import type { ForcedQueue } from './forced-queue.ts'

export interface Machine {
  readonly index: NetworkIndex
  readonly chain: ChainSpec
  readonly state: ChainState
  readonly rules: SettlementRules
  readonly verifier: SignatureVerifier
  /** What the L1 has forced upon a rollup. */
  readonly forced: ForcedQueue
}
