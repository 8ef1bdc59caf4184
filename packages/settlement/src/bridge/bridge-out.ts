// Bridge, sending side of a transfer: locks the token at home or burns it away, refunds what does not survive the
// crossing in the same entry (L-8), and sends the message. Source: Wormhole token bridge (whitepaper 0003).
import type { Call, Leg, TokenSpec } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import { routeOf, tokenOn } from './route.ts'
import { sendMessage } from './send.ts'

export function bridgeOut(context: CallContext, call: Extract<Call, { kind: 'bridge-out' }>): CallResult {
  const { index, rules, state, chain, sender, events } = context
  const { bridge, token, amount, dstChainId, recipient } = call
  const contract = state.bridges.get(bridge)
  if (contract === undefined) return 'unknown-bridge'
  const end = routeOf(contract.spec, chain.chainId, token)
  if (end === undefined) return 'unknown-token'
  const arriving = dstChainId === chain.chainId ? undefined : tokenOn(end.route, dstChainId)
  if (arriving === undefined) return 'wrong-destination'
  if (index.isProtected(recipient)) return 'not-authorised'
  const source = index.token(chain.chainId, token)
  const destination = index.token(dstChainId, arriving)
  if (source === undefined || destination === undefined) return 'unknown-token'
  if (amount <= 0n) return 'zero-amount'
  const decimals = crossing(source, destination, contract.spec.sharedDecimals)
  const { sent, dust, divisor, received } = rules.truncate(amount, decimals)
  if (sent <= 0n) return 'zero-amount'

  const custody = rules.custodyAmount(sent)
  if (custody > 0n) {
    const home = end.side === 'home'
    const legs: Leg[] = [holderLeg(state, sender, token, -(custody + (amount - sent)))]
    if (dust > 0n) legs.push(holderLeg(state, sender, token, dust))
    legs.push(
      home
        ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: custody }
        : { kind: 'SUPPLY', owner: '', token, amount: custody },
    )
    const rounding =
      amount === sent ? [] : [{ token, direction: 'floor' as const, residue: amount - sent, divisor }]
    if (!state.ledger.post(home ? 'bridge-lock' : 'bridge-burn', legs, rounding))
      return 'insufficient-balance'
  }
  const message = sendMessage(context, {
    bridge,
    emitter: bridge,
    dstChainId,
    payload: { kind: 'transfer', token: arriving, amount: received, recipient },
  })
  const step = end.side === 'home' ? 'locked' : 'burned'
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount: sent, message })
  return null
}

function crossing(source: TokenSpec, destination: TokenSpec, shared: number) {
  return { source: source.decimals, destination: destination.decimals, shared }
}
