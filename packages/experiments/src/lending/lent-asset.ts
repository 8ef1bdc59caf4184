// What a reserve is of: an asset on the pool's chain, the receipt of another pool there, or the shares of a constant-product market.
import type { Address } from '@solvent/primitives'
import { marketShareToken, receiptToken } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

const SHARES_OF = 'pair:'
const SHARE_DECIMALS = 18

/** A receipt's pool and asset; pool null for a plain asset. */
export function partsOf(lent: string): { readonly pool: string | null; readonly asset: string } {
  const [first, second] = lent.split('/')
  return second === undefined ? { pool: null, asset: lent } : { pool: first!, asset: second }
}

/** The market whose shares these are; null for anything else. */
export function sharedMarket(lent: string): string | null {
  return lent.startsWith(SHARES_OF) ? lent.slice(SHARES_OF.length) : null
}

export function lentToken(scenario: Scenario, chain: string, lent: string): Address {
  const market = sharedMarket(lent)
  if (market !== null) return marketShareToken({ name: market })
  const { pool, asset } = partsOf(lent)
  const token = tokenAddress(scenario, chain, asset)
  return pool === null ? token : receiptToken(lendingAddress(pool), token)
}

/** A receipt counts as its asset does, a share in units of 10^18. */
export function lentDecimals({ assets }: Scenario, lent: string): number {
  return sharedMarket(lent) === null ? assets[partsOf(lent).asset]!.decimals : SHARE_DECIMALS
}
