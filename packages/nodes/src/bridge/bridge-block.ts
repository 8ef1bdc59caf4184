// What a block says of one bridge.
import type { Address } from '@solvent/primitives'
import type { Block, BridgeMessage } from '@solvent/protocol'

/** The messages that it has sent over the bridge. */
export function sentIn({ receipts }: Block, bridge: Address): BridgeMessage[] {
  return receipts.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.kind === 'message-sent' && event.message.bridge === bridge ? [event.message] : [],
    ),
  )
}

/** Whether it has put something into the bridge's lock. */
export function fillsLock({ receipts }: Block, bridge: Address): boolean {
  return receipts.some(({ events }) =>
    events.some(
      (event) =>
        (event.kind === 'bridge-refilled' || (event.kind === 'bridge-transfer' && event.step === 'locked')) &&
        event.bridge === bridge,
    ),
  )
}
