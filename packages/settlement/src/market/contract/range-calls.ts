// The entry points of pools of concentrated liquidity: a provider's range begins or grows, shrinks or ends.
import type { Leg, RangeCall, RevertReason } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { poolLeg, synced } from './market-entry.ts'
import type { RangeContract } from './range-contract.ts'

type Ask<K extends RangeCall['kind']> = Extract<RangeCall, { kind: K }>

export function mintRange(context: CallContext, pool: RangeContract, call: Ask<'mint-range'>): CallResult {
  const { state, sender: owner, events } = context
  const { address, token0, token1 } = pool.spec
  const { tickLower, tickUpper, amount0: wanted0, amount1: wanted1 } = call
  const minted = pool.mint({ owner, tickLower, tickUpper }, { amount0: wanted0, amount1: wanted1 })
  if (minted.status === 'refused') return minted.reason
  const { amount0, amount1, liquidity } = minted
  if (amount0 < call.minAmount0 || amount1 < call.minAmount1) return 'below-minimum'
  const legs = [
    holderLeg(state, owner, token0, -amount0),
    poolLeg(address, token0, amount0),
    holderLeg(state, owner, token1, -amount1),
    poolLeg(address, token1, amount1),
  ]
  const refusal = post(context, 'mint-range', legs)
  if (refusal !== null) return refusal
  events.push({
    kind: 'range-minted',
    market: address,
    owner,
    tickLower,
    tickUpper,
    liquidity,
    amount0,
    amount1,
  })
  return synced(context, pool)
}

export function burnRange(context: CallContext, pool: RangeContract, call: Ask<'burn-range'>): CallResult {
  const { state, sender: owner, events, rules } = context
  const { address, token0, token1 } = pool.spec
  const { tickLower, tickUpper, liquidity, recipient } = call
  const burned = pool.burn({ owner, tickLower, tickUpper }, liquidity, rules)
  if (burned.status === 'refused') return burned.reason
  const { amount0, amount1, paid0, paid1 } = burned
  if (amount0 < call.minAmount0 || amount1 < call.minAmount1) return 'below-minimum'
  const legs = [
    poolLeg(address, token0, -paid0),
    holderLeg(state, recipient, token0, paid0),
    poolLeg(address, token1, -paid1),
    holderLeg(state, recipient, token1, paid1),
  ]
  const refusal = post(context, 'burn-range', legs)
  if (refusal !== null) return refusal
  const range = { tickLower, tickUpper, liquidity }
  events.push({
    ...{ kind: 'range-burned', market: address, owner, recipient, ...range },
    ...{ amount0, amount1, paid0, paid1 },
  })
  return synced(context, pool)
}

/** A range on one side of the price moves one token only. */
function post(
  { state }: CallContext,
  cause: 'mint-range' | 'burn-range',
  legs: readonly Leg[],
): RevertReason | null {
  const moved = legs.filter(({ amount }) => amount !== 0n)
  return moved.length === 0 || state.ledger.post(cause, moved, []) ? null : 'insufficient-balance'
}
