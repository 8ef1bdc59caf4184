// A market: a contract on one chain where anyone trades two of its tokens. Prices are of the first token in the second, as
// Uniswap has it. Each design's rule stands in packages/settlement/src/market.
import type { Address, ChainId } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'

export interface MarketSpec {
  readonly name: string
  readonly chainId: ChainId
  readonly address: Address
  readonly token0: Address
  readonly token1: Address
  readonly design: MarketDesign
}

export type MarketDesign = ConstantProductDesign

/** Uniswap v2: the product of the reserves does not fall. */
export interface ConstantProductDesign {
  readonly kind: 'constant-product'
  /** Millionths of what comes in stay in the pool; below 1,000,000. */
  readonly feePips: number
}

/** Parts of a whole fee. */
export const FEE_PIPS = 1_000_000

/** Fractional bits of a market's price: base units of token1 for one of token0, times 2^96 (v3-core's fixed point). */
export const PRICE_BITS = 96n

/** Where the contract of a market is. */
export function marketAddress(name: string): Address {
  return contractAddress('market', name)
}

/** The token that a market gives its liquidity providers; it moves and is pledged like any other. */
export function marketShareToken({ name }: Pick<MarketSpec, 'name'>): Address {
  return contractAddress('market-share', name)
}
