// A vault: a contract that owns one range of a pool of concentrated liquidity and gives shares of it, a token that moves and is pledged
// like any other. Source: Gelato, g-uni-v1-core GUniPool.sol (mint, burn, getMintAmounts, getUnderlyingBalances), whose tokens Maker took as collateral
// (GUNIV3DAIUSDC). Fees are collected whenever shares change and wait in the vault, where G-UNI's manager puts them back into the range.
import type { Address } from '@solvent/primitives'
import type { RangeVault } from '@solvent/protocol'
import type { ChainState } from '../../chain/chain-state.ts'
import { type Amounts, heldByRange } from '../concentrated/range-amounts.ts'
import type { RangeContract } from './range-contract.ts'

/** What stands behind the shares of a vault. */
export interface VaultHoldings {
  readonly liquidity: bigint
  /** Fees that have been collected, and what roundings left. */
  readonly idle: Amounts
  readonly shares: bigint
}

/** What a vault's shares are of; null: the pool has no such vault. */
export function vaultHoldings(
  { ledger }: Pick<ChainState, 'ledger'>,
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

/** Of a vault's position, whose owner is the vault. */
export function rangeOf({ address: owner, tickLower, tickUpper }: RangeVault) {
  return { owner, tickLower, tickUpper }
}

/** Both tokens behind a vault's shares at a price, fees that wait in the pool aside. */
export function behindVault(
  sqrtPriceX96: bigint,
  range: Pick<RangeVault, 'tickLower' | 'tickUpper'>,
  { liquidity, idle }: VaultHoldings,
): Amounts {
  const held = heldByRange(sqrtPriceX96, { ...range, liquidity })
  return { amount0: held.amount0 + idle.amount0, amount1: held.amount1 + idle.amount1 }
}

/** What of an amount some of a vault's shares take with them, as a rule that may be altered. */
export function partOfVault(amount: bigint, shares: bigint, whole: bigint): bigint {
  return (amount * shares) / whole
}
