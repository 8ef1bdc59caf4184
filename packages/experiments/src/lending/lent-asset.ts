// What a reserve is of: an asset on the pool's chain, or the receipt of another pool there.
import type { Address } from '@solvent/primitives'
import { receiptToken } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** A receipt's pool and asset; pool null for a plain asset. */
export function partsOf(lent: string): { readonly pool: string | null; readonly asset: string } {
  const [first, second] = lent.split('/')
  return second === undefined ? { pool: null, asset: lent } : { pool: first!, asset: second }
}

export function lentToken(scenario: Scenario, chain: string, lent: string): Address {
  const { pool, asset } = partsOf(lent)
  const token = tokenAddress(scenario, chain, asset)
  return pool === null ? token : receiptToken(lendingAddress(pool), token)
}

/** A receipt counts as its asset does. */
export function lentDecimals({ assets }: Scenario, lent: string): number {
  return assets[partsOf(lent).asset]!.decimals
}
