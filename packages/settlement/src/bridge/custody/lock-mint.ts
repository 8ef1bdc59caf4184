// Lock-and-mint custody. Sending locks the token at home or burns it away, refunds what does not survive the crossing
// in the same entry (L-8), and sends the message; receiving releases at home or mints away. Source: Wormhole token
// bridge (whitepaper 0003, completeTransfer).
import type { Leg } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { redemption } from '../recovery/redemption.ts'
import { routeOf } from '../route.ts'
import { sendMessage } from '../send.ts'
import { type BridgeOut, planCrossing, senderLegs } from './crossing.ts'
import { arrivalProblem, type Transfer } from './transfer.ts'

/** The sending side. */
export function lockOrBurn(context: CallContext, contract: BridgeState, call: BridgeOut): CallResult {
  const { rules, state, events } = context
  const { bridge, token, dstChainId, recipient } = call
  const crossing = planCrossing(context, contract, call)
  if (typeof crossing === 'string') return crossing
  const home = crossing.end.side === 'home'
  const custody = rules.custodyAmount(crossing.sent)
  if (custody > 0n) {
    const { legs, rounding } = senderLegs(context, call, crossing, custody)
    legs.push(
      home
        ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: custody }
        : { kind: 'SUPPLY', owner: '', token, amount: custody },
    )
    if (!state.ledger.post(home ? 'bridge-lock' : 'bridge-burn', legs, rounding))
      return 'insufficient-balance'
  }
  const message = sendMessage(context, {
    bridge,
    emitter: bridge,
    dstChainId,
    payload: { kind: 'transfer', token: crossing.arriving, amount: crossing.received, recipient },
  })
  const step = home ? 'locked' : 'burned'
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount: crossing.sent, message })
  return null
}

/** The receiving side. */
export function releaseOrMint(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  const { state, chain, events } = context
  const { bridge } = transfer.message
  const { token, amount, recipient } = transfer.payload
  const end = routeOf(contract.spec, chain.chainId, token)
  if (end === undefined) return 'unknown-token'
  const home = end.side === 'home'
  const problem = arrivalProblem(context, contract, transfer, home ? 'release' : 'mint')
  if (problem !== null) return problem
  const { paid, rounding } = redemption(token, amount, home ? (contract.shares.get(token) ?? null) : null)
  if (paid <= 0n) return 'lock-exhausted'
  const source: Leg = home
    ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: -paid }
    : { kind: 'SUPPLY', owner: '', token, amount: -paid }
  const legs = [source, holderLeg(state, recipient, token, paid)]
  if (!state.ledger.post(home ? 'bridge-release' : 'bridge-mint', legs, rounding)) return 'lock-exhausted'
  const step = home ? 'released' : 'minted'
  const message = transfer.digest
  if (paid < amount)
    events.push({ kind: 'redemption-reduced', bridge, token, message, claimed: amount, paid })
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount: paid, message })
  return null
}
