import { contractAddress, marketAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'
import { drawFaults } from './draw-faults.ts'
import { marketsOfWraps } from './wrap-sales.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const PARTS = `markets:
  pair: { kind: constant-product, chain: arbitrum, feeBps: "0", reserves: { rsETH: "100", ETH: "105" } }
  turned: { kind: constant-product, chain: arbitrum, feeBps: "0", reserves: { ETH: "105", rsETH: "100" } }
  home: { kind: constant-product, chain: ethereum, reserves: { rsETH: "100", ETH: "105" } }
  other: { kind: constant-product, chain: arbitrum, reserves: { USDC: "100000", ETH: "50" } }
  narrow: { kind: concentrated, chain: arbitrum, reserves: { rsETH: "10", ETH: "10.5" }, ranges: [{ lower: "0.9", upper: "1.2", share: 1 }] }
actors:
  holder: { holdings: { arbitrum: { rsETH: "200" } }, steps: [] }
  poor: { holdings: { arbitrum: { rsETH: "50" } }, steps: [] }
`

function load(fault: string, parts = PARTS) {
  const text = new TextDecoder().decode(spoiled(PAUSE, `  - { kind: depeg, atSeconds: 50, ${fault} }\n`))
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace('solvers:\n', `${parts}solvers:\n`)))
}

/** Without the pool that has not the depth. */
const WIDE = PARTS.replace(/ {2}narrow.*\n/, '')

function ordersOf(fault: string) {
  const { scenario, hash } = load(fault, WIDE)
  return assemble({ scenario, hash, seed: 7, signatures: 'stand-in' }).faults.map(({ atMs, fault: item }) => {
    const { to, message } = item as never as { to: string; message: Record<string, unknown> }
    return { atMs, to, ...message }
  })
}

describe('a wrapped asset that loses its peg', () => {
  it('is sold by its holder in every pool of a wrap, and nowhere else', () => {
    const orders = ordersOf('bridge: hub, seller: holder, bps: -3600')
    const order = (market: string) => ({
      ...{ atMs: 50_000, to: 'holder', kind: 'press-price', fall: 'hub/50', market: marketAddress(market) },
      ...{ token: contractAddress('token', 'arbitrum/rsETH'), fromBps: 10_000n, toBps: 6_400n },
    })
    expect(orders).toEqual([order('pair'), order('turned')])
  })

  it('in waves falls by an equal part of the first price in each', () => {
    const orders = ordersOf(
      'bridge: hub, asset: rsETH, seller: holder, bps: -3600, waves: 2, everySeconds: 30',
    )
    expect(orders).toMatchObject([
      { atMs: 50_000, fromBps: 10_000n, toBps: 8_200n },
      { atMs: 50_000, fromBps: 10_000n, toBps: 8_200n },
      { atMs: 80_000, fromBps: 8_200n, toBps: 6_400n },
      { atMs: 80_000, fromBps: 8_200n, toBps: 6_400n },
    ])
  })

  it('knows the pools of wraps that an actor holds, or is to sell', () => {
    const { scenario } = load('bridge: hub, seller: holder, bps: -3600', WIDE)
    expect(marketsOfWraps(scenario, 'holder')).toEqual(['pair', 'turned'])
    expect(marketsOfWraps(scenario, 'poor')).toEqual(['pair', 'turned'])
    const bare = WIDE.replace('holdings: { arbitrum: { rsETH: "200" } }', 'holdings: {}')
    expect(
      marketsOfWraps(load('bridge: hub, seller: holder, bps: -500', bare).scenario, 'holder'),
    ).toHaveLength(2)
    expect(marketsOfWraps(load('bridge: hub, seller: poor, bps: -500', bare).scenario, 'holder')).toEqual([])
  })

  it('may be drawn, within what the catalogue has', () => {
    const { scenario } = load('bridge: hub, seller: holder, bps: { from: -6000, to: -100 }', WIDE)
    const falls = Array.from({ length: 20 }, (_, seed) => drawFaults(scenario, String(seed))[0]!.fault)
    const drawn = falls.map((fault) => (fault as { bps: number }).bps)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(-6_000)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(-100)
    expect(new Set(drawn).size).toBeGreaterThan(10)
  })

  it.each([
    ['bridge: hob, seller: holder, bps: -500', 'faults[0].bridge: no such bridge (got hob'],
    ['bridge: hub, asset: USDC, seller: holder, bps: -500', 'no such asset of the bridge (got USDC'],
    ['bridge: hub, seller: holdr, bps: -500', 'faults[0].seller: no such actor (got holdr'],
    ['bridge: hub, seller: holder, bps: 500', 'faults[0].bps'],
    ['bridge: hub, seller: holder, bps: -6001', 'faults[0].bps'],
  ])('is refused where it makes no sense: %s', (fault, complaint) => {
    expect(() => load(fault)).toThrow(complaint)
  })

  it('is doubtful where the seller has too little, in all pools of a chain together, or a pool too little depth', () => {
    const warned = (...args: Parameters<typeof load>) =>
      load(...args).warnings.filter(({ rule }) => rule === 'fault-reach')
    expect(warned('bridge: hub, seller: poor, bps: -3500', WIDE)).toEqual([])
    // Without a fee a pair's price is y/x with xy constant: 63 % of it at 100 / √0.63 = 125.988, in each of two pools.
    expect(warned('bridge: hub, seller: poor, bps: { from: -3700, to: -100 }', WIDE)).toMatchObject([
      { path: 'faults[0].seller', message: expect.stringContaining('such a fall takes 51.976') },
    ])
    expect(warned('bridge: hub, seller: holder, bps: -3600')).toMatchObject([
      { path: 'faults[0].bps', message: expect.stringContaining('no sale moves narrow so far (-3600 bps)') },
    ])
  })

  it('needs somewhere to sell', () => {
    const atHome = WIDE.replaceAll('chain: arbitrum, feeBps: "0"', 'chain: ethereum, feeBps: "0"')
    expect(() => load('bridge: hub, seller: holder, bps: -500', atHome)).toThrow(
      'no wrap of the bridge trades anywhere',
    )
  })
})
