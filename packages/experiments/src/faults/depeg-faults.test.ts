import { marketAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { accountOf } from '../assembly/addresses.ts'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'
import { drawFaults } from './draw-faults.ts'

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

function salesOf(fault: string) {
  const { scenario, hash } = load(fault, WIDE)
  return assemble({ scenario, hash, seed: 7, signatures: 'stand-in' }).faults.map(({ atMs, fault: item }) => {
    const { to, message } = item as never as {
      to: string
      message: { chainId: number; call: { market: string; amountIn: bigint; recipient: string } }
    }
    return { atMs, to, chainId: message.chainId, ...message.call }
  })
}

describe('a wrapped asset that loses its peg', () => {
  it('is sold by its holder in every pool of a wrap, and nowhere else', () => {
    const sales = salesOf('bridge: hub, seller: holder, bps: -3600')
    expect(sales.map(({ market }) => market)).toEqual([marketAddress('pair'), marketAddress('turned')])
    for (const { atMs, to, chainId, recipient } of sales)
      expect([atMs, to, chainId, recipient]).toEqual([50_000, 'holder', 42161, accountOf('7', 'holder')])
    // Without a fee a pair's price is y/x with xy constant: 64 % of it at x / √0.64 = 125, whichever way round its assets stand.
    for (const { amountIn } of sales) expect(Number(amountIn) / 1e18).toBeCloseTo(25, 9)
  })

  it('in waves falls by an equal part of the price in each', () => {
    const sales = salesOf('bridge: hub, asset: rsETH, seller: holder, bps: -3600, waves: 2, everySeconds: 30')
    expect(sales.map(({ atMs }) => atMs)).toEqual([50_000, 50_000, 80_000, 80_000])
    // 82 % at 100 / √0.82 = 110.4315.
    expect(Number(sales[0]!.amountIn) / 1e18).toBeCloseTo(100 / Math.sqrt(0.82) - 100, 9)
    expect(Number(sales[0]!.amountIn + sales[2]!.amountIn) / 1e18).toBeCloseTo(25, 9)
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
    ['bridge: hub, seller: holder, bps: -3600', 'no sale moves the pool so far (got -3600 at narrow'],
  ])('is refused where it makes no sense: %s', (fault, complaint) => {
    expect(() => load(fault)).toThrow(complaint)
  })

  it('needs a seller who has enough, in all pools of a chain together, and somewhere to sell', () => {
    expect(() => load('bridge: hub, seller: poor, bps: -3500', WIDE)).not.toThrow()
    expect(() => load('bridge: hub, seller: poor, bps: -3700', WIDE)).toThrow(
      'faults[0].seller: the seller holds too little for such a fall (got 50 rsETH on arbitrum; allowed: at least 51.976',
    )
    const atHome = WIDE.replaceAll('chain: arbitrum, feeBps: "0"', 'chain: ethereum, feeBps: "0"')
    expect(() => load('bridge: hub, seller: holder, bps: -500', atHome)).toThrow(
      'no wrap of the bridge trades anywhere',
    )
  })
})
