// The entry points after a loss: a benefactor refills the lock, the issuer shares the loss among all claims.
import { assertNever } from '@solvent/primitives'
import type { RecoveryCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { routeOf } from '../route.ts'

export function runRecoveryCall(context: CallContext, call: RecoveryCall): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { custody } = contract.spec
  if (custody.kind !== 'lock-mint') return 'wrong-custody'
  if (routeOf(contract.spec, context.chain.chainId, call.token)?.side !== 'home') return 'unknown-token'
  switch (call.kind) {
    case 'refill':
      return refill(context, call)
    case 'share-loss': {
      if (contract.spec.recovery !== 'socialised') return 'wrong-recovery'
      if (context.sender !== contract.spec.issuer.address) return 'not-authorised'
      const { bridge, token, claims } = call
      const locked = context.state.ledger.balance('BRIDGE_LOCK', bridge, token)
      const backing = locked < claims ? locked : claims
      contract.shares.set(token, backing < claims ? Object.freeze({ backing, claims }) : null)
      context.events.push({ kind: 'loss-shared', bridge, token, backing, claims })
      return null
    }
    default:
      return assertNever(call)
  }
}

function refill(
  { state, sender, events }: CallContext,
  { bridge, token, amount }: Extract<RecoveryCall, { kind: 'refill' }>,
): CallResult {
  if (amount <= 0n) return 'zero-amount'
  const moved = state.ledger.post('bridge-refill', [
    holderLeg(state, sender, token, -amount),
    { kind: 'BRIDGE_LOCK', owner: bridge, token, amount },
  ])
  if (!moved) return 'insufficient-balance'
  events.push({ kind: 'bridge-refilled', bridge, token, amount, benefactor: sender })
  return null
}
