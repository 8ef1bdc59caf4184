// What a bridge node is made from: its bridge, its roles, and whom it believes and helps.
import type { Address, NodeId } from '@solvent/primitives'
import type { NetworkSpec } from '@solvent/protocol'
import type { AccountRotation } from '../parts/account-rotation.ts'
import type { BatchTerms } from './delivery-batch.ts'
import type { ProofDelayTerms } from './proof-delay.ts'

export const bridgeRoles = [
  'verifier',
  'relayer',
  'proposer',
  'disputer',
  'arbiter',
  'issuer',
  'guardian',
] as const
export type BridgeRole = (typeof bridgeRoles)[number]

export interface BridgeNodeInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** The bridge's contract address in the spec. */
  readonly bridge: Address
  readonly roles: readonly BridgeRole[]
  /** Whose reports of source-chain messages a verifier believes without seeing the chain. */
  readonly trustedSources: readonly NodeId[]
  /** What a verifier does for a ring of solvers; left out: it helps nobody. */
  readonly delay?: ProofDelayTerms
  /** How a relayer puts messages together; left out: each goes by itself. */
  readonly batches?: BatchTerms
  /** Of its account's key; default: never. */
  readonly rotation?: AccountRotation | undefined
}
