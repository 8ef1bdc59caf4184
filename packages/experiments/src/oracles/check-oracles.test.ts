// What is wrong with oracles of a scenario.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { creditScenario } from '../contagion/credit-network.testing.ts'
import { loadScenario } from '../scenario/load-scenario.ts'

const text = new TextDecoder().decode(creditScenario('falling'))
const load = (from: string, to: string) =>
  loadScenario('credit.yaml', new TextEncoder().encode(text.replace(from, to)))

describe('a feed whose reporters look at a market', () => {
  it.each([
    ['no market of that name', 'deviationBps: 50, market: pair', 'deviationBps: 50, market: par'],
    [
      'a market of another chain',
      'pair: { kind: constant-product, chain: arbitrum',
      'pair: { kind: constant-product, chain: ethereum',
    ],
    [
      'a market that does not trade the asset',
      'asset: rsETH, heartbeatSeconds',
      'asset: ETH, heartbeatSeconds',
    ],
  ])('is refused with %s', (_, from, to) => {
    expect(text).toContain(from)
    expect(() => load(from, to)).toThrow(/market on arbitrum that trades/)
  })

  it('is taken with a market that trades it there', () => {
    expect(load('x-not-there', '').scenario.oracles?.['rs-usd']).toMatchObject({ market: 'pair' })
  })
})

describe('a price in the code', () => {
  it.each([
    ['the price that the asset has', { price: '2' }, []],
    ['a price within a tenth of it', { price: '2.15' }, []],
    ['nothing, which is 1 for an asset at 2', {}, ['peg-off-price']],
    ['a price beyond that', { price: '1.7' }, ['peg-off-price']],
  ])('is warned about when it is far from the asset: %s', (_, price, rules) => {
    const pegs = {
      ...{ name: 'pegs', title: 'pegs', start: '2026-01-01T00:00:00Z', durationSeconds: 60, seed: 1 },
      assets: { ETH: { decimals: 18, price: '2000' }, COIN: { decimals: 18, price: '2' } },
      chains: { ethereum: { kind: 'l1', id: 1, slotMs: 12_000, epochSlots: 32 } },
      oracles: { pegged: { kind: 'peg', chain: 'ethereum', asset: 'COIN', ...price } },
      ...{ auctioneers: 0, solvers: {} },
    }
    const { warnings } = loadScenario('pegs.yaml', new TextEncoder().encode(JSON.stringify(pegs)))
    expect(warnings.map(({ rule }) => rule)).toEqual(rules)
  })
})

describe('an average of a pair', () => {
  const file = fileURLToPath(new URL('../../../../configs/scenarios/oracle/twap.yaml', import.meta.url))
  const plain = readFileSync(file, 'utf8')
  const change = (from: string, to: string) => {
    expect(plain).toContain(from)
    return () => loadScenario('twap.yaml', new TextEncoder().encode(plain.replaceAll(from, to)))
  }

  it.each([
    [
      'of a market that is not there',
      'coin-usdc, of: usdc-usd',
      'coin-usd, of: usdc-usd',
      /constant-product or concentrated market/,
    ],
    [
      'of a stable pool',
      '    kind: constant-product',
      '    kind: stable-swap',
      /constant-product or concentrated market/,
    ],
    [
      'of an asset that the pair does not trade',
      'kind: twap, chain: ethereum, asset: COIN',
      'kind: twap, chain: ethereum, asset: ETH',
      /trades ETH/,
    ],
    ['that rests on itself', 'of: usdc-usd', 'of: coin-twap', /oracle on ethereum/],
    [
      'that nobody takes',
      'kind: feed, chain: ethereum, asset: COIN, market: coin-usdc, heartbeatSeconds: 3600, deviationBps: 50',
      'kind: peg, chain: ethereum, asset: COIN',
      /an average that nobody takes/,
    ],
    ['without a window', 'windowSeconds: 1800', 'windowSeconds: 0', /windowSeconds/],
  ])('is refused %s', (_, from, to, message) => {
    expect(change(from, to)).toThrow(message)
  })
})

describe('a measure of the network', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../../../configs/scenarios/derivatives/${name}.yaml`, import.meta.url), 'utf8')
  const [lenders, bridge] = [read('cover-systemic'), read('cover-backing')]

  it.each([
    [
      'of pools that are not there',
      lenders,
      'pools: [lake, sea] }, rep',
      'pools: [lake, see] }, rep',
      /lending pool \(got see/,
    ],
    [
      'that counts a pool twice',
      lenders,
      'pools: [lake, sea] }, rep',
      'pools: [sea, sea] }, rep',
      /counted already/,
    ],
    [
      'with more reports than reporters',
      lenders,
      'reporters: 3',
      'reporters: 3, quorum: 4',
      /more reports than/,
    ],
    ['of a bridge that is not there', bridge, 'bridge: hub }', 'bridge: hubs }', /bridge whose assets.*hub/s],
    [
      'as the price of a reserve',
      lenders,
      '      ETH: { oracle: eth-usd,',
      '      ETH: { oracle: soundness,',
      /price oracle on ethereum/,
    ],
    [
      'that is to fall below more than one',
      lenders,
      'oracle: soundness, level: "0.95"',
      'oracle: soundness, level: "1.01"',
      /never above 1/,
    ],
    [
      'that nothing is measured of',
      lenders,
      '{ of: standing, pools: [lake, sea] }',
      '{ of: standing }',
      /pools/,
    ],
  ])('is refused %s', (_, text, from, to, message) => {
    expect(text).toContain(from)
    expect(() => loadScenario('a.yaml', new TextEncoder().encode(text.replace(from, to)))).toThrow(message)
  })
})
