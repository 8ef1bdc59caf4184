// A message that a relayer is to deliver: what is known of it until it is on its destination chain.
import type { TimerId } from '@solvent/ports'
import type { Hash32 } from '@solvent/primitives'
import type { BridgeMessage, MessageKey, RevertReason } from '@solvent/protocol'

/** A message that is to be delivered; the newest content of its key that became ready replaces another. */
export interface DeliveryTask {
  readonly key: MessageKey
  readonly digest: Hash32
  readonly message: BridgeMessage
  /** Its proof is ready and its turn is fixed, or it has been handed in. */
  isPlanned: boolean
  /** When it is looked at next. */
  timer: TimerId | null
  /** From when on it may go with others, ms of the node's clock, and whether it may: a batch that it was in failed as a whole. */
  joinsAtMs: number
  goesAlone: boolean
}

/** How often one thing is handed in again while its earlier transactions have failed, at most. */
export const MAX_ATTEMPTS = 8

/** After what time a delivery is tried again whose obstacle passes. */
export const RETRY_MS = 300_000

const passing: readonly (RevertReason | null)[] = [
  'paused',
  'set-expired',
  'unknown-order',
  'lock-exhausted',
  'not-yet-proven',
  'out-of-gas',
  'header-unknown',
]

/** Whether the same delivery may succeed later after such a revert. */
export function isPassing(reason: RevertReason | null): boolean {
  return passing.includes(reason)
}
