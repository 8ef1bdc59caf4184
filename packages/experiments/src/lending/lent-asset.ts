// What a reserve is of: an asset on the pool's chain, the shares of a market or of a range's vault, or the receipt of another pool there for
// anything of these, receipts of receipts included.
import type { Address } from '@solvent/primitives'
import { marketShareToken, receiptToken, vaultAddress } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export const SHARE_DECIMALS = 18

/** A receipt's pool and what it lends (which may be a receipt itself); pool null for anything else. */
export function partsOf(lent: string): { readonly pool: string | null; readonly asset: string } {
  const end = lent.indexOf('/')
  return end < 0 ? { pool: null, asset: lent } : { pool: lent.slice(0, end), asset: lent.slice(end + 1) }
}

/** What lies under all receipts: an asset or shares. */
export function rootOf(lent: string): string {
  return lent.slice(lent.lastIndexOf('/') + 1)
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

/** Whether shares lie under it. */
export function isOfShares(lent: string): boolean {
  return sharesOf(rootOf(lent)) !== null
}

export function lentToken(scenario: Scenario, chain: string, lent: string): Address {
  const { pool, asset } = partsOf(lent)
  if (pool !== null) return receiptToken(lendingAddress(pool), lentToken(scenario, chain, asset))
  const shares = sharesOf(lent)
  if (shares === null) return tokenAddress(scenario, chain, lent)
  return shares.kind === 'pair' ? marketShareToken(shares) : vaultAddress(shares.name)
}

/** A receipt counts as what it is of does, a share in units of 10^18. */
export function lentDecimals({ assets }: Scenario, lent: string): number {
  return isOfShares(lent) ? SHARE_DECIMALS : assets[rootOf(lent)]!.decimals
}
