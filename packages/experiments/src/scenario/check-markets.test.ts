import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const load = (markets: string) =>
  loadScenario('s.yaml', spoiled('solvers:\n', `markets:\n  pool: { ${markets} }\nsolvers:\n`))
const good = 'kind: constant-product, chain: arbitrum, reserves: { rsETH: "10", ETH: "11" }'

/** The market with one piece of its text replaced. */
const but = (piece: string, by: string) => () => load(good.replace(piece, by))

describe('a market in a scenario', () => {
  it('is taken with two assets of its chain', () => {
    expect(load(good).scenario.markets.pool).toMatchObject({ feeBps: '30', venues: 1 })
  })

  it.each<[string, () => unknown, string]>([
    [
      'negative liquidity',
      but('"11"', '"-11"'),
      'must not be negative (got "-11"; allowed: a decimal number',
    ],
    ['a price of zero', but('"11"', '"0"'), 'a pool without an asset has a price of zero'],
    ['a pool without assets', but('{ rsETH: "10", ETH: "11" }', '{}'), 'a pool without assets has no price'],
    ['one asset', but(', ETH: "11"', ''), 'a pool without assets has no price'],
    ['three assets', but('ETH: "11"', 'ETH: "11", USDC: "5"'), 'a pair has two assets'],
    ['less than a base unit', but('ETH: "11"', 'USDC: "0.1234567"'), 'USDC has 6 decimals'],
    ['dust', but('"11"', '"0.000000000000001"'), 'smaller than the shares that it locks for ever'],
    ['more than 112 bits', but('"11"', '"6000000000000000"'), '112 bits'],
    ['a fee of everything', but('chain:', 'feeBps: "10000", chain:'), 'a fee of everything'],
    ['a fee finer than a millionth', but('chain:', 'feeBps: "0.001", chain:'), 'at most two decimals'],
    ['another chain', but('arbitrum', 'arbitrun'), 'Did you mean arbitrum?'],
    ['another asset', but('rsETH', 'rsETG'), 'Did you mean rsETH?'],
    ['a provider who is nobody', but('chain:', 'provider: lara, chain:'), 'no such actor'],
    ['a design that is none', but('constant-product', 'constant-sum'), 'kind'],
  ])('is refused with %s', (_what, attempt, reason) => {
    expect(attempt).toThrow(reason)
  })

  it('is refused when a venue of one has the name of another', () => {
    const markets = `markets:\n  pool: { ${good}, venues: 2 }\n  pool-2: { ${good} }\nsolvers:\n`
    expect(() => loadScenario('s.yaml', spoiled('solvers:\n', markets))).toThrow(
      'two markets have the same name',
    )
  })

  it('is refused with an asset that does not exist on its chain', () => {
    const far = but('rsETH: "10"', 'rsETH: "10"')
    expect(far).not.toThrow()
    const bytes = new TextDecoder().decode(
      spoiled('solvers:\n', `markets:\n  pool: { ${good.replace('arbitrum', 'base')} }\nsolvers:\n`),
    )
    const withBase = bytes.replace(
      'bridges:\n',
      '  base: { kind: l1, id: 5, slotMs: 2000, epochSlots: 4 }\nbridges:\n',
    )
    expect(() => loadScenario('s.yaml', new TextEncoder().encode(withBase))).toThrow(
      'rsETH does not exist on base',
    )
  })
})

describe('a pool of concentrated liquidity', () => {
  const of = (ranges: string) => () =>
    loadScenario(
      's.yaml',
      spoiled(
        'solvers:\n',
        `markets:\n  pool: { ${good.replace('constant-product', 'concentrated')}, ranges: [${ranges}] }\nsolvers:\n`,
      ),
    )

  it('is accepted with ranges around, above and below the price', () => {
    expect(
      of(
        '{ lower: "1.0", upper: "1.2", share: 0.5 }, { lower: "1.2", upper: "2", share: 0.2 }, { lower: "0.5", upper: "1", share: 0.3 }',
      ),
    ).not.toThrow()
  })

  it.each([
    ['no range', '', 'ranges'],
    ['prices upside down', '{ lower: "1.2", upper: "1.0" }', 'from a lower to an upper price'],
    ['a price of zero', '{ lower: "0", upper: "1.0" }', 'from a lower to an upper price'],
    [
      'more than there is',
      '{ lower: "1", upper: "2", share: 0.6 }, { lower: "1", upper: "3", share: 0.5 }',
      'more than the reserves',
    ],
    [
      'one range twice',
      '{ lower: "1", upper: "2", share: 0.1 }, { lower: "1", upper: "2", share: 0.1 }',
      'has this range already',
    ],
    ['a provider who is nobody', '{ lower: "1", upper: "2", provider: lara }', 'no such actor'],
  ])('is refused with %s', (_what, ranges, reason) => {
    expect(of(ranges)).toThrow(reason)
  })

  it('is refused with prices beyond all ticks', () => {
    // 10^28 ETH for a USDC are 10^40 base units for one; the last tick is at 2^128, 3.4 · 10^38.
    const fine = good.replace('constant-product', 'concentrated').replace('rsETH: "10"', 'USDC: "10"')
    const ranges = `ranges: [{ lower: "1", upper: "1${'0'.repeat(28)}" }]`
    const attempt = () =>
      loadScenario('s.yaml', spoiled('solvers:\n', `markets:\n  pool: { ${fine}, ${ranges} }\nsolvers:\n`))
    expect(attempt).toThrow('beyond all ticks')
  })
})

describe('an order book', () => {
  const sound = 'kind: order-book, chain: arbitrum, base: rsETH, quote: ETH, lot: "0.01", tick: "0.001"'
  const of =
    (book: string, more = '') =>
    () =>
      loadScenario('s.yaml', spoiled('solvers:\n', `markets:\n  pool: { ${book} }\n${more}solvers:\n`))
  const maker = (text: string) => `marketMakers:\n  mia: { ${text} }\n`

  it('is accepted with a maker', () => {
    expect(of(sound, maker('market: pool, inventory: { rsETH: "1", ETH: "1" }, size: "0.1"'))).not.toThrow()
  })

  it.each([
    ['an asset that there is not', sound.replace('quote: ETH', 'quote: ETX'), '', 'no such asset'],
    ['one asset for itself', sound.replace('quote: ETH', 'quote: rsETH'), '', 'one asset for another'],
    ['a lot that is nothing', sound.replace('"0.01"', '"0"'), '', 'a lot is less than a base unit'],
    ['a tick that is nothing', sound.replace('"0.001"', '"0"'), '', 'whole number of base units'],
    ['a rebate above the fee', `${sound}, makerRebateBps: "6"`, '', 'more than takers pay'],
    ['a maker elsewhere', sound, maker('market: pond, inventory: {}, size: "1"'), 'no such market'],
    [
      'a maker on a pair',
      good,
      maker('market: pool, inventory: {}, size: "1"'),
      'quotes stand in an order book',
    ],
    [
      'a maker with other assets',
      sound,
      maker('market: pool, inventory: { USDC: "1" }, size: "1"'),
      'asset of the market',
    ],
    [
      'a maker of less than a lot',
      sound,
      maker('market: pool, inventory: {}, size: "0.001"'),
      'less than a lot',
    ],
  ])('is refused with %s', (_what, book, more, reason) => {
    expect(of(book, more)).toThrow(reason)
  })
})

describe('crowds on a market', () => {
  const of = (market: string, crowds: string) => () =>
    loadScenario('s.yaml', spoiled('solvers:\n', `markets:\n  pool: { ${market} }\n${crowds}solvers:\n`))
  const provided = `${good}, provider: flock`
  const flock = (text: string) => `providerCrowds:\n  flock: { market: pool, count: 10, ${text} }\n`
  const traders = (text: string) => `traders:\n  noise: { market: pool, perHour: 60, ${text} }\n`
  const calm = flock('thresholds: [{ share: 1, value: 1 }]')

  it('are accepted', () => {
    expect(of(provided, calm)).not.toThrow()
    expect(of(good, traders('holdings: { ETH: "5" }, size: "0.1"'))).not.toThrow()
  })

  it.each([
    ['a crowd that provided nothing', good, calm, 'has provided nothing there'],
    ['a crowd that is nobody', provided, '', 'no such actor or crowd'],
    [
      'thresholds that fall',
      provided,
      flock('thresholds: [{ share: 0.5, value: 1 }, { share: 1, value: 0.5 }]'),
      'quantiles grow',
    ],
    ['trades of nothing', good, traders('holdings: {}, size: "0"'), 'nobody trades nothing'],
    [
      'assets that are not traded',
      good,
      traders('holdings: { USDC: "5" }, size: "1"'),
      'asset of the market',
    ],
    ['more chains than venues', `${good}, alsoOn: [ethereum]`, '', 'more chains than venues'],
    ['a chain that there is not', `${good}, venues: 2, alsoOn: [ethereun]`, '', 'Did you mean ethereum?'],
  ])('are refused with %s', (_what, market, crowds, reason) => {
    expect(of(market, crowds)).toThrow(reason)
  })
})

describe('a step on a market', () => {
  const step = (text: string) => () =>
    loadScenario(
      's.yaml',
      spoiled(
        'solvers:\n',
        `markets:\n  pool: { ${good}, provider: lara }\nactors:\n  lara: { steps: [] }\n  max: { steps: [{ ${text} }] }\nsolvers:\n`,
      ),
    )

  it.each([
    ['do: swap, market: pol, sell: rsETH, amount: "1"', 'Did you mean pool?'],
    ['do: swap, market: pool, sell: USDC, amount: "1"', 'no such asset of the market'],
    ['do: swap, market: pool, sell: rsETH, amount: "1", deadlineSeconds: 601', 'after the end of the run'],
    [
      'do: add-liquidity, market: pool, amounts: { rsETH: "1" }',
      'both assets of a market are provided together',
    ],
    ['do: remove-liquidity, market: pool, percent: 50', 'max has no shares of the market'],
    ['do: remove-liquidity, market: pool, percent: 0', 'percent'],
    [
      'do: swap, market: pool, sell: ETH, amount: "1", after: { market: pol, below: "1" }',
      'Did you mean pool?',
    ],
    ['do: swap, market: pool, sell: ETH, amount: "1", after: { market: pool, beneath: "1" }', 'after'],
  ])('is refused: %s', (text, reason) => {
    expect(step(text)).toThrow(reason)
  })
})

describe('an arbitrageur in a scenario', () => {
  const load = (text: string) => () =>
    loadScenario(
      's.yaml',
      spoiled(
        'solvers:\n',
        `markets:\n  pool: { ${good}, venues: 2 }\narbitrageurs:\n  arb: { ${text} }\nsolvers:\n`,
      ),
    )

  it('is taken with two venues of one pair', () => {
    expect(load('inventory: { arbitrum: { ETH: "1" } }')).not.toThrow()
  })

  it.each([
    ['markets: [pool-1, pol-2], inventory: {}', 'Did you mean pool-2?'],
    ['markets: [pool-1, pool-1], inventory: { arbitrum: { ETG: "1" } }', 'Did you mean ETH?'],
    ['markets: [pool-1], inventory: {}', 'markets'],
  ])('is refused: %s', (text, reason) => {
    expect(load(text)).toThrow(reason)
  })

  it.each([
    ['stablecoins: [usd], inventory: {}', 'Did you mean ust?'],
    ['stablecoins: [ust], markets: [curve, curve], inventory: {}', 'what ust gives is sold on luna-usdc'],
    ['stablecoins: [ust], markets: [luna-usdc, luna-usdc], inventory: {}', 'there is nowhere to buy UST'],
  ])('is refused on a peg that it cannot trade on: %s', (text, reason) => {
    const file = new URL('../../../../configs/scenarios/derivatives/stablecoin-peg.yaml', import.meta.url)
    const spoilt = readFileSync(file, 'utf8').replace(/bridge: \{ stablecoins.*\}/, `bridge: { ${text} }`)
    expect(() => loadScenario('s.yaml', new TextEncoder().encode(spoilt))).toThrow(reason)
  })

  it('is refused when no two of its markets trade the same', () => {
    const markets = `markets:\n  pool: { ${good} }\n  usd: { ${good.replace('rsETH: "10"', 'USDC: "10"')} }\n`
    const text = `${markets}arbitrageurs:\n  arb: { inventory: {} }\nsolvers:\n`
    expect(() => loadScenario('s.yaml', spoiled('solvers:\n', text))).toThrow('nothing to trade between')
  })
})
