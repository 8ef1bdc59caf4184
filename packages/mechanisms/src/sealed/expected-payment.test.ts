// Expected prices of the two auctions against order statistics of uniform costs (Krishna §2.3–2.5; revenue
// equivalence). A solver with cost c quotes a price b; here it offers the output 1 − b, in units of 1e-15.
import { asAddress, asHash32, hash32OfString } from '@solvent/primitives'
import { fixture } from '@solvent/primitives/testing'
import { describe, expect, test } from 'vitest'
import { firstPrice, type SealedAuction, type SealedBid, secondPrice } from '../index.ts'

interface ClosedForms {
  readonly reserve: readonly {
    n: number
    reserve: number
    prob_trade: number
    fpa_expected_payment: number
    spa_expected_payment: number
  }[]
  readonly ring_spa: readonly { n: number; k: number; expected_price: number }[]
}

const ONE = 1_000_000_000_000_000
const toOutput = (price: number) => BigInt(ONE - Math.round(price * ONE))
const solver = (i: number) => asAddress(`0x${(i + 1).toString(16).padStart(40, '0')}`)
const NO_HASH = asHash32(`0x${'0'.repeat(64)}`)

/** Price paid and whether there was a trade, for one draw of costs. */
function price(
  auction: SealedAuction,
  quotes: readonly number[],
  reserve: number,
): { paid: number; traded: number } {
  const bids: SealedBid[] = quotes.map((quote, i) => ({
    solver: solver(i),
    outputAmount: toOutput(quote),
    bidHash: NO_HASH,
  }))
  const { winner, outputAmount } = auction.close(bids, toOutput(reserve))
  return winner === null ? { paid: 0, traded: 0 } : { paid: 1 - Number(outputAmount) / ONE, traded: 1 }
}

/** Equilibrium quote with limit r (Krishna §2.5): c + [(1−c)^n − (1−r)^n] / (n (1−c)^(n−1)); above r no quote. */
function equilibriumQuote(cost: number, n: number, reserve: number): number {
  if (cost > reserve) return 1
  const survivors = (x: number, power: number) =>
    Array.from({ length: power }).reduce<number>((p) => p * (1 - x), 1)
  return cost + (survivors(cost, n) - survivors(reserve, n)) / (n * survivors(cost, n - 1))
}

const DRAWS = 20_000

/** Means over seeded uniform costs with their standard error. */
function simulate(n: number, outcome: (costs: readonly number[]) => { paid: number; traded: number }) {
  let paid = 0
  let squares = 0
  let traded = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    const costs = Array.from(
      { length: n },
      (_, i) => ((hash32OfString(`cost/${draw}/${i}`) >>> 0) + 0.5) / 2 ** 32,
    )
    const one = outcome(costs)
    paid += one.paid
    squares += one.paid * one.paid
    traded += one.traded
  }
  const mean = paid / DRAWS
  return { mean, traded: traded / DRAWS, error: Math.sqrt((squares / DRAWS - mean * mean) / DRAWS) }
}

/** Tables of the same closed forms, computed elsewhere by exact integration. */
const closedForms = fixture<ClosedForms>('collusion/auction-closed-form.json')

describe('expected prices with uniform private costs', () => {
  test.each([2, 3, 5])('are 2/(n+1) in both auctions for n = %i, within four standard errors', (n) => {
    const want = 2 / (n + 1)
    const first = simulate(n, (costs) =>
      price(
        firstPrice,
        costs.map((c) => equilibriumQuote(c, n, 1)),
        1,
      ),
    )
    const second = simulate(n, (costs) => price(secondPrice, costs, 1))
    expect(Math.abs(first.mean - want)).toBeLessThan(4 * first.error)
    expect(Math.abs(second.mean - want)).toBeLessThan(4 * second.error)
    expect(first.error).toBeLessThan(second.error)
  })

  test.skipIf(closedForms === null)('agree with the tabulated payments under a binding reserve', () => {
    for (const row of closedForms?.reserve ?? []) {
      const { n, reserve } = row
      const first = simulate(n, (costs) =>
        price(
          firstPrice,
          costs.map((c) => equilibriumQuote(c, n, reserve)),
          reserve,
        ),
      )
      const second = simulate(n, (costs) => price(secondPrice, costs, reserve))
      expect(Math.abs(first.mean - row.fpa_expected_payment)).toBeLessThan(4 * first.error)
      expect(Math.abs(second.mean - row.spa_expected_payment)).toBeLessThan(4 * second.error)
      const tradeError = Math.sqrt((row.prob_trade * (1 - row.prob_trade)) / DRAWS)
      expect(Math.abs(second.traded - row.prob_trade)).toBeLessThanOrEqual(4 * tradeError)
    }
  })

  test.skipIf(closedForms === null)(
    'agree with the tabulated price of a ring whose other members stay silent',
    () => {
      for (const { n, k, expected_price: want } of closedForms?.ring_spa ?? []) {
        const ring = simulate(n, (costs) => {
          const designated = Math.min(...costs.slice(0, k))
          return price(secondPrice, [designated, ...costs.slice(k)], 1)
        })
        expect(Math.abs(ring.mean - want)).toBeLessThanOrEqual(4 * ring.error + 1e-12)
      }
    },
  )
})
