import { finalise32, hash32OfString, ln, sqrt } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draws } from './draws.ts'
import { feltLoss } from './felt-loss.ts'
import { debtAt, priceAtHealth, repaymentTo } from './loans.ts'
import { drawQuantiles, quantileAt } from './quantiles.ts'
import { RescueQueue } from './rescue-queue.ts'
import { drawSizes } from './sizes.ts'
import { ThresholdCrowd } from './threshold-crowd.ts'

/** A counter through a mixing function; a normal variate is the sum of twelve uniform ones less six. */
function stream(name: string): Draws {
  let state = hash32OfString(name)
  const uniform = () => {
    state = (state + 0x9e3779b9) >>> 0
    return (finalise32(state) >>> 0) / 4_294_967_296
  }
  return {
    uniform,
    normal(mean, deviation) {
      let sum = -6
      for (let n = 0; n < 12; n++) sum += uniform()
      return mean + deviation * sum
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: uniform() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}

describe('a distribution by its quantiles', () => {
  const health = [
    { share: 0, value: 1.01 },
    { share: 0.5, value: 1.3 },
    { share: 1, value: 3 },
  ]

  it('goes in straight lines, and stays at its ends', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantileAt(health, share))).toEqual([
      1.01, 1.155, 1.3, 2.15, 3,
    ])
    expect(quantileAt(health.slice(1), 0.2)).toBe(1.3)
    expect(quantileAt(health.slice(0, 2), 0.9)).toBe(1.3)
  })

  it('is that of a population however small: one member from each slice, in random order', () => {
    const drawn = drawQuantiles(health, 8, stream('health'))
    const sorted = drawn.toSorted((a, b) => a - b)
    sorted.forEach((value, slice) => {
      expect(value).toBeGreaterThanOrEqual(quantileAt(health, slice / 8))
      expect(value).toBeLessThanOrEqual(quantileAt(health, (slice + 1) / 8))
    })
    expect(drawn).not.toEqual(sorted)
  })
})

describe('sizes', () => {
  it('add up to the total, to the last unit, and none is negative', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (total, count, sigma) => {
          const sizes = drawSizes({ total, count, sigma }, stream('sizes'))
          expect(sizes.reduce((sum, size) => sum + size, 0n)).toBe(total)
          expect(sizes.every((size) => size >= 0n)).toBe(true)
        },
      ),
    )
  })

  it('are log-normal: the logarithm deviates by σ, and the largest fifth has Φ(σ − z(0.8))', () => {
    const sizes = drawSizes({ total: 10n ** 30n, count: 20_000, sigma: 1.5 }, stream('lognormal')).map(Number)
    const logs = sizes.map((size) => ln(size))
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length
    const deviation = sqrt(logs.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / logs.length)
    // Five standard errors, σ / √(2n).
    expect(Math.abs(deviation - 1.5)).toBeLessThan((5 * 1.5) / sqrt(40_000))
    const largest = sizes.toSorted((a, b) => b - a).slice(0, 4_000)
    // Φ(1.5 − 0.8416) = Φ(0.6584) = 0.7449 (tables of the normal distribution).
    expect(largest.reduce((sum, size) => sum + size, 0) / 1e30).toBeCloseTo(0.7449, 1)
  })

  it('are equal without deviation', () => {
    expect(drawSizes({ total: 12n, count: 4, sigma: 0 }, stream('equal'))).toEqual([3n, 3n, 3n, 3n])
  })
})

describe('a crowd with thresholds', () => {
  /** Granovetter 1978, p. 1424: thresholds 0, 1, … 99 of a hundred people. */
  const hundred = Array.from({ length: 100 }, (_, i) => ({ threshold: i / 100, amount: 1n }))

  function until(
    crowd: ThresholdCrowd,
    news: number,
  ): { readonly gone: number; readonly generations: number } {
    for (let generations = 0; ; generations++)
      if (crowd.leave(news).members === 0) return { gone: crowd.gone, generations }
  }

  it('runs to the last when each is the spark of the next, one a generation', () => {
    expect(until(new ThresholdCrowd(hundred, 1), 0)).toEqual({ gone: 100, generations: 100 })
  })

  it('stops with the first when the one person of threshold 1 has threshold 2 instead', () => {
    const changed = hundred.map((member, i) => (i === 1 ? { ...member, threshold: 0.02 } : member))
    expect(until(new ThresholdCrowd(changed, 1), 0)).toEqual({ gone: 1, generations: 1 })
  })

  it('without herding leaves by the news alone, all who cannot bear it at once', () => {
    expect(until(new ThresholdCrowd(hundred, 0), 0.495)).toEqual({ gone: 50, generations: 1 })
  })

  it('looks at money, not at heads, and says how much goes', () => {
    const crowd = new ThresholdCrowd(
      [
        { threshold: 0.5, amount: 90n },
        { threshold: 0.9, amount: 5n },
        { threshold: 2, amount: 5n },
      ],
      1,
    )
    expect(crowd.leave(0.4)).toEqual({ members: 0, amount: 0n })
    expect(crowd.leave(0.5)).toEqual({ members: 1, amount: 90n })
    expect(crowd.shareGone).toBe(0.9)
    expect(crowd.leave(0)).toEqual({ members: 1, amount: 5n })
    expect([crowd.left, crowd.pressure(0.1)]).toEqual([1, 0.1 + 0.95])
  })

  it('takes those for gone who must have made up what is known to be gone', () => {
    const crowd = new ThresholdCrowd(hundred, 1)
    crowd.assumeGone(40n)
    expect([crowd.gone, crowd.amountGone]).toEqual([40, 40n])
    expect(crowd.leave(0)).toEqual({ members: 1, amount: 1n })
    crowd.assumeGone(40n)
    expect(crowd.gone).toBe(41)
  })

  it('more news never keeps anybody', () => {
    const members = fc.array(
      fc.record({ threshold: fc.double({ min: 0, max: 2, noNaN: true }), amount: fc.bigInt(1n, 9n) }),
    )
    fc.assert(
      fc.property(members, fc.double({ min: 0, max: 1, noNaN: true }), (people, news) => {
        const [calm, loud] = [new ThresholdCrowd(people, 1), new ThresholdCrowd(people, 1)]
        until(calm, news)
        until(loud, news + 0.1)
        expect(loud.gone).toBeGreaterThanOrEqual(calm.gone)
      }),
    )
  })
})

describe('a crowd that comes back', () => {
  const people = [1, 2, 3, 4].map((n) => ({ threshold: n / 10, amount: 25n }))
  const run = (crowd: ThresholdCrowd, news: number) => {
    while (crowd.leave(news).members > 0);
  }

  it('does so in the reverse order, as far as the pressure is below what each bears by so much', () => {
    const crowd = new ThresholdCrowd(people, 0)
    run(crowd, 0.3)
    expect(crowd.gone).toBe(3)
    // Half of 0.3 is 0.15, of 0.2 it is 0.1: at 0.1 the third comes back, the second does not.
    expect(crowd.isCalm(0.15, 0.5)).toBe(false)
    expect(crowd.comeBack(0.15, 0.5)).toEqual({ members: 0, amount: 0n })
    expect(crowd.isCalm(0.1, 0.5)).toBe(true)
    expect(crowd.comeBack(0.1, 0.5)).toEqual({ members: 1, amount: 25n })
    expect([crowd.gone, crowd.amountGone]).toEqual([2, 50n])
    // And leaves again at what drove it out.
    expect(crowd.leave(0.3)).toEqual({ members: 1, amount: 25n })
  })

  it('is drawn by those who are back, as it was driven by those who had left', () => {
    const crowd = new ThresholdCrowd(people, 0.4)
    run(crowd, 0.1)
    expect(crowd.gone).toBe(4)
    // Pressure of 0.4 · 4/4, 3/4, …: each generation makes the next one possible, but for the first to have left.
    const back = []
    for (let n = 0; n < 6; n++) back.push(crowd.comeBack(-0.05, 1).members)
    expect(back).toEqual([1, 1, 1, 1, 0, 0])
  })
})

describe('a loss as it is felt', () => {
  const medians = { factor: 2.25, curvature: 0.88 }

  it('is the value function of Tversky and Kahneman', () => {
    // v(−0.1) = −2.25 · 0.1^0.88 = −2.25 · 10^−0.88 = −2.25 · 0.131826.
    expect(feltLoss(0.1, medians)).toBeCloseTo(0.296608, 6)
    expect(feltLoss(-0.1, medians)).toBeCloseTo(-0.131826, 6)
    expect([feltLoss(1, medians), feltLoss(0, medians)]).toEqual([2.25, 0])
  })

  it('weighs losses more than gains and small ones more than in proportion; without it all weighs alike', () => {
    const share = fc.double({ min: 1e-6, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, (loss) => {
        expect(feltLoss(loss, medians)).toBeGreaterThan(-feltLoss(-loss, medians))
        expect(feltLoss(loss / 2, medians)).toBeGreaterThan(feltLoss(loss, medians) / 2)
        expect(feltLoss(loss, null)).toBe(loss)
        expect(feltLoss(loss, { factor: 1, curvature: 1 })).toBe(loss)
      }),
    )
  })
})

describe('loans', () => {
  // 10 ETH at 2,000 USDC (six decimals: 2e9 base units for 1e18), threshold 83 %.
  const terms = { priceE18: 2_000_000_000n, liquidationThresholdBps: 8_300n }
  const collateral = 10n ** 19n

  it('owe collateral · price · threshold / health', () => {
    expect(debtAt(collateral, 1, terms)).toBe(16_600_000_000n)
    expect(debtAt(collateral, 1.25, terms)).toBe(13_280_000_000n)
  })

  it('are at a health again when so much is paid back', () => {
    const debt = 15_000_000_000n
    // At 1,800: 14,940; health 1.1 leaves 13,581.818181.
    const fallen = { ...terms, priceE18: 1_800_000_000n }
    expect(repaymentTo(1.1, { collateral, debt }, fallen)).toBe(debt - 13_581_818_181n)
    expect(repaymentTo(1, { collateral, debt: 14_940_000_000n }, fallen)).toBe(0n)
  })

  it('reach a health at a price', () => {
    // 14,940 / (10 · 0.83) = 1,800.
    expect(priceAtHealth(1, { collateral, debt: 14_940_000_000n }, 8_300n)).toBe(1_800_000_000n)
    expect(priceAtHealth(1.1, { collateral, debt: 14_940_000_000n }, 8_300n)).toBe(1_980_000_000n)
  })
})

describe('borrowers who wait for a price', () => {
  it('come out at their level, the highest first, and nobody twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 })),
        fc.integer({ min: 1, max: 50 }),
        (levels, price) => {
          const queue = new RescueQueue()
          levels.forEach((level, member) => queue.add({ member, level }))
          const due = [...queue.due(price)]
          const wanted = levels
            .map((level, member) => ({ member, level }))
            .filter(({ level }) => level >= price)
            .sort((a, b) => b.level - a.level || a.member - b.member)
          expect(due).toEqual(wanted)
          expect(queue.waiting).toBe(levels.length - wanted.length)
          expect([...queue.due(price)]).toEqual([])
        },
      ),
    )
  })
})
