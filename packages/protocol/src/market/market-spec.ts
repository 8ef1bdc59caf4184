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

export type MarketDesign = SharedDesign | ConcentratedDesign | OrderBookDesign

/** Whose depth belongs to shares of all of it. */
export type SharedDesign = ConstantProductDesign | StableSwapDesign

/** Uniswap v2: the product of the reserves does not fall. */
export interface ConstantProductDesign {
  readonly kind: 'constant-product'
  /** Millionths of what comes in stay in the pool; below 1,000,000. */
  readonly feePips: number
}

/** Curve: two coins that ought to be worth the same, or one a stated multiple of the other. */
export interface StableSwapDesign {
  readonly kind: 'stable-swap'
  /** Millionths of what goes out stay in the pool; at most half. */
  readonly feePips: number
  /** A as contracts count it, A·n^(n−1): 50 for two coins is 25 in the formula of the paper. */
  readonly amplification: number
  /** What brings each coin's base units to 18 decimals, times 10^18 and its rate: 10^(36 − decimals) at a rate of 1. */
  readonly rate0: bigint
  readonly rate1: bigint
}

/** Uniswap v3: liquidity between ticks, each position on its own. */
export interface ConcentratedDesign {
  readonly kind: 'concentrated'
  /** Millionths of what comes in are kept for the liquidity in range; below 1,000,000. */
  readonly feePips: number
  /** Positions begin and end at multiples of this, 1 to 16,383. */
  readonly tickSpacing: number
  /** Root of the price at genesis, times 2^96. */
  readonly sqrtPriceX96: bigint
  /** What is provided at genesis, each range of an owner once. */
  readonly ranges: readonly GenesisRange[]
  /** Contracts that each own one range of the pool and give shares of it. */
  readonly vaults: readonly RangeVault[]
}

/** A position between two ticks that belongs to the holders of a token (Gelato's G-UNI, GUniPool.sol): the vault is the token's contract. */
export interface RangeVault extends Pick<GenesisRange, 'tickLower' | 'tickUpper'> {
  readonly name: string
  readonly address: Address
}

export interface GenesisRange {
  readonly owner: Address
  readonly tickLower: number
  readonly tickUpper: number
  readonly liquidity: bigint
}

/** A limit order book with price–time priority; amounts are whole lots at whole ticks. */
export interface OrderBookDesign {
  readonly kind: 'order-book'
  /** Base units of the first token. */
  readonly lotSize: bigint
  /** Base units of the second token that a tick is for one lot. */
  readonly tickSize: bigint
  /** Millionths of what a taker receives, and of the same what its maker gets of that. */
  readonly takerFeePips: number
  readonly makerRebatePips: number
  /** Who keeps the rest of the fee. */
  readonly operator: Address
}

/** Parts of a whole fee. */
export const FEE_PIPS = 1_000_000

/** Fractional bits of a market's price: base units of token1 for one of token0, times 2^96 (v3-core's fixed point). */
export const PRICE_BITS = 96n

/** Where the contract of a market is. */
export function marketAddress(name: string): Address {
  return contractAddress('market', name)
}

/** Where a vault's contract is, and the token of its shares. */
export function vaultAddress(name: string): Address {
  return contractAddress('range-vault', name)
}

/** The token that a market gives its liquidity providers; it moves and is pledged like any other. */
export function marketShareToken({ name }: Pick<MarketSpec, 'name'>): Address {
  return contractAddress('market-share', name)
}
