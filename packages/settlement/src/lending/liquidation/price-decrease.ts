// How the price of a Dutch auction falls. Source: makerdao/dss, abaci.sol (LinearDecrease, StairstepExponentialDecrease with rpow
// rounding halves up). Prices in ray, rounded down.
import { RAY } from '@solvent/primitives'

export type PriceDecrease =
  /** To 0 after `tauSeconds`. */
  | { readonly kind: 'linear'; readonly tauSeconds: number }
  /** Times `cut` (ray, below 1) every `stepSeconds`. */
  | { readonly kind: 'stairstep-exponential'; readonly cut: bigint; readonly stepSeconds: number }

/** @example decreasedPrice({ kind: 'linear', tauSeconds: 3_600 }, 1_000n * RAY, 360) // 900n * RAY */
export function decreasedPrice(decrease: PriceDecrease, top: bigint, seconds: number): bigint {
  if (decrease.kind === 'linear') {
    const { tauSeconds } = decrease
    if (seconds >= tauSeconds) return 0n
    return (top * ((BigInt(tauSeconds - seconds) * RAY) / BigInt(tauSeconds))) / RAY
  }
  return (top * rayPowerHalfUp(decrease.cut, Math.floor(seconds / decrease.stepSeconds))) / RAY
}

/** base^exponent in ray, every product rounded half up. */
export function rayPowerHalfUp(base: bigint, exponent: number): bigint {
  let square = base
  let power = exponent % 2 === 0 ? RAY : base
  for (let left = Math.floor(exponent / 2); left > 0; left = Math.floor(left / 2)) {
    square = (square * square + RAY / 2n) / RAY
    if (left % 2 === 1) power = (power * square + RAY / 2n) / RAY
  }
  return power
}
