import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateLimiter, RateLimiters } from './rate-limit.ts'

describe('rate limit', () => {
  it('admits the burst at once and then one each interval', () => {
    const limiter = new RateLimiter({ perSecond: 20, burst: 60 })
    const atOnce = Array.from({ length: 100 }, () => limiter.admit(0)).filter(Boolean).length
    expect(atOnce).toBe(60)
    expect(limiter.admit(49)).toBe(false)
    expect(limiter.admit(50)).toBe(true)
    expect(limiter.admit(50)).toBe(false)
  })

  it('never admits more than burst + rate · time, whatever the arrivals', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (gapsMs, perSecond, burst) => {
          const limiter = new RateLimiter({ perSecond, burst })
          let nowMs = 0
          let admitted = 0
          for (const gapMs of gapsMs) {
            nowMs += gapMs
            if (limiter.admit(nowMs)) admitted++
          }
          expect(admitted).toBeLessThanOrEqual(burst + (perSecond * nowMs) / 1_000 + 1e-9)
        },
      ),
    )
  })

  it('counts a batch by its size, and a refused batch costs nothing', () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 10 })
    expect(limiter.admit(0, 11)).toBe(false)
    expect(limiter.admit(0, 10)).toBe(true)
  })

  it('keeps sources apart and forgets the one unused for longest when there are too many', () => {
    const limiters = new RateLimiters(() => ({ perSecond: 1, burst: 1 }), 2)
    expect([limiters.admit('a', 0), limiters.admit('a', 0), limiters.admit('b', 0)]).toEqual([
      true,
      false,
      true,
    ])
    limiters.admit('a', 0)
    limiters.admit('c', 0)
    expect(limiters.admit('a', 0)).toBe(false)
    expect(limiters.admit('b', 0)).toBe(true)
  })
})
