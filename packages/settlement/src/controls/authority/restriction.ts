// What keeps a token or an account's tokens from moving.
import type { Leg, RevertReason } from '@solvent/protocol'
import type { Restrictions } from '../control-state.ts'

/** Why a leg may not move; null: it may. */
export function heldBy(
  restrictions: Pick<Restrictions, 'has'>,
  { token, owner }: Leg,
): Extract<RevertReason, 'token-halted' | 'account-frozen'> | null {
  if (restrictions.has(token)) return 'token-halted'
  return owner !== '' && restrictions.has(token, owner) ? 'account-frozen' : null
}
