// What a lock takes in. A bridge counts what arrived, not what was sent: a token with a fee on transfers brings less, and what
// of it makes no whole step of the crossing stays behind (ROUNDING). A contract with the flaw `nominal-credited` counts what was
// sent. Source: Wormhole token bridge (balance before and after `safeTransferFrom`).
import type { Address } from '@solvent/primitives'
import type { Leg, Rounding } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import { afterFee } from '../../execution/transfer-fee.ts'

export interface Intake {
  /** What is in the lock; whole steps. */
  readonly locked: bigint
  readonly legs: readonly Leg[]
  readonly rounding: readonly Rounding[]
}

/** Takes `amount`, whole steps of `divisor`, into a bridge's lock. */
export function intoLock(
  context: CallContext,
  bridge: Address,
  token: Address,
  { amount, divisor }: { readonly amount: bigint; readonly divisor: bigint },
): Intake {
  const { received, legs, rounding } = afterFee(context, token, amount)
  const residue = received % divisor
  const locked = received - residue
  const into: readonly Leg[] =
    locked > 0n ? [{ kind: 'BRIDGE_LOCK', owner: bridge, token, amount: locked }] : []
  const parts = legs.length === 0 ? into : [...legs, ...into]
  if (residue === 0n) return { locked, legs: parts, rounding }
  const stays: Leg = { kind: 'ROUNDING', owner: '', token, amount: residue }
  return {
    ...{ locked, legs: [...parts, stays] },
    rounding: [...rounding, { token, direction: 'floor', residue, divisor }],
  }
}
