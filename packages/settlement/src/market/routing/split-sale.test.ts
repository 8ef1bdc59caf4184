import { isqrtFloor } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountOutFloor } from '../constant-product/quote.ts'
import { splitSale } from './split-sale.ts'

interface Pair {
  readonly x: bigint
  readonly y: bigint
}
const FREE = { numerator: 0n, denominator: 1n }
const paid = ({ x, y }: Pair, amountIn: bigint) => amountOutFloor(amountIn, x, y, FREE)
const quoted = (pair: Pair, amountIn: bigint) => ({ amountIn, amountOut: paid(pair, amountIn) })
const E18 = 10n ** 18n
const sum = (legs: readonly { readonly amountOut: bigint }[]) =>
  legs.reduce((all, { amountOut }) => all + amountOut, 0n)

describe('a sale over several venues', () => {
  test('goes to alike ones alike, and then pays what all of the depth in one would', () => {
    const legs = splitSale([[1], [2], [3], [4]], 40n * E18, (_, amountIn) =>
      quoted({ x: 100n * E18, y: 200_000n * E18 }, amountIn),
    )
    expect(legs.map(({ amountIn }) => amountIn)).toEqual(Array(4).fill(10n * E18))
    const whole = paid({ x: 400n * E18, y: 800_000n * E18 }, 40n * E18)
    expect(whole - sum(legs)).toBeLessThan(4n)
  })

  test('of two pairs it is within a thousandth of the closed form', () => {
    // Without fees the marginal price of pair i after δᵢ is xᵢyᵢ/(xᵢ + δᵢ)²; equal for both when (x + δ)/√(xy) is: Angeris et al. 2022.
    const depth = fc.bigInt({ min: 50n * E18, max: 5_000n * E18 })
    fc.assert(
      fc.property(depth, depth, depth, depth, (x0, y0, x1, y1) => {
        const pairs = [
          { x: x0, y: y0 },
          { x: x1, y: y1 },
        ]
        const amountIn = 100n * E18
        const roots = pairs.map(({ x, y }) => isqrtFloor(x * y))
        const level = ((x0 + x1 + amountIn) * E18) / (roots[0]! + roots[1]!)
        const first = (level * roots[0]!) / E18 - x0
        const best = first < 0n ? 0n : first > amountIn ? amountIn : first
        const exact =
          (best > 0n ? paid(pairs[0]!, best) : 0n) + (best < amountIn ? paid(pairs[1]!, amountIn - best) : 0n)
        const found = sum(
          splitSale(
            pairs.map((pair) => [pair]),
            amountIn,
            quoted,
          ),
        )
        expect(found * 1_000n).toBeGreaterThanOrEqual(exact * 999n)
      }),
      { numRuns: 60 },
    )
  })

  test('gives nothing to who refuses, and no more than all take', () => {
    const limited = (most: bigint) => (amountIn: bigint) => {
      const taken = amountIn > most ? 0n : amountIn
      return { amountIn: taken, amountOut: taken }
    }
    const legs = splitSale([[limited(10n)], [limited(0n)], [limited(20n)]], 64n, (venue, amountIn) =>
      venue(amountIn),
    )
    expect(legs.map(({ amountIn }) => amountIn)).toEqual([10n, 20n])
  })

  test('is not kept from a better price by whole lots: what one leaves over goes to others', () => {
    // Lots of 30 at 2 for 1, beside somebody who pays 1.9: parts of 100 of 6,400 are three lots each, and 10 that are offered again.
    const lots = (amountIn: bigint) => ({
      amountIn: (amountIn / 30n) * 30n,
      amountOut: (amountIn / 30n) * 60n,
    })
    const plain = (amountIn: bigint) => ({ amountIn, amountOut: (amountIn * 19n) / 10n })
    const [first, second] = splitSale([[lots], [plain]], 6_400n, (venue, amountIn) => venue(amountIn))
    expect(first).toEqual({ path: [lots], amountIn: 6_390n, amountOut: 12_780n })
    expect(second).toEqual({ path: [plain], amountIn: 10n, amountOut: 19n })
  })

  test('gives a lot that is more than a part to who takes only whole ones', () => {
    const lots = (amountIn: bigint) => ({
      amountIn: (amountIn / 30n) * 30n,
      amountOut: (amountIn / 30n) * 60n,
    })
    const legs = splitSale([[lots]], 100n, (venue, amountIn) => venue(amountIn))
    expect(legs).toEqual([{ path: [lots], amountIn: 90n, amountOut: 180n }])
  })

  test('of one pool and two in a row, without fees, gives each what brings both to one price', () => {
    // Two pairs (x, m) and (m, y) in a row without fees are one pair with reserves x·m/(m + m′), m′·y/(m + m′): alike ones are a pair of half the
    // depth. Beside a pair of the whole depth it gets a third.
    const deep = { x: 3_000n * E18, y: 3_000n * E18 }
    const [one, two] = [{ ...deep }, { ...deep }]
    const legs = splitSale([[deep], [one, two]], 96n * E18, quoted)
    expect(legs.map(({ path }) => path)).toEqual([[deep], [one, two]])
    expect(legs.map(({ amountIn }) => Number(amountIn / 10n ** 15n) / 1_000)).toEqual([64.5, 31.5])
    expect(sum(legs) * 1_000n).toBeGreaterThan(paid({ x: 4_500n * E18, y: 4_500n * E18 }, 96n * E18) * 999n)
  })

  test('lets ways that share a pool share its depth', () => {
    // Both ways end in one pool, which is the narrow part: together they bring no more than that pool pays for all that reaches it.
    const wide = () => ({ x: 1_000_000n * E18, y: 1_000_000n * E18 })
    const [left, right, narrow] = [wide(), wide(), { x: 100n * E18, y: 100n * E18 }]
    const legs = splitSale(
      [
        [left, narrow],
        [right, narrow],
      ],
      100n * E18,
      quoted,
    )
    expect(sum(legs)).toBeLessThan(paid(narrow, 100n * E18))
    expect(sum(legs) * 1_000n).toBeGreaterThan(paid(narrow, 100n * E18) * 998n)
  })
})
