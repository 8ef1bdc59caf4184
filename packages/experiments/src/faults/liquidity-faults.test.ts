import { marketAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO, spoiled } from '../scenario/small-scenario.testing.ts'
import { drawFaults } from './draw-faults.ts'
import { readFault } from './read-fault.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const RESERVES = 'kind: constant-product, chain: ethereum, reserves: { ETH: "100", USDC: "200000" }'
const PARTS = `markets:
  pair: { ${RESERVES}, provider: lara }
  split: { ${RESERVES}, provider: lara, venues: 2 }
  passive: { ${RESERVES} }
actors:
  lara: { steps: [] }
`

/** The small scenario with these markets and this fault. */
function load(fault: string) {
  const text = new TextDecoder().decode(spoiled(PAUSE, `  - { kind: withdraw-liquidity, ${fault} }\n`))
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace('solvers:\n', `${PARTS}solvers:\n`)))
}

describe('liquidity that is withdrawn', () => {
  it('is told to whoever provides: a part of what it has by then, of one venue where there are several', () => {
    const { scenario, hash } = load('atSeconds: 50, market: split-2, share: 0.25')
    const { faults } = assemble({ scenario, hash, seed: 7, signatures: 'stand-in' })
    const message = { kind: 'withdraw-depth', market: marketAddress('split-2'), partMillionths: 250_000 }
    const fault = { kind: 'control', to: 'lara', message }
    expect(faults).toEqual([{ atMs: 50_000, label: 'withdraw-liquidity split-2', fault }])
  })

  it('may be drawn, within what the catalogue has', () => {
    const { scenario } = load('atSeconds: 50, market: pair, share: { from: 0.1, to: 1 }')
    const shares = Array.from({ length: 20 }, (_, seed) => drawFaults(scenario, String(seed))[0]!.fault)
    const drawn = shares.map((fault) => (fault as { share: number }).share)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0.1)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1)
    expect(new Set(drawn).size).toBeGreaterThan(10)
  })

  it.each([
    [
      'market: pare',
      'faults[0].market: no such market (got pare; allowed: pair, split-1, split-2, passive). Did you mean pair?',
    ],
    ['market: split', 'no such market (got split'],
    ['market: passive', 'nobody can take its depth out (got passive of a passive account or a crowd'],
    ['market: pair, share: 0', 'faults[0].share: nothing is taken out (got 0'],
    ['market: pair, share: { from: 0, to: 1 }', 'nothing is taken out'],
    ['market: pair, share: 1.01', 'faults[0].share'],
    ['market: pair, actor: lara', 'unknown key'],
  ])('is refused where it makes no sense: %s', (fault, complaint) => {
    expect(() => load(`atSeconds: 50, ${fault}`)).toThrow(complaint)
  })

  it('is asked for in words in a running network', () => {
    const { scenario } = load('atSeconds: 50, market: pair')
    const read = (...settings: string[]) =>
      readFault(scenario, '7', { kind: 'withdraw-liquidity', settings, atSeconds: 99, label: 'now' }).fault
    expect(read('market=pair', 'share=0.5')).toMatchObject({ atSeconds: 99, market: 'pair', share: 0.5 })
    expect(() => read('market=passive')).toThrow('nobody can take its depth out')
  })

  it('needs a market', () => {
    const { scenario } = loadScenario('s.yaml', new TextEncoder().encode(SMALL_SCENARIO))
    const words = { kind: 'withdraw-liquidity', settings: ['market=pair'], atSeconds: 1, label: 'now' }
    expect(() => readFault(scenario, '7', words)).toThrow('none is defined')
  })
})
