// How many must fail before a bridge believes what is false, one answer for every kind of verification.
import type { Verification } from '../network/bridge-spec.ts'
import type { Party } from '../network/party.ts'

export interface Trust {
  /** Whose word counts at all. */
  readonly parties: number
  /** How many of them must lie, or be absent, for a false message to pass. */
  readonly threshold: number
}

/**
 * External verifiers: as many as must sign. Optimistic: a proposer that lies and all disputers that let it pass. Nobody
 * can make a bridge believe anything that believes nothing.
 *
 * @example trustOf({ kind: 'quorum', verifiers: [a, b, c], threshold: 2, setIndex: 0 }) // { parties: 3, threshold: 2 }
 */
export function trustOf(verification: Verification): Trust {
  switch (verification.kind) {
    case 'quorum':
      return { parties: verification.verifiers.length, threshold: verification.threshold }
    case 'optimistic':
      return {
        parties: verification.proposers.length + verification.disputers.length,
        threshold: 1 + verification.disputers.length,
      }
    case 'none':
      return { parties: 0, threshold: Number.POSITIVE_INFINITY }
  }
}

/** The fewest parties whose data sources must lie for a false message to pass. */
export function liarsNeeded(verification: Verification): readonly Party[] {
  switch (verification.kind) {
    case 'quorum':
      return verification.verifiers.slice(0, verification.threshold)
    case 'optimistic':
      return [...verification.proposers.slice(0, 1), ...verification.disputers]
    case 'none':
      return []
  }
}

/** Signatures that must be gossiped before a message counts as attested; 0 where verification asks for none. */
export function signaturesNeeded(verification: Verification): number {
  return verification.kind === 'quorum' ? verification.threshold : 0
}
