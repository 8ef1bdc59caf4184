// When what was computed agrees with what a file expects.
import type { Tolerance } from './fixture-kind.ts'

/**
 * Whether every expected part is there and agrees; lists must be of one length, other fields of `got` are free.
 *
 * @example agrees({ a: [1, 2], b: 3 }, { a: [1, 2] }, { relative: 0, absolute: 0 }) // true
 */
export function agrees(got: unknown, want: unknown, tolerance: Tolerance): boolean {
  if (typeof want === 'number' && typeof got === 'number')
    return got === want || Math.abs(got - want) <= tolerance.absolute + tolerance.relative * Math.abs(want)
  if (Array.isArray(want)) {
    return (
      Array.isArray(got) &&
      got.length === want.length &&
      want.every((item, index) => agrees(got[index], item, tolerance))
    )
  }
  if (typeof want === 'object' && want !== null && typeof got === 'object' && got !== null) {
    return Object.keys(want).every((key) =>
      agrees((got as Record<string, unknown>)[key], (want as Record<string, unknown>)[key], tolerance),
    )
  }
  return got === want
}
