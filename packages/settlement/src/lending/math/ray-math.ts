// Fixed-point arithmetic of lending, with the rounding in the name. Sources: aave-v3-origin (v3.7), WadRayMath.sol,
// PercentageMath.sol, MathUtils.mulDivCeil. Ray: 27 decimals, wad: 18, percentages in basis points. Operands are not
// negative; a zero divisor throws as bigint does.
import { BPS, RAY, WAD } from '@solvent/primitives'

export const rayMulHalfUp = (a: bigint, b: bigint): bigint => (a * b + RAY / 2n) / RAY
export const rayMulFloor = (a: bigint, b: bigint): bigint => (a * b) / RAY
export const rayMulUp = (a: bigint, b: bigint): bigint => (a * b + RAY - 1n) / RAY
export const rayDivHalfUp = (a: bigint, b: bigint): bigint => (a * RAY + b / 2n) / b
export const rayDivFloor = (a: bigint, b: bigint): bigint => (a * RAY) / b
export const rayDivUp = (a: bigint, b: bigint): bigint => (a * RAY + b - 1n) / b
export const wadDivHalfUp = (a: bigint, b: bigint): bigint => (a * WAD + b / 2n) / b
export const percentMulHalfUp = (a: bigint, bps: bigint): bigint => (a * bps + BPS / 2n) / BPS
export const percentMulFloor = (a: bigint, bps: bigint): bigint => (a * bps) / BPS
export const percentMulUp = (a: bigint, bps: bigint): bigint => (a * bps + BPS - 1n) / BPS
export const percentDivFloor = (a: bigint, bps: bigint): bigint => (a * BPS) / bps
export const percentDivUp = (a: bigint, bps: bigint): bigint => (a * BPS + bps - 1n) / bps
