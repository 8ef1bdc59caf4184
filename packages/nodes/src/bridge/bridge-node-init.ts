// What a bridge node is made from: its bridge, its roles, and whom it believes.
import type { Address, NodeId } from '@solvent/primitives'
import type { NetworkSpec } from '@solvent/protocol'

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
}
