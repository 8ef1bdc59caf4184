// A set of verifiers as bridge contracts hold it: who may sign, how many must, and under which index.
import { type Address, type Hash32, hashCanonical } from '@solvent/primitives'
import type { Party } from '../network/party.ts'

export interface VerifierSetTerms {
  /** Counts up by one with every rotation (Wormhole: "index must increase in steps of 1"). */
  readonly setIndex: number
  /** Distinct, none of them zero, at least one. */
  readonly verifiers: readonly Address[]
  /** 1 <= threshold <= verifiers.length. */
  readonly threshold: number
}

/** How long a set counts after another has taken its place, seconds (Wormhole core bridge, `expireGuardianSet`). */
export const SET_GRACE_SECONDS = 86_400

/** What those vote for who want a set to be the next one. */
export function rotationDigest(next: VerifierSetTerms): Hash32 {
  return hashCanonical(next)
}

/** Everybody who verifies for a bridge, now or in a set to come. */
export function allVerifiers({
  verifiers,
  standby = [],
}: {
  readonly verifiers: readonly Party[]
  readonly standby?: readonly Party[]
}): readonly Party[] {
  return [...verifiers, ...standby]
}
