import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactShapley, sampledShapley } from './shapley.ts'

const sum = (parts: readonly bigint[]) => parts.reduce((all, part) => all + part, 0n)
/** Numerical Recipes' generator. */
const drawer = (seed: number) => {
  let state = seed >>> 0
  return (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * bound)
  }
}
const games = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    worths: fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), {
      minLength: 2 ** n,
      maxLength: 2 ** n,
    }),
  }),
)

describe('Shapley values in closed form', () => {
  it('additive game: everyone its own worth, and what is there without any is the rest', () => {
    const own = [5n, -2n, 11n]
    const outcome = exactShapley(3, (open) =>
      own.reduce((all, worth, at) => all + ((open >> at) & 1 ? worth : 0n), 100n),
    )
    expect(outcome).toMatchObject({ parts: own, whole: 14n, rest: 100n, evaluations: 8 })
  })

  it('unanimity of a carrier: its members share alike, others get nothing', () => {
    expect(exactShapley(4, (open) => ((open & 0b0110) === 0b0110 ? 12n : 0n)).parts).toEqual([0n, 6n, 6n, 0n])
  })

  // Osborne, Rubinstein 1994, A Course in Game Theory, §14.4: one left glove and two right ones: 2/3, 1/6, 1/6.
  it('glove game: 2/3 to the owner of the scarce glove, 1/6 to each other', () => {
    expect(exactShapley(3, (open) => ((open & 1) !== 0 && (open & 6) !== 0 ? 600n : 0n)).parts).toEqual([
      400n,
      100n,
      100n,
    ])
  })

  // A whole of 10 in three parts: 10/3 each; the unit left over goes to the first.
  it('what cannot be divided goes to the first of equals', () => {
    expect(exactShapley(3, (open) => (open === 7 ? 10n : 0n)).parts).toEqual([4n, 3n, 3n])
  })
})

describe('laws of Shapley values', () => {
  it('the parts sum to the whole exactly, exact and sampled, and evaluations are not repeated', () => {
    fc.assert(
      fc.property(games, fc.nat(), ({ n, worths }, seed) => {
        let asked = 0
        const exact = exactShapley(n, (open) => {
          asked++
          return worths[open]!
        })
        expect(sum(exact.parts)).toBe(worths.at(-1)! - worths[0]!)
        expect(asked).toBe(2 ** n)
        const sampled = sampledShapley(n, (open) => worths[open]!, { pairs: 3, draw: drawer(seed) })
        expect(sum(sampled.parts)).toBe(exact.whole)
        expect(sampled.evaluations).toBeLessThanOrEqual(2 ** n)
      }),
    )
  })

  it('equals get the same, up to a unit, and who adds nothing gets nothing', () => {
    fc.assert(
      fc.property(games, ({ n, worths }) => {
        // Channels n and n + 1 are alike, n + 2 is null.
        const worth = (open: number) =>
          worths[open & ((1 << n) - 1)]! + ((open >> n) & 1 ? 7n : 0n) + ((open >> (n + 1)) & 1 ? 7n : 0n)
        fc.pre(n <= 5)
        const { parts } = exactShapley(n + 3, worth)
        const apart = parts[n]! - parts[n + 1]!
        expect(apart === 0n || apart === 1n).toBe(true)
        expect(parts[n + 2] === 0n || parts[n + 2] === 1n).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('ten channels, sampled, lie within five standard errors of the closed form', () => {
    // v(S) = |S|² : by symmetry every channel gets v(N)/n = 10; channel 0 counts double weight besides, additively.
    const worth = (open: number) => {
      let size = 0n
      for (let at = 0; at < 10; at++) if ((open >> at) & 1) size++
      return size * size * 1_000_000n + (open & 1 ? 3_000_000n : 0n)
    }
    const { parts, standardErrors, method } = sampledShapley(10, worth, { pairs: 50, draw: drawer(1) })
    expect(method).toBe('sampled')
    parts.forEach((part, channel) => {
      const expected = channel === 0 ? 13e6 : 10e6
      expect(Math.abs(Number(part) - expected)).toBeLessThanOrEqual(5 * standardErrors[channel]! + 1)
    })
  })

  it('an order and its reverse together are exact for a game of pairs', () => {
    const { standardErrors } = sampledShapley(9, (open) => BigInt(open) * BigInt(open), {
      pairs: 4,
      draw: drawer(3),
    })
    for (const error of standardErrors) expect(error).toBe(0)
  })

  it('refuses counts out of range', () => {
    expect(() => exactShapley(9, () => 0n)).toThrow(/out of range/)
    expect(() => exactShapley(0, () => 0n)).toThrow(/out of range/)
    expect(() => sampledShapley(31, () => 0n, { pairs: 2, draw: drawer(1) })).toThrow(/out of range/)
    expect(() => sampledShapley(3, () => 0n, { pairs: 1, draw: drawer(1) })).toThrow(/two pairs/)
  })
})
