// Pausing a bridge with two authorities of different trust (B-7). Each authority has its own freeze; the bridge
// stands still while either holds. `guardian` outranks `issuer`: it may lift both, the issuer only its own, and
// not while the guardian's holds. So a lower-trust pause or unpause never shortens a higher-trust freeze.
import type { PauseAuthority } from '@solvent/protocol'

/** Until when each authority's freeze holds, inclusive Unix seconds; 0 is an open end, null is no freeze. */
export interface Freeze {
  readonly issuer: number | null
  readonly guardian: number | null
}

/** What a pause may stop. Sending (lock, burn) goes on: messages queue and are delivered once afterwards. */
export type PausableAction = 'mint' | 'release' | 'prove'

export const NOT_FROZEN: Freeze = Object.freeze({ issuer: null, guardian: null })

/** Whether one authority's freeze holds: while now <= until, or with an open end. */
export function freezeHolds(until: number | null, now: number): boolean {
  return until !== null && (until === 0 || now <= until)
}

/** Whether the bridge refuses an action now. */
export function blockedByFreeze(freeze: Freeze, now: number, _action: PausableAction): boolean {
  return freezeHolds(freeze.issuer, now) || freezeHolds(freeze.guardian, now)
}

/** The freeze after a pause: the authority's own part is set, the other's is untouched. */
export function afterPause(freeze: Freeze, authority: PauseAuthority, until: number): Freeze {
  return Object.freeze({ ...freeze, [authority]: until })
}

/** The freeze after an unpause, or null where the authority is too low: the guardian's freeze still holds. */
export function afterUnpause(freeze: Freeze, authority: PauseAuthority, now: number): Freeze | null {
  if (authority === 'guardian') return NOT_FROZEN
  if (freezeHolds(freeze.guardian, now)) return null
  return Object.freeze({ ...freeze, issuer: null })
}
