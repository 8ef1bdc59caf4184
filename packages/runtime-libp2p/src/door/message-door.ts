// What must hold of a message before a node sees it, split so that everything cheap comes before the signatures.
import type { Address, Hash32 } from '@solvent/primitives'
import type { Signature } from '@solvent/protocol'
import type { Severity } from '../penalty-ledger.ts'

export type DoorVerdict =
  | { readonly ok: true }
  /** `ignore`: nobody is to blame; `reject`: the immediate sender passed on what it could have refused. */
  | {
      readonly ok: false
      readonly verdict: 'ignore' | 'reject'
      readonly reason: string
      readonly severity: Severity
    }

/** One signature that a message stands on. */
export interface SignatureClaim {
  readonly digest: Hash32
  readonly signature: Signature
  readonly signer: Address
}

export interface MessageDoor<M> {
  /** Domain, version, expiry window and authority at virtual time `nowMs`; no cryptography. */
  precheck(message: M, nowMs: number): DoorVerdict
  /** What is left to verify; empty for messages without signatures. */
  signatures(message: M): readonly SignatureClaim[]
}
