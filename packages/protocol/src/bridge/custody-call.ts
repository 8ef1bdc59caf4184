// What a transaction asks of a bridge's custody beyond sending and delivering: the issuer's, the pool's, the lock's calls.
import type { HashLockCall } from './hash-lock-call.ts'
import type { IssuanceCall } from './issuance-call.ts'
import type { PoolCall } from './pool-call.ts'

export type CustodyCall = IssuanceCall | PoolCall | HashLockCall
