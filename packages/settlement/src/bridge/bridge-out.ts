// Bridge, sending side of a transfer: when nothing bounds it, the bridge's custody takes the value in and sends the message.
import type { Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { sendTransfer } from './custody/custody.ts'
import { departureLimitOf, takeFromBucket } from './limiter/departure-limit.ts'
import { cancelFlow } from './limiter/limit-transfer.ts'
import { wouldExceedCap } from './withdrawal-cap.ts'

export function bridgeOut(context: CallContext, call: Extract<Call, { kind: 'bridge-out' }>): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { token, amount, dstChainId } = call
  const source = { chainId: context.chain.chainId, token, amount }
  if (wouldExceedCap(context.index, contract.spec, source, dstChainId)) return 'above-cap'
  const limit = departureLimitOf(contract.spec, { ...source, dstChainId })
  if (limit !== undefined) {
    const leaving = { now: context.now, amount }
    if (!takeFromBucket(contract.departures, limit, leaving, context.rules)) return 'limited'
  }
  const refused = sendTransfer(context, contract, call)
  if (refused === null) cancelFlow(context, contract, { token, amount, to: dstChainId })
  return refused
}
