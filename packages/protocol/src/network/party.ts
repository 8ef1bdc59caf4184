// Who acts: a node and the account it signs with.
import type { Address, NodeId } from '@solvent/primitives'

/** A node and the account it signs with. */
export interface Party {
  readonly node: NodeId
  readonly address: Address
}
