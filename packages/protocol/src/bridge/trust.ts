// How many must fail before a bridge believes what is false, one answer for every kind of verification.
import type { BridgeSpec, Verification } from '../network/bridge-spec.ts'
import type { ChainSpec } from '../network/chain-spec.ts'
import type { Party } from '../network/party.ts'

export interface Trust {
  /** Whose word counts at all. */
  readonly parties: number
  /** How many of them must lie, or be absent, for a false message to pass. */
  readonly threshold: number
}

/**
 * External verifiers: as many as must sign. Optimistic: a proposer that lies and all disputers that let it pass. Nobody
 * can make a bridge believe anything that believes nothing. A light client:
 * the producers of the chain whose headers it follows.
 *
 * @param source the chain that sends the message
 * @example trustOf(bridge, source) // { parties: 3, threshold: 2 } of a bridge of two signatures out of three
 */
export function trustOf({ verification, finality }: BridgeSpec, source: ChainSpec): Trust {
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
    case 'canonical':
      // A root stands unless somebody disproves it: a proposer, and everybody who could have challenged.
      return { parties: source.producers.length, threshold: source.producers.length }
    case 'light-client': {
      const parties = source.producers.length
      return { parties, threshold: finality === 'unsafe' ? 1 : committeeOf(parties) }
    }
  }
}

/**
 * Distinct producers whose headers must stand on one another before a client takes a header for final: more than two
 * thirds, as of a sync committee.
 *
 * @example committeeOf(4) // 3
 */
export function committeeOf(producers: number): number {
  return Math.floor((2 * producers) / 3) + 1
}

/** The fewest parties whose data sources must lie for a false message to pass; nobody's where a chain reads headers itself. */
export function liarsNeeded(verification: Verification): readonly Party[] {
  switch (verification.kind) {
    case 'quorum':
      return verification.verifiers.slice(0, verification.threshold)
    case 'optimistic':
      return [...verification.proposers.slice(0, 1), ...verification.disputers]
    case 'none':
    case 'canonical':
    case 'light-client':
      return []
  }
}

/** Signatures that must be gossiped before a message counts as attested; 0 where verification asks for none. */
export function signaturesNeeded(verification: Verification): number {
  return verification.kind === 'quorum' ? verification.threshold : 0
}
