// Burn-and-mint custody: the issuer's contract burns on the sending chain and mints on the receiving one, less its fee.
// No chain is home and nothing is locked, so nothing can be drained; a forged message makes supply that nobody was
// issued (B-3). Source: Circle CCTP v2 (TokenMessengerV2: burn, mint of amount − feeExecuted and of the fee).
import { BPS, mulDivWithResidue } from '@solvent/primitives'
import type { Leg, Rounding } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { MAX_SUPPLY } from '../max-supply.ts'
import { routeOf } from '../route.ts'
import { sendMessage } from '../send.ts'
import { type BridgeOut, planCrossing, senderLegs } from './crossing.ts'
import { arrivalProblem, type Transfer } from './transfer.ts'

/** The sending side. */
export function burnOut(context: CallContext, contract: BridgeState, call: BridgeOut): CallResult {
  const { rules, state, events } = context
  const { bridge, token, dstChainId, recipient } = call
  const crossing = planCrossing(context, contract, call)
  if (typeof crossing === 'string') return crossing
  const custody = rules.custodyAmount(crossing.sent)
  if (custody > 0n) {
    const burned: Leg = { kind: 'SUPPLY', owner: '', token, amount: custody }
    const { legs, rounding } = senderLegs(context, call, crossing, { custody, taken: [burned] })
    if (!state.ledger.post('bridge-burn', legs, rounding)) return 'insufficient-balance'
  }
  const message = sendMessage(context, {
    bridge,
    emitter: bridge,
    dstChainId,
    payload: { kind: 'transfer', token: crossing.arriving, amount: crossing.received, recipient },
  })
  events.push({ kind: 'bridge-transfer', bridge, step: 'burned', token, amount: crossing.sent, message })
  return null
}

/** The receiving side: the whole amount is minted, the fee of it to the issuer. */
export function mintIn(
  context: CallContext,
  contract: BridgeState,
  transfer: Transfer,
  feeBps: number,
): CallResult {
  const { state, chain, events } = context
  const { spec } = contract
  const { token, amount, recipient } = transfer.payload
  if (routeOf(spec, chain.chainId, token) === undefined) return 'unknown-token'
  const problem = arrivalProblem(context, contract, transfer, 'mint')
  if (problem !== null) return problem
  if (amount - state.ledger.balance('SUPPLY', '', token) > MAX_SUPPLY) return 'supply-overflow'
  const { fee, rounding } = mintFee(amount, feeBps)
  const legs: Leg[] = [{ kind: 'SUPPLY', owner: '', token, amount: -amount }]
  if (amount > fee) legs.push(holderLeg(state, recipient, token, amount - fee))
  if (fee > 0n) legs.push(holderLeg(state, spec.issuer.address, token, fee))
  const roundings = rounding === null ? [] : [{ token, ...rounding }]
  state.ledger.post('bridge-mint', legs, roundings)
  const { bridge } = transfer.message
  events.push({
    kind: 'bridge-transfer',
    bridge,
    step: 'minted',
    token,
    amount,
    message: transfer.digest,
  })
  return null
}

/**
 * What the issuer keeps of a mint, rounded up in its favour, and the division behind it.
 *
 * @param amount base units, positive
 * @example mintFee(1_000_001n, 14).fee // 1401n: ceil(1000001 · 14 / 10000)
 */
export function mintFee(
  amount: bigint,
  feeBps: number,
): { readonly fee: bigint; readonly rounding: Omit<Rounding, 'token'> | null } {
  const { quotient, residue } = mulDivWithResidue(amount, BigInt(feeBps), BPS)
  if (residue === 0n) return { fee: quotient, rounding: null }
  return { fee: quotient + 1n, rounding: { direction: 'up', residue: BPS - residue, divisor: BPS } }
}
