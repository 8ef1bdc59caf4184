import { describe, expect, it } from 'vitest'
import { normalQuantile } from './normal-quantile.ts'

describe('normal quantile', () => {
  it.each([
    // Check values printed in the listing of AS 241 (PPND16).
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
    // Python 3.11, statistics.NormalDist().inv_cdf, in each of the three branches and at their edges.
    [0.075, -1.4395314709384557],
    [0.9, 1.2815515655446008],
    [0.925, 1.439531470938456],
    [0.975, 1.9599639845400536],
    [0.99, 2.3263478740408408],
    [1e-300, -37.0470962993612],
  ])('at %s is %s', (p, x) => {
    expect(Math.abs(normalQuantile(p) / x - 1)).toBeLessThan(1e-15)
  })

  it('is zero in the middle, odd around it and infinite at the ends', () => {
    expect(normalQuantile(0.5)).toBe(0)
    for (const p of [2 ** -40, 2 ** -10, 0.0625, 0.125, 0.375])
      expect(normalQuantile(1 - p)).toBe(-normalQuantile(p))
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('rises without a step back over the joints of its three branches', () => {
    let last = Number.NEGATIVE_INFINITY
    for (let p = 1e-12; p < 0.08; p *= 1.01) {
      const x = normalQuantile(p)
      expect(x).toBeGreaterThan(last)
      last = x
    }
  })
})
