// What happens around a bridge, as its node passes it on: to the verifier's part and to whatever makes its messages
// believed.
import type { StoreTicket, TimerId } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { Block, MessageKey } from '@solvent/protocol'

export interface BridgeListener {
  start(): void
  /** Every followed block, in order. */
  onBlock(block: Block): void
  /** A block is no longer followed: what it said was not said. */
  onOrphaned(block: Block): void
  /** Finality of a chain has moved. */
  onFinality(chainId: ChainId): void
  /** Another set of verifiers counts on this chain. */
  onRotated(chainId: ChainId): void
  /** A message is on its destination chain. */
  onDelivered(key: MessageKey): void
  onStore(ticket: StoreTicket): boolean
  onTimer(timer: TimerId): boolean
}
