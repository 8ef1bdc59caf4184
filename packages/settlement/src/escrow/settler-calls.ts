// The entry points of the escrow contract.
import { assertNever } from '@solvent/primitives'
import type { SettlerCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { cancelOrder } from './cancel.ts'
import { fillOrder } from './fill.ts'
import { openOrder } from './open.ts'
import { openPart } from './open-part.ts'
import { claimOrder, refundOrder } from './payout.ts'

export function runSettlerCall(context: CallContext, call: SettlerCall): CallResult {
  switch (call.kind) {
    case 'open':
      return openOrder(context, call)
    case 'open-part':
      return openPart(context, call)
    case 'cancel':
      return cancelOrder(context, call)
    case 'fill':
      return fillOrder(context, call)
    case 'claim':
      return claimOrder(context, call)
    case 'refund':
      return refundOrder(context, call)
    default:
      return assertNever(call)
  }
}
