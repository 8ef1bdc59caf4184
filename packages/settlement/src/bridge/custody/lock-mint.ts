// Lock-and-mint custody. Sending locks the token at home or burns it away, refunds what does not survive the crossing
// in the same entry (L-8), and sends the message; receiving releases at home or mints away. Source: Wormhole token
// bridge (whitepaper 0003, completeTransfer).
import type { Leg } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { afterFee } from '../../execution/transfer-fee.ts'
import type { BridgeState } from '../bridge-state.ts'
import { redemption } from '../recovery/redemption.ts'
import { routeOf } from '../route.ts'
import { sendMessage } from '../send.ts'
import { type BridgeOut, planCrossing, senderLegs } from './crossing.ts'
import { intoLock } from './lock.ts'
import { arrivalProblem, type Transfer } from './transfer.ts'

/** The sending side. */
export function lockOrBurn(context: CallContext, contract: BridgeState, call: BridgeOut): CallResult {
  const { rules, state, events } = context
  const { bridge, token, dstChainId, recipient } = call
  const crossing = planCrossing(context, contract, call)
  if (typeof crossing === 'string') return crossing
  const home = crossing.end.side === 'home'
  const custody = rules.custodyAmount(crossing.sent)
  const { divisor } = crossing
  const intake = home ? intoLock(context, bridge, token, { amount: custody, divisor }) : null
  if (intake !== null && custody > 0n && intake.locked <= 0n) return 'zero-amount'
  if (custody > 0n) {
    const taken: readonly Leg[] = intake?.legs ?? [{ kind: 'SUPPLY', owner: '', token, amount: custody }]
    const { legs, rounding } = senderLegs(context, call, crossing, { custody, taken })
    const roundings = intake === null ? rounding : [...rounding, ...intake.rounding]
    if (!state.ledger.post(home ? 'bridge-lock' : 'bridge-burn', legs, roundings))
      return 'insufficient-balance'
  }
  const lost = intake === null ? 0n : custody - intake.locked
  const arrived = crossing.sent - lost
  const credited = contract.flaws.has('nominal-credited') ? crossing.sent : arrived
  const message = sendMessage(context, {
    bridge,
    emitter: bridge,
    dstChainId,
    payload: {
      kind: 'transfer',
      token: crossing.arriving,
      amount: (crossing.received * credited) / crossing.sent,
      recipient,
    },
  })
  const step = home ? 'locked' : 'burned'
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount: arrived, message })
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
  const payout = afterFee(context, token, paid)
  if (payout.received <= 0n) return 'zero-amount'
  const received = holderLeg(state, recipient, token, payout.received)
  const legs = payout.legs.length === 0 ? [source, received] : [source, received, ...payout.legs]
  const roundings = payout.rounding.length === 0 ? rounding : [...rounding, ...payout.rounding]
  if (!state.ledger.post(home ? 'bridge-release' : 'bridge-mint', legs, roundings)) return 'lock-exhausted'
  const step = home ? 'released' : 'minted'
  const message = transfer.digest
  if (paid < amount)
    events.push({ kind: 'redemption-reduced', bridge, token, message, claimed: amount, paid })
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount: paid, message })
  return null
}
