// Runs one call: each kind has its entry point in the contract it belongs to.
import { assertNever } from '@solvent/primitives'
import type { Call } from '@solvent/protocol'
import { bridgeOut } from '../bridge/bridge-out.ts'
import { deliverMessage } from '../bridge/deliver.ts'
import { pauseBridge, unpauseBridge } from '../bridge/pause.ts'
import { cancelOrder } from '../escrow/cancel.ts'
import { fillOrder } from '../escrow/fill.ts'
import { openOrder } from '../escrow/open.ts'
import { claimOrder, refundOrder } from '../escrow/payout.ts'
import { postBatch, postProof, postRoot } from '../rollup/inbox.ts'
import { type CallContext, type CallResult, holderLeg } from './call-context.ts'

/** Runs the call; on a reason, what it wrote is for the caller to take back. */
export function dispatchCall(context: CallContext, call: Call): CallResult {
  switch (call.kind) {
    case 'transfer':
      return transfer(context, call)
    case 'open':
      return openOrder(context, call)
    case 'cancel':
      return cancelOrder(context, call)
    case 'fill':
      return fillOrder(context, call)
    case 'deliver':
      return deliverMessage(context, call)
    case 'claim':
      return claimOrder(context, call)
    case 'refund':
      return refundOrder(context, call)
    case 'bridge-out':
      return bridgeOut(context, call)
    case 'pause':
      return pauseBridge(context, call)
    case 'unpause':
      return unpauseBridge(context, call)
    case 'post-batch':
      return postBatch(context, call)
    case 'post-root':
      return postRoot(context, call)
    case 'post-proof':
      return postProof(context, call)
    default:
      return assertNever(call)
  }
}

function transfer(
  { index, state, sender }: CallContext,
  call: Extract<Call, { kind: 'transfer' }>,
): CallResult {
  const { token, to, amount } = call
  if (amount <= 0n) return 'zero-amount'
  if (index.isProtected(to)) return 'not-authorised'
  const moved = state.ledger.post('transfer', [
    holderLeg(state, sender, token, -amount),
    holderLeg(state, to, token, amount),
  ])
  return moved ? null : 'insufficient-balance'
}
