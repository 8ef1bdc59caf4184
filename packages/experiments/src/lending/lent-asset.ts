// What a reserve is of: an asset on the pool's chain, the receipt of another pool there, the shares of a market, or those of a range's vault.
import type { Address } from '@solvent/primitives'
import { marketShareToken, receiptToken, vaultAddress } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

const SHARE_DECIMALS = 18

/** A receipt's pool and asset; pool null for a plain asset. */
export function partsOf(lent: string): { readonly pool: string | null; readonly asset: string } {
  const [first, second] = lent.split('/')
  return second === undefined ? { pool: null, asset: lent } : { pool: first!, asset: second }
}

/** What shares are of: a market all of whose depth is theirs, or a vault that owns one range. */
export interface SharesOf {
  readonly kind: 'pair' | 'vault'
  readonly name: string
}

/** `pair:market` or `vault:name`; null for anything else. */
export function sharesOf(lent: string): SharesOf | null {
  const [kind, name] = lent.split(':')
  return name !== undefined && (kind === 'pair' || kind === 'vault') ? { kind, name } : null
}

export function lentToken(scenario: Scenario, chain: string, lent: string): Address {
  const shares = sharesOf(lent)
  if (shares !== null) return shares.kind === 'pair' ? marketShareToken(shares) : vaultAddress(shares.name)
  const { pool, asset } = partsOf(lent)
  const token = tokenAddress(scenario, chain, asset)
  return pool === null ? token : receiptToken(lendingAddress(pool), token)
}

/** A receipt counts as its asset does, a share in units of 10^18. */
export function lentDecimals({ assets }: Scenario, lent: string): number {
  return sharesOf(lent) === null ? assets[partsOf(lent).asset]!.decimals : SHARE_DECIMALS
}
