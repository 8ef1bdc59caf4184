// A transfer that has arrived: the message, what it carries, and the digest that names it in events.
import type { Hash32 } from '@solvent/primitives'
import type { BridgeMessage, BridgePayload } from '@solvent/protocol'

export interface Transfer {
  readonly message: BridgeMessage
  readonly payload: Extract<BridgePayload, { kind: 'transfer' }>
  readonly digest: Hash32
}
