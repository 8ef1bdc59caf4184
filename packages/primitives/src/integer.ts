/**
 * Exact integer arithmetic on bigint with the rounding in the name.
 *
 * `mulDiv*` follow the unsigned arithmetic of contracts and refuse negative operands; `divFloor` and `divUp`
 * take any sign and round toward minus and plus infinity. All refuse a zero divisor.
 */
import { SolventError } from './error.ts'

/** A quotient rounded down with what the rounding left. */
export type Division = {
  quotient: bigint
  /** `a * b - quotient * d`, between 0 and d - 1: in units of 1/d of the quotient's unit. */
  residue: bigint
}

/**
 * a · b / d rounded down.
 *
 * @throws E_DIVISION_BY_ZERO, E_NEGATIVE_OPERAND
 * @example mulDivFloor(10n, 3n, 4n) // 7n
 */
export function mulDivFloor(a: bigint, b: bigint, d: bigint): bigint {
  checkUnsigned(a, b, d)
  return (a * b) / d
}

/**
 * a · b / d rounded up.
 *
 * @throws E_DIVISION_BY_ZERO, E_NEGATIVE_OPERAND
 * @example mulDivUp(10n, 3n, 4n) // 8n
 */
export function mulDivUp(a: bigint, b: bigint, d: bigint): bigint {
  checkUnsigned(a, b, d)
  return (a * b + d - 1n) / d
}

/**
 * a · b / d rounded to the nearest integer, halves up.
 *
 * @throws E_DIVISION_BY_ZERO, E_NEGATIVE_OPERAND
 * @example mulDivHalfUp(1n, 1n, 2n) // 1n
 */
export function mulDivHalfUp(a: bigint, b: bigint, d: bigint): bigint {
  checkUnsigned(a, b, d)
  return (2n * a * b + d) / (2n * d)
}

/**
 * a · b / d rounded down, with the residue, so that dust can be booked and not lost.
 *
 * @throws E_DIVISION_BY_ZERO, E_NEGATIVE_OPERAND
 * @example mulDivWithResidue(10n, 3n, 4n) // { quotient: 7n, residue: 2n }
 */
export function mulDivWithResidue(a: bigint, b: bigint, d: bigint): Division {
  checkUnsigned(a, b, d)
  const product = a * b
  const quotient = product / d
  return { quotient, residue: product - quotient * d }
}

/**
 * a / d rounded toward minus infinity, for any signs.
 *
 * @throws E_DIVISION_BY_ZERO
 * @example divFloor(-7n, 2n) // -4n
 */
export function divFloor(a: bigint, d: bigint): bigint {
  if (d === 0n) throw divisionByZero(a)
  const quotient = a / d
  return a % d !== 0n && a < 0n !== d < 0n ? quotient - 1n : quotient
}

/**
 * a / d rounded toward plus infinity, for any signs.
 *
 * @throws E_DIVISION_BY_ZERO
 * @example divUp(-7n, 2n) // -3n
 */
export function divUp(a: bigint, d: bigint): bigint {
  if (d === 0n) throw divisionByZero(a)
  const quotient = a / d
  return a % d !== 0n && a < 0n === d < 0n ? quotient + 1n : quotient
}

/** The smaller of two. */
export function minBig(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** The larger of two. */
export function maxBig(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

/** The distance from zero. */
export function absBig(a: bigint): bigint {
  return a < 0n ? -a : a
}

/**
 * The largest integer whose square is at most n (Newton's iteration from above).
 *
 * @throws E_NEGATIVE_OPERAND
 * @example isqrtFloor(24n) // 4n
 */
export function isqrtFloor(n: bigint): bigint {
  if (n < 0n) throw negativeOperand({ n })
  if (n < 2n) return n
  const bits = BigInt(n.toString(16).length * 4)
  let root = 1n << (bits / 2n + 1n)
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

function checkUnsigned(a: bigint, b: bigint, d: bigint): void {
  if (d === 0n) throw divisionByZero(a)
  if (a < 0n || b < 0n || d < 0n) throw negativeOperand({ a, b, d })
}

function divisionByZero(dividend: bigint): SolventError {
  return new SolventError({
    code: 'E_DIVISION_BY_ZERO',
    message: 'The divisor is zero.',
    details: { dividend },
  })
}

function negativeOperand(operands: Record<string, bigint>): SolventError {
  return new SolventError({
    code: 'E_NEGATIVE_OPERAND',
    message: 'This operation is defined for non-negative integers only.',
    details: operands,
  })
}
