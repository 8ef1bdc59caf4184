import { expect, it } from 'vitest'
import { studentT } from './student-t.ts'

// R 4.2: qt(0.5 + confidence/2, df); the first two are tan(0.475 π) and 0.95 √(2 / (1 − 0.95²)).
it.each([
  [0.95, 1, 12.706204736],
  [0.95, 2, 4.30265273],
  [0.95, 9, 2.262157163],
  [0.99, 30, 2.749995654],
  [0.9, 199, 1.652546746],
  [0.95, 9_999, 1.960201264],
])('t of %s with %s degrees of freedom is %s', (confidence, freedom, t) => {
  expect(studentT(confidence, freedom)).toBeCloseTo(t, 8)
})
