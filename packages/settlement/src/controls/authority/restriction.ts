// What keeps tokens from moving: every entry of a transaction is looked at, whatever contract posted it.
import type { Leg, RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { Restrictions } from '../control-state.ts'

/** Why a leg may not move; null: it may. */
export function heldBy(
  restrictions: Pick<Restrictions, 'has'>,
  { token, owner }: Leg,
): Extract<RevertReason, 'token-halted' | 'account-frozen'> | null {
  if (restrictions.has(token)) return 'token-halted'
  return owner !== '' && restrictions.has(token, owner) ? 'account-frozen' : null
}

/** Why what was posted since may not stand; a claw-back may. */
export function restrictionOn({ state, rules }: CallContext, posted: number): RevertReason | null {
  const { restrictions } = state.controls
  if (restrictions.isEmpty) return null
  for (const { cause, legs } of state.ledger.postedSince(posted)) {
    if (cause === 'claw-back') continue
    for (const leg of legs) {
      const held = rules.heldBy(restrictions, leg)
      if (held !== null) return held
    }
  }
  return null
}
