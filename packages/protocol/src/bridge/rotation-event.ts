// What became of a bridge's verifier set, as typed events.
import type { Address, Hash32 } from '@solvent/primitives'
import type { VerifierSetTerms } from './verifier-set.ts'

export type RotationEvent =
  | {
      readonly kind: 'rotation-voted'
      readonly bridge: Address
      /** See `rotationDigest`. */
      readonly proposal: Hash32
      readonly voter: Address
    }
  | {
      readonly kind: 'verifiers-rotated'
      readonly bridge: Address
      readonly next: VerifierSetTerms
      /** Last second (Unix) at which the set before still counts. */
      readonly graceUntil: number
    }
