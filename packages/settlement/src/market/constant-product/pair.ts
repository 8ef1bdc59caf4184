// A constant-product pair in exact integers. Source: Uniswap v2-core, UniswapV2Pair.sol (swap, mint, burn, _mintFee): the
// fee stays in the reserves, the first 1,000 units of liquidity are locked for ever, reserves stay below 2^112. Every
// operation takes a pair and gives the next one; the tokens are moved by whoever calls.
import { isqrtFloor, minBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { accumulate, type PriceAccumulator } from './price-accumulator.ts'
import type { PairFee } from './quote.ts'

export interface Pair extends PriceAccumulator {
  readonly reserve0: bigint
  readonly reserve1: bigint
  /** Liquidity units, with those that are locked. */
  readonly totalSupply: bigint
  /** reserve0 · reserve1 after the last change of liquidity; 0 while the protocol takes nothing. */
  readonly kLast: bigint
}

export interface PairRules {
  readonly fee: PairFee
  /** `sixth`: 1/6 of the growth of √k is minted to the protocol whenever liquidity changes. */
  readonly protocolFee: 'none' | 'sixth'
}

export interface PairSwap {
  readonly amount0In: bigint
  readonly amount1In: bigint
  readonly amount0Out: bigint
  readonly amount1Out: bigint
}

export type SwapRefusal =
  | 'insufficient-output-amount'
  | 'insufficient-liquidity'
  | 'insufficient-input-amount'
  | 'reserve-overflow'
  | 'k'

export const MINIMUM_LIQUIDITY = 1_000n
const MAX_RESERVE = (1n << 112n) - 1n

/** A pair that nobody has provided for. */
export const EMPTY_PAIR: Pair = {
  reserve0: 0n,
  reserve1: 0n,
  totalSupply: 0n,
  kLast: 0n,
  price0CumulativeLast: 0n,
  price1CumulativeLast: 0n,
  blockTimestampLast: 0,
}

/**
 * Takes the inputs and pays the outputs, if the product of the reserves less the fee on the inputs does not fall.
 *
 * @param atSeconds time of the block
 */
export function swapPair(
  pair: Pair,
  { amount0In, amount1In, amount0Out, amount1Out }: PairSwap,
  { fee }: PairRules,
  atSeconds: number,
): Outcome<{ readonly pair: Pair }, SwapRefusal> {
  const { reserve0, reserve1 } = pair
  if (amount0Out < 0n || amount1Out < 0n || (amount0Out === 0n && amount1Out === 0n))
    return refused('insufficient-output-amount')
  if (amount0Out >= reserve0 || amount1Out >= reserve1) return refused('insufficient-liquidity')
  if (amount0In < 0n || amount1In < 0n || (amount0In === 0n && amount1In === 0n))
    return refused('insufficient-input-amount')
  const balance0 = reserve0 + amount0In - amount0Out
  const balance1 = reserve1 + amount1In - amount1Out
  const { numerator, denominator } = fee
  const adjusted0 = balance0 * denominator - amount0In * numerator
  const adjusted1 = balance1 * denominator - amount1In * numerator
  if (adjusted0 * adjusted1 < reserve0 * reserve1 * (denominator * denominator)) return refused('k')
  const next = updated(pair, balance0, balance1, atSeconds)
  return next === null ? refused('reserve-overflow') : { status: 'ok', pair: next }
}

export type MintRefusal = 'insufficient-liquidity-minted' | 'reserve-overflow'

/**
 * Adds both tokens; what is in excess of the pool's ratio is a gift to all providers.
 *
 * @returns units for the provider and for the protocol; `locked` is 1,000 the first time
 */
export function mintPair(
  pair: Pair,
  { amount0, amount1 }: { readonly amount0: bigint; readonly amount1: bigint },
  rules: PairRules,
  atSeconds: number,
): Outcome<
  {
    readonly pair: Pair
    readonly liquidity: bigint
    readonly protocolLiquidity: bigint
    readonly locked: bigint
  },
  MintRefusal
> {
  const protocolLiquidity = protocolLiquidityFloor(pair, rules)
  const supply = pair.totalSupply + protocolLiquidity
  const locked = supply === 0n ? MINIMUM_LIQUIDITY : 0n
  if (amount0 < 0n || amount1 < 0n) return refused('insufficient-liquidity-minted')
  const liquidity =
    supply === 0n
      ? isqrtFloor(amount0 * amount1) - MINIMUM_LIQUIDITY
      : minBig((amount0 * supply) / pair.reserve0, (amount1 * supply) / pair.reserve1)
  if (liquidity <= 0n) return refused('insufficient-liquidity-minted')
  const next = updated(pair, pair.reserve0 + amount0, pair.reserve1 + amount1, atSeconds)
  if (next === null) return refused('reserve-overflow')
  const totalSupply = supply + locked + liquidity
  return {
    status: 'ok',
    pair: { ...next, totalSupply, kLast: kAfter(next, rules) },
    liquidity,
    protocolLiquidity,
    locked,
  }
}

export type BurnRefusal = 'insufficient-liquidity-burned' | 'more-than-supply'

/** Gives liquidity back for its share of both reserves, each rounded down. */
export function burnPair(
  pair: Pair,
  liquidity: bigint,
  rules: PairRules,
  atSeconds: number,
): Outcome<
  {
    readonly pair: Pair
    readonly amount0: bigint
    readonly amount1: bigint
    readonly protocolLiquidity: bigint
  },
  BurnRefusal
> {
  if (liquidity > pair.totalSupply - MINIMUM_LIQUIDITY) return refused('more-than-supply')
  const protocolLiquidity = protocolLiquidityFloor(pair, rules)
  const supply = pair.totalSupply + protocolLiquidity
  const amount0 = liquidity <= 0n ? 0n : (liquidity * pair.reserve0) / supply
  const amount1 = liquidity <= 0n ? 0n : (liquidity * pair.reserve1) / supply
  if (amount0 === 0n || amount1 === 0n) return refused('insufficient-liquidity-burned')
  const next = withReserves(pair, pair.reserve0 - amount0, pair.reserve1 - amount1, atSeconds)
  return {
    status: 'ok',
    pair: { ...next, totalSupply: supply - liquidity, kLast: kAfter(next, rules) },
    amount0,
    amount1,
    protocolLiquidity,
  }
}

/** S·(√k − √k_last) / (5·√k + √k_last), rounded down. */
function protocolLiquidityFloor({ reserve0, reserve1, totalSupply, kLast }: Pair, rules: PairRules): bigint {
  if (rules.protocolFee === 'none' || kLast === 0n) return 0n
  const root = isqrtFloor(reserve0 * reserve1)
  const rootLast = isqrtFloor(kLast)
  return root > rootLast ? (totalSupply * (root - rootLast)) / (root * 5n + rootLast) : 0n
}

function kAfter({ reserve0, reserve1 }: Pair, { protocolFee }: PairRules): bigint {
  return protocolFee === 'none' ? 0n : reserve0 * reserve1
}

/** The pair with new reserves; null when they no longer fit. */
function updated(pair: Pair, reserve0: bigint, reserve1: bigint, atSeconds: number): Pair | null {
  return reserve0 > MAX_RESERVE || reserve1 > MAX_RESERVE
    ? null
    : withReserves(pair, reserve0, reserve1, atSeconds)
}

function withReserves(pair: Pair, reserve0: bigint, reserve1: bigint, atSeconds: number): Pair {
  const observed = accumulate(pair, atSeconds)
  return {
    reserve0,
    reserve1,
    totalSupply: pair.totalSupply,
    kLast: pair.kLast,
    price0CumulativeLast: observed.price0CumulativeLast,
    price1CumulativeLast: observed.price1CumulativeLast,
    blockTimestampLast: observed.blockTimestampLast,
  }
}
