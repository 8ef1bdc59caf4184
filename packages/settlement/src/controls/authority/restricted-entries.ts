// Every entry of a transaction is looked at, whatever contract posted it: none may move what is held.
import type { RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'

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
