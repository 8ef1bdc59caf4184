// Bridge, sending side of a transfer: the bridge's custody takes the value in and sends the message.
import type { Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { sendTransfer } from './custody/custody.ts'

export function bridgeOut(context: CallContext, call: Extract<Call, { kind: 'bridge-out' }>): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  return contract === undefined ? 'unknown-bridge' : sendTransfer(context, contract, call)
}
