// What the door says of a message, and how grave each reason is. Severities follow the penalty classes of the
// peer-to-peer reference (after Lodestar); points, decay and bans are the runtime's.

/** fatal −100, low tolerance −10, mid −5, high tolerance −1 points. */
export type Severity = 'fatal' | 'low' | 'mid' | 'high'

/** The closed list of reasons, fit for labels. */
export type DoorReason =
  | 'wrong-chain'
  | 'wrong-settler'
  | 'unknown-token'
  | 'unknown-prover'
  | 'unknown-auctioneer'
  | 'unknown-solver'
  | 'unknown-bridge'
  | 'invalid-order'
  | 'invalid-award'
  | 'invalid-header'
  | 'invalid-attestation'
  | 'invalid-bid'
  | 'invalid-request'
  | 'invalid-range'
  | 'no-conflict'
  | 'not-a-producer'
  | 'not-a-verifier'
  | 'set-expired'
  | 'expired'
  | 'too-far-ahead'
  | 'bad-signature'

export type DoorResult = { readonly ok: true } | DoorRefusal

/** `ignore`: nobody is to blame; `reject`: the immediate sender passed on what it could have refused. */
export interface DoorRefusal {
  readonly ok: false
  readonly verdict: 'ignore' | 'reject'
  readonly reason: DoorReason
  /** Counts for rejections only. */
  readonly severity: Severity
}

export const PASS: DoorResult = { ok: true }

export function reject(reason: DoorReason, severity: Severity = 'low'): DoorRefusal {
  return { ok: false, verdict: 'reject', reason, severity }
}

export function ignore(reason: DoorReason): DoorRefusal {
  return { ok: false, verdict: 'ignore', reason, severity: 'high' }
}
