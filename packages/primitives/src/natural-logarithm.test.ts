import stdlibLn from '@stdlib/math-base-special-ln'
import { expect, test } from 'vitest'
import { mix32 } from './index.ts'
import { naturalLogarithm } from './natural-logarithm.ts'

const words = new Uint32Array(2)
const float = new Float64Array(words.buffer)

test('has the bits of the reference for every kind of number', () => {
  const edges = [0, -0, -1, 1, 2, 0.5, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, Math.SQRT1_2]
  const special = [...edges, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]
  for (const x of special) expect(naturalLogarithm(x)).toBe(stdlibLn(x))
  let different = 0
  for (let draw = 0; draw < 20_000; draw++) {
    words[0] = mix32(1, draw)
    words[1] = mix32(2, draw)
    // Of all exponents, near 1, and from 0 to 1, where most arguments are.
    const x = Math.abs(float[0]!)
    for (const each of [x, 1 + (words[0] - 2 ** 31) / 2 ** 40, words[1] / 2 ** 32])
      if (!Object.is(naturalLogarithm(each), stdlibLn(each))) different++
  }
  expect(different).toBe(0)
})
