// What gossip and operators told a watcher and no chain repeats: kept in its snapshot for a restart.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { BridgeMessage, SignedAward, SignedOrder } from '@solvent/protocol'

export class GossipMemory {
  readonly orders: SignedOrder[] = []
  readonly awards: SignedAward[] = []
  readonly exploits: BridgeMessage[] = []

  /** Canonical bytes of all of it. */
  encode(): Uint8Array {
    const { orders, awards, exploits } = this
    return encodeCanonical({ orders, awards, exploits })
  }

  /** @throws what `decodeCanonical` throws */
  static decode(bytes: Uint8Array): Pick<GossipMemory, 'orders' | 'awards' | 'exploits'> {
    return decodeCanonical(bytes) as Pick<GossipMemory, 'orders' | 'awards' | 'exploits'>
  }
}
