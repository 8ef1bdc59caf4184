// The one-machine profile: every limit in one place, with its reason. Sizes in bytes, times in wall ms.
// Source: measurements on loopback (docs/models/network-libp2p.md) and js-libp2p's doc/LIMITS.md.
import { MAX_FRAME_BYTES, MAX_REQUEST_BYTES } from '@solvent/protocol'
import type { RateLimit } from './rate-limit.ts'

export interface NetworkLimits {
  readonly maxConnections: number
  /** Idle half-open sockets must not keep newcomers out: many allowed, each for a short time. */
  readonly maxPendingConnections: number
  readonly upgradeTimeoutMs: number
  /** Inbound connections per second and host; on one machine all peers share the host. */
  readonly inboundPerSecond: number
  readonly negotiationTimeoutMs: number
  readonly dialTimeoutMs: number
  /** One gossip message. */
  readonly gossipBytes: number
  /** One request or direct message. */
  readonly requestBytes: number
  readonly replyBytes: number
  /** A frame that has begun must be complete after this time. */
  readonly frameTimeoutMs: number
  /** Requests under way per peer and direction. */
  readonly requestsInFlight: number
  /** Requests waiting for one of those places, per peer. */
  readonly requestsWaiting: number
  /** Gossip messages per peer: of the network, and strangers. */
  readonly gossipKnown: RateLimit
  readonly gossipStranger: RateLimit
  readonly requestsKnown: RateLimit
  readonly requestsStranger: RateLimit
  /** Signature checks waiting for the pool; newest dropped beyond. */
  readonly signatureQueue: number
  /** Worker threads for floods of secp256k1 signatures; 0 checks all on the main thread. */
  readonly signatureThreads: number
  /** Digests of messages and of verified signatures that are remembered. */
  readonly digestsRemembered: number
  readonly digestTtlMs: number
  /** Being too late or too early is a fault of the sender only when it is off by this much wall time more. */
  readonly expiryGraceMs: number
}

/** Loopback, all peers on one machine: co-location rules off, connection rates high, everything else bounded. */
export const oneMachineLimits: NetworkLimits = {
  maxConnections: 128,
  maxPendingConnections: 100,
  upgradeTimeoutMs: 2_000,
  inboundPerSecond: 1_000,
  negotiationTimeoutMs: 5_000,
  dialTimeoutMs: 8_000,
  gossipBytes: MAX_FRAME_BYTES,
  requestBytes: MAX_REQUEST_BYTES,
  replyBytes: MAX_FRAME_BYTES,
  frameTimeoutMs: 8_000,
  requestsInFlight: 32,
  requestsWaiting: 1_024,
  gossipKnown: { perSecond: 1_000, burst: 4_000 },
  gossipStranger: { perSecond: 20, burst: 60 },
  requestsKnown: { perSecond: 1_000, burst: 2_000 },
  requestsStranger: { perSecond: 10, burst: 20 },
  signatureQueue: 512,
  signatureThreads: 1,
  digestsRemembered: 50_000,
  digestTtlMs: 3_600_000,
  expiryGraceMs: 5_000,
}
