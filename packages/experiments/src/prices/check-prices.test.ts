import { priceAt } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'
import { priceBook } from './price-book.ts'

const load = (prices: string) =>
  loadScenario('s.yaml', spoiled('chains:\n', `prices: ${prices}\nchains:\n`)).scenario

const FACTOR = 'factor: { assets: { ETH: { volatility: 0.8, loading: 0.9 } } }'

describe('prices in a scenario', () => {
  it('follow the points of a path, exactly', () => {
    const book = priceBook(load('{ paths: { ETH: [{ atSeconds: 100, price: "1000.12345678" }] } }'), '1')
    expect(priceAt(book, 'ETH', 50_000)).toBe(1_500_06172839n)
    expect(priceAt(book, 'ETH', 100_000)).toBe(1_000_12345678n)
    expect(priceAt(book, 'USDC', 100_000)).toBe(100_000_000n)
  })

  it('are drawn for what stands under the factor, and for nothing else', () => {
    const scenario = load(`{ ${FACTOR} }`)
    const book = priceBook(scenario, '1')
    expect(book.filter(({ path }) => path !== undefined).map(({ symbol }) => symbol)).toEqual(['ETH'])
    // 600 seconds in steps of 300.
    expect(book[0]?.path?.map(({ elapsedMs }) => elapsedMs)).toEqual([300_000, 600_000])
    expect(book).toEqual(priceBook(scenario, '1'))
    expect(book).not.toEqual(priceBook(scenario, '2'))
  })

  it.each([
    ['{ paths: { ETC: [{ atSeconds: 1, price: "1" }] } }', 'Did you mean ETH?'],
    [
      '{ paths: { ETH: [{ atSeconds: 9, price: "1" }, { atSeconds: 9, price: "2" }] } }',
      'not later than the one before',
    ],
    ['{ paths: { ETH: [{ atSeconds: 9, price: "0.123456789" }] } }', 'a price has 8 decimals'],
    [`{ paths: { ETH: [{ atSeconds: 9, price: "1" }] }, ${FACTOR} }`, 'has a path already'],
    ['{ factor: { assets: { XYZ: { volatility: 1, loading: 0 } } } }', 'no such asset'],
    [
      '{ factor: { assets: {}, stress: { volatilityTimes: 2, loadingShift: 1, windows: [{ fromSeconds: 5, untilSeconds: 5 }] } } }',
      'ends before it begins',
    ],
    ['{ factor: { assets: { ETH: { volatility: 1, loading: 1.5 } } } }', 'loading'],
  ])('are refused where they make no sense: %s', (prices, complaint) => {
    expect(() => load(prices)).toThrow(complaint)
  })
})
