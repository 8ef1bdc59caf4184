// Pays a believed transfer out, or says why not yet: the bridge's custody does, under the cap on withdrawals.
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { receiveTransfer } from './custody/custody.ts'
import type { Transfer } from './custody/transfer.ts'
import { isAboveCap } from './withdrawal-cap.ts'

export function payTransfer(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  const { token, amount } = transfer.payload
  if (isAboveCap(contract.spec, { chainId: context.chain.chainId, token, amount })) return 'above-cap'
  return receiveTransfer(context, contract, transfer)
}
