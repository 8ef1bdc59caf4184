// What a bridge's custody did beyond sending and delivering, as typed events.
import type { HashLockEvent } from './hash-lock-event.ts'
import type { IssuanceEvent } from './issuance-event.ts'
import type { PoolEvent } from './pool-event.ts'

export type CustodyEvent = IssuanceEvent | PoolEvent | HashLockEvent
