// The sum of price × seconds that a pair keeps, once a block, in UQ112.112 with wanted overflow; two readings give the
// average between them, which one transaction cannot move. Sources: v2-core UniswapV2Pair._update and UQ112x112.sol,
// v2-periphery UniswapV2OracleLibrary (readings for the current moment without a write).

export interface PriceAccumulator {
  /** Σ reserve1/reserve0 · 2^112 · seconds, modulo 2^256. */
  readonly price0CumulativeLast: bigint
  /** Σ reserve0/reserve1 · 2^112 · seconds, modulo 2^256. */
  readonly price1CumulativeLast: bigint
  /** Modulo 2^32. */
  readonly blockTimestampLast: number
}

const RESOLUTION = 112n

/** The accumulators at a later time of the same reserves. */
export function accumulate(
  pair: PriceAccumulator & { readonly reserve0: bigint; readonly reserve1: bigint },
  atSeconds: number,
): PriceAccumulator {
  const now = atSeconds >>> 0
  const elapsed = (now - pair.blockTimestampLast) >>> 0
  if (elapsed === 0) return pair
  if (pair.reserve0 === 0n || pair.reserve1 === 0n) {
    const { price0CumulativeLast, price1CumulativeLast } = pair
    return { price0CumulativeLast, price1CumulativeLast, blockTimestampLast: now }
  }
  const seconds = BigInt(elapsed)
  const price0 = ((pair.reserve1 << RESOLUTION) / pair.reserve0) * seconds
  const price1 = ((pair.reserve0 << RESOLUTION) / pair.reserve1) * seconds
  return {
    price0CumulativeLast: BigInt.asUintN(256, pair.price0CumulativeLast + price0),
    price1CumulativeLast: BigInt.asUintN(256, pair.price1CumulativeLast + price1),
    blockTimestampLast: now,
  }
}

/**
 * The time-weighted average price of token 0 or 1 between two readings, in UQ112.112; null when no time has passed.
 *
 * @param which 0: token 1 a token 0
 */
export function averagePriceFloor(
  before: PriceAccumulator,
  after: PriceAccumulator,
  which: 0 | 1,
): bigint | null {
  const elapsed = (after.blockTimestampLast - before.blockTimestampLast) >>> 0
  if (elapsed === 0) return null
  const grown =
    which === 0
      ? after.price0CumulativeLast - before.price0CumulativeLast
      : after.price1CumulativeLast - before.price1CumulativeLast
  return BigInt.asUintN(256, grown) / BigInt(elapsed)
}
