// The volatility that a desk quotes by: higher the further the price has fallen, as stocks and coins have it (the leverage effect: Black 1976;
// Christie 1982). Basis points a year; the part for a fall is rounded towards the start.
import type { VolatilityRule } from '@solvent/protocol'

/** @example quotedVolatilityBps({ startPriceE8: 100n, startBps: 6_000n, perFallBps: 20_000n, floorBps: 1_000n, capBps: 50_000n }, 90n) // 8000n */
export function quotedVolatilityBps(
  { startPriceE8, startBps, perFallBps, floorBps, capBps }: VolatilityRule,
  spotE8: bigint,
): bigint {
  const moved = startBps + (perFallBps * (startPriceE8 - spotE8)) / startPriceE8
  return moved < floorBps ? floorBps : moved > capBps ? capBps : moved
}
