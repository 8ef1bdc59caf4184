// The entry points of a bridge's contract.
import { assertNever } from '@solvent/primitives'
import type { BridgeCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { bridgeOut } from './bridge-out.ts'
import { sendCall } from './called-admin.ts'
import { deliverMessage } from './deliver.ts'
import { pauseBridge, unpauseBridge } from './pause.ts'

/** All but a batch of messages, each of which runs as a call of its own does. */
export function runBridgeCall(
  context: CallContext,
  call: Exclude<BridgeCall, { kind: 'deliver-batch' }>,
): CallResult {
  switch (call.kind) {
    case 'deliver':
      return deliverMessage(context, call)
    case 'bridge-out':
      return bridgeOut(context, call)
    case 'send-message':
      return sendCall(context, call)
    case 'pause':
      return pauseBridge(context, call)
    case 'unpause':
      return unpauseBridge(context, call)
    default:
      return assertNever(call)
  }
}
