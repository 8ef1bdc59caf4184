// What a transaction asks of a bridge's contract about who verifies: one verifier's vote for the next set.
import type { Address } from '@solvent/primitives'
import type { VerifierSetTerms } from './verifier-set.ts'

/** A verifier of the current set votes; with as many votes as the set's threshold the next set takes its place. */
export interface RotationCall {
  readonly kind: 'rotate-verifiers'
  readonly bridge: Address
  readonly next: VerifierSetTerms
}
