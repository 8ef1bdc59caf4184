import { expect, it } from 'vitest'
import { numberText } from './number-text.ts'

it.each([
  ['-0', 0, '0'],
  ['-0.00000001', 0, '0'],
  [-0.4, 0, '0'],
  [-0.04, 1, '0'],
  [-0.5, 0, '-1'],
  ['-1234.56', 1, '-1,234.6'],
  ['1234567', 0, '1,234,567'],
  [0.05, 1, '0.1'],
])('shows %s with %i decimals as %s', (value, digits, text) => {
  expect(numberText(value, digits)).toBe(text)
})
