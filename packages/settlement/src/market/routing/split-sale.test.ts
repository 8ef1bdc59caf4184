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
    const legs = splitSale([1, 2, 3, 4], 40n * E18, (_, amountIn) =>
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
        const found = sum(splitSale(pairs, amountIn, quoted))
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
    const legs = splitSale([limited(10n), limited(0n), limited(20n)], 64n, (venue, amountIn) =>
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
    const [first, second] = splitSale([lots, plain], 6_400n, (venue, amountIn) => venue(amountIn))
    expect(first).toEqual({ venue: lots, amountIn: 6_390n, amountOut: 12_780n })
    expect(second).toEqual({ venue: plain, amountIn: 10n, amountOut: 19n })
  })
})
