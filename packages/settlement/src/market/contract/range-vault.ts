// A vault: a contract that owns one range of a pool of concentrated liquidity and gives shares of it, a token that moves and is pledged
// like any other. Source: Gelato, g-uni-v1-core GUniPool.sol (mint, burn, getMintAmounts, getUnderlyingBalances), whose tokens Maker took as collateral
// (GUNIV3DAIUSDC). Fees are collected whenever shares change and wait in the vault, where G-UNI's manager puts them back into the range.
import type { Address } from '@solvent/primitives'
import type { Ledger } from '../../ledger/ledger.ts'
import { rangeOf, type VaultHoldings } from '../concentrated/vault-holdings.ts'
import type { RangeContract } from './range-contract.ts'

/** What a vault's shares are of; null: the pool has no such vault. */
export function vaultHoldings(
  { ledger }: { readonly ledger: Pick<Ledger, 'balance'> },
  pool: RangeContract,
  vault: Address,
): VaultHoldings | null {
  const found = pool.vault(vault)
  if (found === undefined) return null
  const { token0, token1 } = pool.spec
  return {
    liquidity: pool.liquidityOf(rangeOf(found)),
    idle: {
      amount0: ledger.balance('POOL', vault, token0),
      amount1: ledger.balance('POOL', vault, token1),
    },
    shares: -ledger.balance('SUPPLY', '', vault),
  }
}
