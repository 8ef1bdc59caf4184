// What the entry points of all markets end with.
import type { Address } from '@solvent/primitives'
import type { Leg } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { Venue } from './market-contract.ts'

/** Says how the market stands. */
export function synced({ events }: CallContext, market: Venue): null {
  events.push({ kind: 'market-synced', market: market.spec.address, ...market.price() })
  return null
}

export function poolLeg(market: Address, token: Address, amount: bigint): Leg {
  return { kind: 'POOL', owner: market, token, amount }
}
