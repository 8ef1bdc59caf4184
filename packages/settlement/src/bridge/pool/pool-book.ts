// A pool as its calls see it: cash from the ledger, shares from their token's supply, claims and queue from its state.
import { type Address, maxBig } from '@solvent/primitives'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import type { Utilised } from './lp-fee.ts'
import type { Shareholding } from './pool-shares.ts'
import type { PoolState } from './pool-state.ts'

export interface PoolBook {
  readonly bridge: Address
  readonly token: Address
  readonly shareToken: Address
  readonly state: PoolState
  readonly cash: bigint
  readonly holding: Shareholding
  readonly utilised: Utilised
}

/** The pool of a token on this chain as it stands now, or undefined. */
export function poolOf(
  { state }: CallContext,
  { spec, pools }: BridgeState,
  token: Address,
): PoolBook | undefined {
  const pool = pools.get(token)
  if (pool === undefined) return undefined
  const { shareToken } = pool
  const cash = state.ledger.balance('POOL', spec.address, token)
  const claims = pool.claims.get()
  return {
    bridge: spec.address,
    token,
    shareToken,
    state: pool,
    cash,
    holding: { value: cash + claims, shares: -state.ledger.balance('SUPPLY', '', shareToken) },
    utilised: { cash, used: maxBig(0n, claims) },
  }
}
