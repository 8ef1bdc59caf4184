// What becomes of value that crosses: the bridge's kind of custody decides, and each kind has its own file.
import type { Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { lockOrBurn, releaseOrMint } from './lock-mint.ts'
import type { Transfer } from './transfer.ts'

/** Takes value in on the sending side and sends the message. */
export function sendTransfer(
  context: CallContext,
  contract: BridgeState,
  call: Extract<Call, { kind: 'bridge-out' }>,
): CallResult {
  return lockOrBurn(context, contract, call)
}

/** Pays value out on the receiving side, for a message that is believed. */
export function receiveTransfer(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  return releaseOrMint(context, contract, transfer)
}
