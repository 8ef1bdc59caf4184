import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/derivatives/options-hedged.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The scenario with one piece of its text replaced. */
const but = (piece: string, by: string) => () => {
  if (!text.includes(piece)) throw new Error(`no ${piece}`)
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace(piece, by)))
}

describe('options in a scenario', () => {
  it.each([
    [
      'series that outlive the run',
      'expirySeconds: 6000',
      'expirySeconds: 8000',
      'optionDesks.desk.series.put-49000.expirySeconds',
    ],
    [
      'calls that reserve less than their strike',
      'oracle: btc-usd\n',
      'oracle: btc-usd\n    callReserveBps: 9000\n',
      'optionDesks.desk',
    ],
    [
      'a hedger that has nothing to sell',
      'holdings: { BTC: "200", ',
      'holdings: { ',
      'hedgers.harry.holdings',
    ],
    [
      'hedgers that hedge too much',
      'hedgers:\n',
      'hedgers:\n  hal: { desk: desk, market: btc-usdc, shareBps: 1, holdings: { BTC: "1", USDC: "1" } }\n',
      'optionDesks.desk',
    ],
  ])('are warned about with %s', (_what, piece, by, path) => {
    expect(but(piece, by)().warnings.map((warning) => warning.path)).toEqual([path])
    expect(but(piece, piece)().warnings).toEqual([])
  })

  it.each<[string, string, string, string]>([
    [
      'a chain that is none',
      '    chain: main\n    asset: USDC\n    underlying',
      '    chain: mein\n    asset: USDC\n    underlying',
      'Did you mean main?',
    ],
    ['an oracle that is none', 'oracle: btc-usd', 'oracle: btc-eur', 'oracle'],
    ['options on the coin itself', 'underlying: BTC', 'underlying: USDC', 'something else'],
    ['a volatility below its floor', 'startBps: 6000', 'startBps: 999', 'between its floor and its cap'],
    ['a strike of nothing', 'strike: "49000"', 'strike: "0"', 'a strike is a price'],
    ['a strike finer than a price', 'strike: "49000"', 'strike: "0.123456789"', 'decimals'],
    ['a hedger of no desk', 'desk: desk, market', 'desk: dusk, market', 'Did you mean desk?'],
    ['a hedger without a market', 'market: btc-usdc, holdings', 'market: btc, holdings', 'market'],
    [
      'a step at no series',
      'series: put-49000, units: "120"',
      'series: put-4900, units: "120"',
      'Did you mean put-49000?',
    ],
    ['a hedger with an actor’s name', '  harry:', '  amy:', 'same name'],
  ])('are refused with %s', (_what, piece, by, reason) => {
    expect(but(piece, by)).toThrow(reason)
  })
})

describe('a hedger of vega', () => {
  const vega = readFileSync(new URL('options-vega.yaml', file), 'utf8')
  const changed = (piece: string, by: string) => () => {
    expect(vega).toContain(piece)
    return loadScenario('s.yaml', new TextEncoder().encode(vega.replace(piece, by)))
  }

  it.each([
    [
      'more of what its own desk sells',
      'vega: { desk: wing',
      'vega: { desk: desk',
      /other desk on main for BTC in USDC \(got desk/,
    ],
    ['a series that is none', 'series: put-49100 }', 'series: put-49000 }', /series of wing \(got put-49000/],
    [
      'options on something else',
      '  wing:\n    chain: main\n    asset: USDC\n    underlying: BTC',
      '  wing:\n    chain: main\n    asset: USDC\n    underlying: ETH',
      /other desk on main/,
    ],
  ])('does not buy %s', (_, piece, by, message) => {
    expect(changed(piece, by)).toThrow(message)
  })
})
