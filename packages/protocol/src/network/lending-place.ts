// Where coins are lent, seen alike: a pool with its reserves, an isolated market with its two sides. Both issue receipts and debts in the
// same way (../lending/lending-token.ts).
import type { Address, ChainId } from '@solvent/primitives'
import type { NetworkSpec } from './network-spec.ts'

export interface LendingPlace {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly assets: readonly { readonly token: Address; readonly symbol: string; readonly decimals: number }[]
}

export function lendingPlaces({
  lendingPools,
  isolatedMarkets,
}: Pick<NetworkSpec, 'lendingPools' | 'isolatedMarkets'>): LendingPlace[] {
  return [
    ...lendingPools.map(({ name, address, chainId, reserves }) => ({
      name,
      address,
      chainId,
      assets: reserves.map(({ token, symbol, terms }) => ({ token, symbol, decimals: terms.decimals })),
    })),
    ...isolatedMarkets.map(({ name, address, chainId, collateral, loan }) => ({
      ...{ name, address, chainId },
      assets: [collateral, loan],
    })),
  ]
}
