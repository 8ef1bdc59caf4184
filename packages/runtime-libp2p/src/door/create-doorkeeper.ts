// Puts a node's door together: inspection with the node's clock, signature checks, and blame.
import type { SignatureVerifier } from '@solvent/protocol'
import type { Severity } from '../penalty-ledger.ts'
import type { NetworkLimits } from '../profile.ts'
import type { MessageCodec } from '../wire-codec.ts'
import { Blame, type BlameWiring } from './blame.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { Inspector, type LaneRule } from './inspection.ts'
import type { MessageDoor } from './message-door.ts'
import { SignatureChecks } from './signature-checks.ts'

export interface DoorkeeperInit<M> {
  readonly limits: NetworkLimits
  readonly codec: MessageCodec<M>
  readonly door: MessageDoor<M>
  readonly fits: LaneRule<M>
  readonly forgerySeverity: (message: M) => Severity
  readonly verifier: SignatureVerifier
  readonly clock: { readonly acceleration: number }
}

export interface DoorkeeperWiring extends BlameWiring {
  /** The node's virtual time, ms. */
  readonly nowMs: () => number
}

export function createDoorkeeper<M>(init: DoorkeeperInit<M>, wiring: DoorkeeperWiring): Doorkeeper<M> {
  const { limits, codec, door, fits, forgerySeverity, verifier, clock } = init
  const graceMs = Math.ceil(limits.expiryGraceMs * clock.acceleration)
  return new Doorkeeper({
    limits,
    inspector: new Inspector({ codec, door, fits, nowMs: wiring.nowMs, graceMs }),
    door,
    signatures: new SignatureChecks({
      verifier,
      threads: limits.signatureThreads,
      queue: limits.signatureQueue,
      remembered: limits.digestsRemembered,
      ttlMs: limits.digestTtlMs,
    }),
    blame: new Blame(wiring),
    forgerySeverity,
    count: wiring.count,
  })
}
