// The contract that a control guards: a market's, or a lending pool's.
import type { Address } from '@solvent/primitives'
import { marketAddress } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import { lendingPlace } from '../lending/lending-place.ts'
import { lentDecimals, lentToken } from '../lending/lent-asset.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface GuardedContract {
  readonly kind: 'market' | 'pool'
  readonly chain: string
  readonly address: Address
  /** Assets that lie in it. */
  readonly assets: readonly string[]
  /** It says its price itself, and the audit knows it from its own record. */
  readonly saysPrice: boolean
}

/** Null when the scenario has no such market or pool, or the control names both or none. */
export function guardedContract(
  scenario: Scenario,
  { market, pool }: { readonly market?: string | undefined; readonly pool?: string | undefined },
): GuardedContract | null {
  if ((market === undefined) === (pool === undefined)) return null
  if (pool !== undefined) {
    const found = lendingPlace(scenario, pool)
    if (found === undefined) return null
    const { chain, assets } = found
    return {
      kind: 'pool',
      chain,
      address: lendingAddress(pool),
      assets,
      saysPrice: false,
    }
  }
  const venue = venuesOf(scenario).find(({ name }) => name === market)?.market
  if (venue === undefined) return null
  return {
    kind: 'market',
    chain: venue.chain,
    address: marketAddress(market!),
    assets: pairOf(venue),
    saysPrice: venue.kind !== 'stable-swap',
  }
}

export function guardedToken(scenario: Scenario, { kind, chain }: GuardedContract, asset: string): Address {
  return kind === 'pool' ? lentToken(scenario, chain, asset) : tokenAddress(scenario, chain, asset)
}

export function guardedDecimals(scenario: Scenario, asset: string): number {
  return lentDecimals(scenario, asset)
}
