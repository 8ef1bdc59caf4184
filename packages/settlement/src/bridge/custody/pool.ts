// Liquidity-pool custody: what is paid into the pool of one chain is paid out of the pool of the other, less a fee that
// stays there. The paying pool has a claim on the others instead of its cash; nothing is minted. Sources: Across
// HubPool.sol (utilised reserves), Stargate (a pool of the native asset on each chain); UMIP-157 for the fee.
import type { FeeCurve, Leg } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { payOrQueue, payWaiting } from '../pool/payouts.ts'
import { sendMessage } from '../send.ts'
import { type BridgeOut, planCrossing, senderLegs } from './crossing.ts'
import { arrivalProblem, type Transfer } from './transfer.ts'

/** The sending side: cash comes in, and those who wait here are paid from it. */
export function poolIn(context: CallContext, contract: BridgeState, call: BridgeOut): CallResult {
  const { rules, state, events } = context
  const { bridge, token, dstChainId, recipient } = call
  const crossing = planCrossing(context, contract, call)
  if (typeof crossing === 'string') return crossing
  const pool = contract.pools.get(token)
  if (pool === undefined) return 'unknown-token'
  const custody = rules.custodyAmount(crossing.sent)
  if (custody > 0n) {
    const pooled: Leg = { kind: 'POOL', owner: bridge, token, amount: custody }
    const { legs, rounding } = senderLegs(context, call, crossing, { custody, taken: [pooled] })
    if (!state.ledger.post('pool-in', legs, rounding)) return 'insufficient-balance'
  }
  pool.claims.set(pool.claims.get() - crossing.sent)
  const message = sendMessage(context, {
    bridge,
    emitter: bridge,
    dstChainId,
    payload: { kind: 'transfer', token: crossing.arriving, amount: crossing.received, recipient },
  })
  events.push({ kind: 'bridge-transfer', bridge, step: 'pooled', token, amount: crossing.sent, message })
  payWaiting(context, contract, token)
  return null
}

/** The receiving side: paid now, or queued. */
export function poolOut(
  context: CallContext,
  contract: BridgeState,
  transfer: Transfer,
  curve: FeeCurve,
): CallResult {
  const { token, amount, recipient } = transfer.payload
  if (!contract.pools.has(token)) return 'unknown-token'
  const problem = arrivalProblem(context, contract, transfer, 'release')
  if (problem !== null) return problem
  payOrQueue(context, contract, { message: transfer.digest, token, amount, recipient }, curve)
  return null
}
