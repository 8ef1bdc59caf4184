import { asChainId } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  contractAddress,
  marketAddress,
  type OptionDeskSpec,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { HedgeBook, type HedgeRules } from './hedge-book.ts'

const chainId = asChainId(1)
const [self, other] = [contractAddress('test', 'harry'), contractAddress('test', 'other')]
const [token, stock] = [contractAddress('token', 'USD'), contractAddress('token', 'STOCK')]
const desk = contractAddress('option-desk', 'desk')
const YEAR = 31_536_000
/** Hull, section 19: a stock at 49, a strike of 50, 5 % a year, volatility 20 %, 20 weeks. */
const HULL_SECONDS = Math.round((20 / 52) * YEAR)
const SPOT = 49n * 10n ** 8n
const spec: OptionDeskSpec = {
  ...{ kind: 'option-desk', name: 'desk', address: desk, chainId, token, capital: 0n },
  index: { oracle: token, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
  ...{ baseUnit: 1n, quoteUnit: 1n, spreadBps: 0n, callReserveBps: 10_000n, rateBps: 500n },
  volatility: { startPriceE8: SPOT, startBps: 2_000n, perFallBps: 20_000n, floorBps: 1n, capBps: 50_000n },
  series: [
    { name: 'call', option: 'call', strikeE8: 50n * 10n ** 8n, expiry: HULL_SECONDS },
    { name: 'put', option: 'put', strikeE8: 40n * 10n ** 8n, expiry: HULL_SECONDS },
  ],
  hedgers: [self],
}
const market = {
  ...{ name: 'stock', chainId, address: marketAddress('stock'), token0: stock, token1: token },
  design: { kind: 'constant-product', feePips: 0 },
} as const
const block = (...events: ChainEvent[]) => ({ receipts: [{ events }] }) as unknown as Block
const sold = (series: string) =>
  block({
    kind: 'option-bought',
    ...{ desk, series, holder: other, units: 100_000n, premium: 0n, spotE8: SPOT, volatilityBps: 2_000n },
  })
const swap = (sender: typeof self, tokenIn: typeof self, amountIn: bigint, amountOut: bigint) =>
  block({ kind: 'swapped', market: market.address, sender, recipient: sender, tokenIn, amountIn, amountOut })
const bookOf = (change: Partial<HedgeRules> = {}) =>
  new HedgeBook(self, {
    desk: spec,
    market,
    rules: { follows: 'price-and-volatility', shareBps: 10_000n, bandBps: 0n, vega: null, ...change },
  })

describe('what a hedger knows', () => {
  it('buys the delta of the calls that were sold, in part when it hedges a part', () => {
    const [all, half] = [bookOf(), bookOf({ shareBps: 5_000n })]
    for (const each of [all, half]) each.followed(sold('call'))
    // Hull's delta is 0.522: 52,200 shares for 100,000 calls.
    expect(Math.round(Number(all.gap(SPOT, 0)) / 100)).toBe(522)
    expect(half.gap(SPOT, 0)).toBe(all.gap(SPOT, 0) / 2n)
    expect(bookOf().gap(SPOT, 0)).toBe(0n)
  })

  it('sells what falls, and more when the volatility rises with the fall', () => {
    const [fixed, moving] = [bookOf({ follows: 'price' }), bookOf()]
    for (const each of [fixed, moving]) each.followed(sold('put'))
    expect(fixed.gap(SPOT, 0)).toBe(moving.gap(SPOT, 0))
    const lower = 46n * 10n ** 8n
    expect(fixed.gap(lower, 0)).toBeLessThan(fixed.gap(SPOT, 0))
    // Out of the money a put's delta grows with the volatility (vanna): 20 % and 32 %.
    expect(moving.gap(lower, 0)).toBeLessThan(2n * fixed.gap(lower, 0))
  })

  it('counts its own trades alone, and takes back what is no longer followed', () => {
    const book = bookOf()
    book.followed(sold('call'))
    const first = book.gap(SPOT, 0)
    book.followed(swap(other, token, 49n, 1n))
    expect(book.gap(SPOT, 0)).toBe(first)
    book.followed(swap(self, token, 490n, 10n))
    expect([book.gap(SPOT, 0), book.position]).toEqual([first - 10n, 10n])
    book.followed(swap(self, stock, 4n, 196n))
    expect(book.position).toBe(6n)
    book.orphaned(swap(self, stock, 4n, 196n))
    book.orphaned(swap(self, token, 490n, 10n))
    expect(book.gap(SPOT, 0)).toBe(first)
    book.orphaned(sold('call'))
    expect(book.gap(SPOT, 0)).toBe(0n)
  })

  it('buys as many options of another desk as have the vega of what is sold, and needs so much less of the underlying', () => {
    const wing = { ...spec, name: 'wing', address: other }
    const held = (units: bigint, series = 'call') =>
      block({
        kind: 'option-bought',
        ...{ desk: other, series, holder: self, units, premium: 0n, spotE8: SPOT, volatilityBps: 2_000n },
      })
    const book = bookOf({ vega: { desk: wing, series: spec.series[0]!, shareBps: 10_000n } })
    expect(book.vegaGap(SPOT, 0)).toBe(0n)
    book.followed(sold('put'))
    // Hull: vega of the call 12.1; of a put at 40, d1 = 1.859: 49 · 0.0709 · 0.6202 = 2.15, so 0.178 of them.
    expect(Number(book.vegaGap(SPOT, 0)) / 100_000).toBeCloseTo(0.178, 2)
    book.followed(held(5_000n, 'put'))
    book.followed(held(10_000n))
    expect(Number(book.vegaGap(SPOT, 0)) / 100_000).toBeCloseTo(0.078, 2)
    // Long 10,000 calls at Hull's delta of 0.522: so many shares less.
    const without = bookOf()
    without.followed(sold('put'))
    expect(Number(without.gap(SPOT, 0) - book.gap(SPOT, 0)) / 10_000).toBeCloseTo(0.522, 3)
    book.orphaned(held(10_000n))
    expect([book.vega?.held, book.gap(SPOT, 0)]).toEqual([0n, without.gap(SPOT, 0)])
    // After their expiry options have no vega, and those that it holds wait to be paid.
    book.followed(held(10_000n))
    expect([book.vegaGap(SPOT, HULL_SECONDS), book.gap(SPOT, HULL_SECONDS)]).toEqual([0n, 0n])
    book.followed(
      block({ kind: 'options-settled', desk: other, series: 'call', priceE8: SPOT, owed: 0n, due: 0n }),
    )
    expect(book.vega?.isSettled).toBe(true)
    book.followed(
      block({
        kind: 'option-exercised',
        desk: other,
        series: 'call',
        holder: self,
        units: 10_000n,
        paid: 0n,
      }),
    )
    expect(book.vega?.held).toBe(0n)
  })

  it('stays within its band, and gives back all after expiry', () => {
    const book = bookOf({ bandBps: 100n })
    book.followed(sold('call'))
    const first = book.gap(SPOT, 0)
    // A hundredth of 100,000.
    book.followed(swap(self, token, 1n, first - 1_000n))
    expect(book.gap(SPOT, 0)).toBe(0n)
    book.orphaned(swap(self, token, 1n, first - 1_000n))
    book.followed(swap(self, token, 1n, first - 1_001n))
    expect(book.gap(SPOT, 0)).toBe(1_001n)
    expect(book.gap(SPOT, HULL_SECONDS)).toBe(-(first - 1_001n))
  })
})
