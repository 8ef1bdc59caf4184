// Prices at ticks: √(1.0001^tick) in Q64.96, and back. Source: Uniswap v3-core, TickMath.sol. The way there is the contract's
// product of powers; the way back is found from a logarithm in float64 and settled by the exact way there, which gives the
// same tick because both are the greatest whose price is not above.
import { ln } from '@solvent/primitives'

export const MIN_TICK = -887_272
export const MAX_TICK = 887_272
/** The price at MIN_TICK. */
export const MIN_SQRT_RATIO = 4_295_128_739n
/** The price at MAX_TICK, which a pool's price stays below. */
export const MAX_SQRT_RATIO = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n

/** 2^128 / 1.0001^(2^i / 2), i from 0. */
const POWERS = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
] as const

const ONE = 1n << 128n
const MOST = (1n << 256n) - 1n
const TO_X96 = 32n
const HALF_LN_TICK = ln(1.0001) / 2
const Q96 = 2 ** 96

/** √(1.0001^tick) · 2^96, rounded up. @param tick a whole number from MIN_TICK to MAX_TICK */
export function sqrtRatioAtTickUp(tick: number): bigint {
  const distance = tick < 0 ? -tick : tick
  let ratio = ONE
  for (let bit = 0; bit < POWERS.length; bit++)
    if ((distance & (1 << bit)) !== 0) ratio = (ratio * (POWERS[bit] as bigint)) >> 128n
  if (tick > 0) ratio = MOST / ratio
  return (ratio + ((1n << TO_X96) - 1n)) >> TO_X96
}

/** The greatest tick whose price is at most this one. @param sqrtPriceX96 from MIN_SQRT_RATIO, below MAX_SQRT_RATIO */
export function tickAtSqrtRatioFloor(sqrtPriceX96: bigint): number {
  let tick = Math.floor(ln(Number(sqrtPriceX96) / Q96) / HALF_LN_TICK)
  if (tick < MIN_TICK) tick = MIN_TICK
  if (tick >= MAX_TICK) tick = MAX_TICK - 1
  while (sqrtRatioAtTickUp(tick) > sqrtPriceX96) tick -= 1
  while (tick + 1 < MAX_TICK && sqrtRatioAtTickUp(tick + 1) <= sqrtPriceX96) tick += 1
  return tick
}
