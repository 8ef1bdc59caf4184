// The audit's own arithmetic of collateral auctions, from makerdao/dss (flip.sol, clip.sol, abaci.sol) and from nothing of the engine.
import type { DutchEngine } from '@solvent/protocol'
import { RAY } from './credit-arithmetic.ts'

const BPS = 10_000n
const HALF = RAY / 2n

/** Price of a Dutch auction that began at `top` so many seconds ago, ray. */
export function fallenPrice({ decrease }: DutchEngine, top: bigint, seconds: number): bigint {
  if (decrease.kind === 'linear') {
    const left = decrease.seconds - seconds
    return left <= 0 ? 0n : (top * ((BigInt(left) * RAY) / BigInt(decrease.seconds))) / RAY
  }
  let steps = (seconds - (seconds % decrease.stepSeconds)) / decrease.stepSeconds
  let factor = (decrease.keptBps * RAY) / BPS
  let kept = RAY
  // rpow multiplies from the lowest bit up and rounds each product to the nearest.
  for (let isFirst = true; steps > 0; isFirst = false) {
    if (steps % 2 === 1) kept = isFirst ? factor : (kept * factor + HALF) / RAY
    steps = (steps - (steps % 2)) / 2
    factor = (factor * factor + HALF) / RAY
  }
  return (top * kept) / RAY
}

/** Whether a Dutch auction is past its time or below its floor. */
export function isSpent(engine: DutchEngine, top: bigint, seconds: number): boolean {
  if (seconds > engine.tailSeconds) return true
  return (fallenPrice(engine, top, seconds) * RAY) / top < (engine.floorBps * RAY) / BPS
}

export const firstPrice = (oracleRay: bigint, { startBps }: DutchEngine): bigint =>
  (oracleRay * ((startBps * RAY) / BPS)) / RAY

/** Base units of the debt's coin for one of the collateral, ray. */
export function pairRay(
  collateral: { readonly priceE8: bigint; readonly unit: bigint },
  debt: { readonly priceE8: bigint; readonly unit: bigint },
): bigint {
  return (collateral.priceE8 * debt.unit * RAY) / (debt.priceE8 * collateral.unit)
}

/** Whether `more` is enough of a raise over `less`: 3 % at 300. */
export function isRaise(more: bigint, less: bigint, raiseBps: bigint): boolean {
  return more * BPS >= less * (BPS + raiseBps)
}
