/**
 * Elementary functions on float64 that give the same bits on every machine and Node version.
 *
 * `Math.exp`, `Math.log`, `Math.pow` and fractional `**` are left to the engine by ECMAScript and have changed
 * between V8 versions; these are @stdlib's ports of FreeBSD's msun, made of + - * / alone. `sqrt` is correctly
 * rounded by IEEE 754 everywhere.
 */
import stdlibExp from '@stdlib/math-base-special-exp'
import stdlibPow from '@stdlib/math-base-special-pow'
import { naturalLogarithm } from './natural-logarithm.ts'

/** e to the x; the error is below 1 ulp. @example exp(0) // 1 */
export function exp(x: number): number {
  return stdlibExp(x)
}

/** The natural logarithm; the error is below 1 ulp; NaN below zero, -Infinity at zero. @example ln(1) // 0 */
export function ln(x: number): number {
  return naturalLogarithm(x)
}

/**
 * x to the y; the error is below 0.7 ulp. NaN where either is NaN (also NaN to the 0) and for a negative
 * x with a fractional y; 1 to the ±Infinity is 1.
 *
 * @example pow(2, 10) // 1024
 */
export function pow(x: number, y: number): number {
  return stdlibPow(x, y)
}

/** The square root, correctly rounded; NaN below zero. @example sqrt(2) // 1.4142135623730951 */
export function sqrt(x: number): number {
  return Math.sqrt(x)
}

/**
 * ln(1 + x) without the loss of digits near zero (Goldberg 1991, theorem 4): within a few ulp for x > -1.
 *
 * @example log1p(1e-10) // 9.999999999500001e-11
 */
export function log1p(x: number): number {
  const shifted = 1 + x
  if (shifted === 1) return x
  if (!Number.isFinite(shifted)) return naturalLogarithm(shifted)
  return (naturalLogarithm(shifted) * x) / (shifted - 1)
}
