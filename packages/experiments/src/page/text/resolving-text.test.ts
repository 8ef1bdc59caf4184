import { expect, it } from 'vitest'
import { resolvingText } from './resolving-text.ts'

it.each([
  [0.143, 10.5438, [0.14345, 10.5438], ['0.143', '10.5']],
  // 3 digits would call all of these 1,000 or 995.
  [995.333, 1000, [995.333, 999.667, 1000], ['995.33', '999.67', '1,000']],
  [7, 7, [7], ['7']],
  [0, 0, [0], ['0']],
  [-0.0001, 1, [-0.0001, 1], ['-0.0001', '1']],
  [1_000_000, 250_000_000, [1_234_567, 250_000_000], ['1.23M', '250M']],
])('numbers from %d to %d are told apart', (min, max, values, texts) => {
  expect(values.map(resolvingText({ min, max }))).toEqual(texts)
})
