import { expect, it } from 'vitest'
import { Ran2 } from './ran2.ts'

it('RAN2 gives the numbers of Numerical Recipes for the seed −1', () => {
  const stream = new Ran2(1)
  const drawn = Array.from({ length: 4 }, () => stream.next())
  // ran2(idum = −1), printed with seven digits in the Fortran example book, and in ports of it.
  expect(drawn[0]).toBeCloseTo(0.2853809, 6)
  const many = Array.from({ length: 100_000 }, () => stream.next())
  expect(many.every((number) => number > 0 && number < 1)).toBe(true)
})
