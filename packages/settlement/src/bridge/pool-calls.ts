// The entry points of a bridge's liquidity pool for its providers and its issuer. Providers come and go also while the
// bridge is paused; payouts to those who wait go before withdrawals.
import { assertNever } from '@solvent/primitives'
import type { PoolCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { MAX_SUPPLY } from './max-supply.ts'
import { payWaiting } from './pool/payouts.ts'
import { type PoolBook, poolOf } from './pool/pool-book.ts'
import { amountFor, sharesFor, VIRTUAL_SHARES, VIRTUAL_VALUE } from './pool/pool-shares.ts'

export function runPoolCall(context: CallContext, call: PoolCall): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (contract.spec.custody.kind !== 'pool') return 'wrong-custody'
  const pool = poolOf(context, contract, call.token)
  if (pool === undefined || context.index.token(context.chain.chainId, call.token) === undefined) {
    return 'unknown-token'
  }
  switch (call.kind) {
    case 'pool-deposit':
      return deposit(context, contract, pool, call.amount)
    case 'pool-withdraw':
      return withdraw(context, pool, call.shares)
    case 'pool-refill':
      return refill(context, contract, pool, call.amount)
    case 'pool-rate':
      return setRate(context, contract, pool, call.rateE18)
    default:
      return assertNever(call)
  }
}

function deposit(context: CallContext, contract: BridgeState, pool: PoolBook, amount: bigint): CallResult {
  const { state, sender, events } = context
  const { bridge, token, shareToken, holding } = pool
  if (holding.value < 0n) return 'pool-insolvent'
  const shares = amount <= 0n ? 0n : sharesFor(amount, holding)
  if (shares === 0n) return 'zero-amount'
  if (holding.shares + shares > MAX_SUPPLY) return 'supply-overflow'
  const residue = (amount * (holding.shares + VIRTUAL_SHARES)) % (holding.value + VIRTUAL_VALUE)
  const posted = state.ledger.post(
    'pool-deposit',
    [
      holderLeg(state, sender, token, -amount),
      { kind: 'POOL', owner: bridge, token, amount },
      { kind: 'SUPPLY', owner: '', token: shareToken, amount: -shares },
      holderLeg(state, sender, shareToken, shares),
    ],
    residue === 0n
      ? []
      : [{ token: shareToken, direction: 'floor', residue, divisor: holding.value + VIRTUAL_VALUE }],
  )
  if (!posted) return 'insufficient-balance'
  events.push({ kind: 'pool-deposited', bridge, token, provider: sender, amount, shares })
  payWaiting(context, contract, token)
  return null
}

function withdraw({ state, sender, events }: CallContext, pool: PoolBook, shares: bigint): CallResult {
  const { bridge, token, shareToken, holding, cash } = pool
  if (shares <= 0n) return 'zero-amount'
  if (state.ledger.balance(state.kindOf(sender), sender, shareToken) < shares) return 'insufficient-balance'
  if (pool.state.waiting > 0) return 'payouts-waiting'
  const amount = amountFor(shares, holding)
  if (amount === 0n) return holding.value <= 0n ? 'pool-insolvent' : 'zero-amount'
  if (amount > cash) return 'pool-exhausted'
  const divisor = holding.shares + VIRTUAL_SHARES
  const residue = (shares * (holding.value + VIRTUAL_VALUE)) % divisor
  state.ledger.post(
    'pool-withdraw',
    [
      holderLeg(state, sender, shareToken, -shares),
      { kind: 'SUPPLY', owner: '', token: shareToken, amount: shares },
      { kind: 'POOL', owner: bridge, token, amount: -amount },
      holderLeg(state, sender, token, amount),
    ],
    residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor }],
  )
  events.push({ kind: 'pool-withdrawn', bridge, token, provider: sender, amount, shares })
  return null
}

function refill(context: CallContext, contract: BridgeState, pool: PoolBook, amount: bigint): CallResult {
  const { state, sender, events } = context
  const { bridge, token } = pool
  if (amount <= 0n) return 'zero-amount'
  const posted = state.ledger.post('pool-refill', [
    holderLeg(state, sender, token, -amount),
    { kind: 'POOL', owner: bridge, token, amount },
  ])
  if (!posted) return 'insufficient-balance'
  events.push({ kind: 'pool-refilled', bridge, token, from: sender, amount })
  payWaiting(context, contract, token)
  return null
}

function setRate(
  { sender, events }: CallContext,
  contract: BridgeState,
  { bridge, token, state }: PoolBook,
  rateE18: bigint,
): CallResult {
  if (sender !== contract.spec.issuer.address) return 'not-authorised'
  if (rateE18 <= 0n) return 'zero-amount'
  state.rateE18.set(rateE18)
  events.push({ kind: 'pool-rate-set', bridge, token, rateE18 })
  return null
}
