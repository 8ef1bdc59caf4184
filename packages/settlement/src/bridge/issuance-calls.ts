// The entry points of a burn-and-mint asset's issuer, and what they do: new tokens against money outside the chains, and
// back (Circle Mint). Neither crosses chains, so a pause of the bridge does not stop them.
import { assertNever } from '@solvent/primitives'
import type { IssuanceCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import { MAX_SUPPLY } from './max-supply.ts'
import { routeOf } from './route.ts'

export function runIssuanceCall(context: CallContext, call: IssuanceCall): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (contract.spec.custody.kind !== 'burn-mint') return 'wrong-custody'
  if (routeOf(contract.spec, context.chain.chainId, call.token) === undefined) return 'unknown-token'
  if (call.amount <= 0n) return 'zero-amount'
  switch (call.kind) {
    case 'issue':
      return context.sender === contract.spec.issuer.address ? issue(context, call) : 'not-authorised'
    case 'redeem':
      return redeem(context, call)
    default:
      return assertNever(call)
  }
}

function issue(
  { index, state, events }: CallContext,
  call: Extract<IssuanceCall, { kind: 'issue' }>,
): CallResult {
  const { bridge, token, amount, recipient } = call
  if (index.isProtected(recipient)) return 'not-authorised'
  if (amount - state.ledger.balance('SUPPLY', '', token) > MAX_SUPPLY) return 'supply-overflow'
  state.ledger.post('bridge-issue', [
    { kind: 'SUPPLY', owner: '', token, amount: -amount },
    holderLeg(state, recipient, token, amount),
  ])
  events.push({ kind: 'asset-issued', bridge, token, amount, recipient })
  return null
}

function redeem(
  { state, sender, events }: CallContext,
  { bridge, token, amount }: Extract<IssuanceCall, { kind: 'redeem' }>,
): CallResult {
  const burned = state.ledger.post('bridge-redeem', [
    holderLeg(state, sender, token, -amount),
    { kind: 'SUPPLY', owner: '', token, amount },
  ])
  if (!burned) return 'insufficient-balance'
  events.push({ kind: 'asset-redeemed', bridge, token, amount, holder: sender })
  return null
}
