// What liquidity between two prices is worth, by the audit's own arithmetic: powers of 1.0001 by squaring in 256 bits where the
// contract multiplies a table, and real amounts in 2^-64 units where it rounds at every step (Uniswap v3 whitepaper, §6.2).
import { isqrtFloor } from '@solvent/primitives'

const FRACTION = 256n
const ONE = 1n << FRACTION
const BASE = (ONE * 10_001n) / 10_000n
const ROOT_BITS = 96n
/** Fractional bits of amounts. */
export const AMOUNT_BITS = 64n

const roots = new Map<number, bigint>()

/** √(1.0001^tick) · 2^96, to within a few units of the last place. */
export function rootAt(tick: number): bigint {
  const known = roots.get(tick)
  if (known !== undefined) return known
  let power = ONE
  let square = BASE
  for (let rest = Math.abs(tick); rest > 0; rest >>>= 1) {
    if ((rest & 1) === 1) power = (power * square) >> FRACTION
    square = (square * square) >> FRACTION
  }
  const price = tick < 0 ? (ONE * ONE) / power : power
  const root = isqrtFloor(price << (2n * ROOT_BITS)) >> (FRACTION / 2n)
  roots.set(tick, root)
  return root
}

export interface RealAmounts {
  readonly amount0: bigint
  readonly amount1: bigint
}

/** What liquidity holds between two roots of prices: L·(1/√a − 1/√b) of token 0, L·(√b − √a) of token 1. */
export function heldBetween(lower: bigint, upper: bigint, liquidity: bigint): RealAmounts {
  return {
    amount0: (liquidity * (upper - lower) * (1n << (ROOT_BITS + AMOUNT_BITS))) / (lower * upper),
    amount1: (liquidity * (upper - lower) * (1n << AMOUNT_BITS)) >> ROOT_BITS,
  }
}

/** What a range holds at a price: token 0 above it, token 1 below. */
export function heldAt(
  root: bigint,
  range: { readonly tickLower: number; readonly tickUpper: number; readonly liquidity: bigint },
): RealAmounts {
  const [lower, upper] = [rootAt(range.tickLower), rootAt(range.tickUpper)]
  const middle = root < lower ? lower : root > upper ? upper : root
  return {
    amount0: heldBetween(middle, upper, range.liquidity).amount0,
    amount1: heldBetween(lower, middle, range.liquidity).amount1,
  }
}

/** How much the last places of a root may mean to amounts of this liquidity there, in whole units and one more. */
export function coarseness(root: bigint, liquidity: bigint): RealAmounts {
  const places = 8n
  return {
    amount0: 1n + (places * liquidity * (1n << ROOT_BITS)) / (root * root),
    amount1: 1n + ((places * liquidity) >> ROOT_BITS),
  }
}
