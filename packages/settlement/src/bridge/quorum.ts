// When a set of verifier signatures is enough (S-6). Source: the m-of-n rule of Wormhole's core bridge
// (signers by strictly increasing index) with addresses in place of indices.
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'

/** A set of verifiers; `validUntil` (Unix seconds) is null for the current set. */
export interface VerifierSet {
  readonly setIndex: number
  readonly verifiers: readonly Address[]
  readonly threshold: number
  readonly validUntil: number | null
}

/** Signers are in strictly increasing address order, so that none can count twice. */
export function signersDistinct(signers: readonly Address[]): boolean {
  for (let i = 1; i < signers.length; i++) {
    if ((signers[i] as Address) <= (signers[i - 1] as Address)) return false
  }
  return true
}

/** Every signer belongs to the set and none is the zero address. */
export function signersBelong(signers: readonly Address[], verifiers: readonly Address[]): boolean {
  for (const signer of signers) {
    if (signer === ZERO_ADDRESS || !verifiers.includes(signer)) return false
  }
  return true
}

/**
 * `count` valid distinct signatures reach `threshold` of `setSize`; a threshold or set of zero never does.
 *
 * @example quorumMet(5, 5, 9) // true
 * @example quorumMet(0, 0, 9) // false
 */
export function quorumMet(count: number, threshold: number, setSize: number): boolean {
  return threshold >= 1 && threshold <= setSize && count >= threshold
}

/** The current set signs for ever, a retired one while now <= validUntil. */
export function setAccepted(validUntil: number | null, now: number): boolean {
  return validUntil === null || now <= validUntil
}
