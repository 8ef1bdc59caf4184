// A transfer that has arrived: the message, what it carries, the digest that names it in events, and what every kind of
// custody asks before it pays.
import type { Hash32 } from '@solvent/primitives'
import type { BridgeMessage, BridgePayload, RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import type { PausableAction } from '../freeze.ts'

const LIMIT_UINT256 = 1n << 256n

export interface Transfer {
  readonly message: BridgeMessage
  readonly payload: Extract<BridgePayload, { kind: 'transfer' }>
  readonly digest: Hash32
}

/** Why the transfer may not be paid now, or null. */
export function arrivalProblem(
  { rules, index, now }: CallContext,
  contract: BridgeState,
  { message, payload: { amount, recipient } }: Transfer,
  action: PausableAction,
): RevertReason | null {
  if (rules.blockedByFreeze(contract.freeze.get(), now, action)) return 'paused'
  if (message.emitter !== message.bridge || index.isProtected(recipient)) return 'not-authorised'
  return amount <= 0n || amount >= LIMIT_UINT256 ? 'zero-amount' : null
}
