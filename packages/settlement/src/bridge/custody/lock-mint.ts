// Lock-and-mint custody. Sending locks the token at home or burns it away, refunds what does not survive the crossing
// in the same entry (L-8), and sends the message; receiving releases at home or mints away. Source: Wormhole token
// bridge (whitepaper 0003, completeTransfer).
import type { Call, Leg, TokenSpec } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { routeOf, tokenOn } from '../route.ts'
import { sendMessage } from '../send.ts'
import type { Transfer } from './transfer.ts'

const LIMIT_UINT256 = 1n << 256n

/** The sending side. */
export function lockOrBurn(
  context: CallContext,
  contract: BridgeState,
  call: Extract<Call, { kind: 'bridge-out' }>,
): CallResult {
  const { index, rules, state, chain, sender, events } = context
  const { bridge, token, amount, dstChainId, recipient } = call
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

/** Decimals of both ends and of the bridge between them. */
function crossing(source: TokenSpec, destination: TokenSpec, shared: number) {
  return { source: source.decimals, destination: destination.decimals, shared }
}

/** The receiving side. */
export function releaseOrMint(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  const { index, rules, state, chain, now, events } = context
  const { bridge, emitter } = transfer.message
  const { token, amount, recipient } = transfer.payload
  const end = routeOf(contract.spec, chain.chainId, token)
  if (end === undefined) return 'unknown-token'
  const home = end.side === 'home'
  if (rules.blockedByFreeze(contract.freeze.get(), now, home ? 'release' : 'mint')) return 'paused'
  if (emitter !== bridge || index.isProtected(recipient)) return 'not-authorised'
  if (amount <= 0n || amount >= LIMIT_UINT256) return 'zero-amount'
  const source: Leg = home
    ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: -amount }
    : { kind: 'SUPPLY', owner: '', token, amount: -amount }
  const legs = [source, holderLeg(state, recipient, token, amount)]
  if (!state.ledger.post(home ? 'bridge-release' : 'bridge-mint', legs)) return 'lock-exhausted'
  const step = home ? 'released' : 'minted'
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount, message: transfer.digest })
  return null
}
