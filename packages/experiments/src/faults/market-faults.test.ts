import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { spoiled } from '../scenario/small-scenario.testing.ts'

const PAUSE = '  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }\n'
const START_MS = Date.parse('2026-01-01T00:00:00Z')

/** The small scenario with this fault; `l1` and `rollup` are further keys of its chains. */
function load(fault: string, { l1 = '', rollup = '' } = {}) {
  const text = new TextDecoder()
    .decode(spoiled(PAUSE, `  - { ${fault} }\n`))
    .replace('kind: l1,', `kind: l1, ${l1}`)
    .replace('    slotMs: 1000\n', `    slotMs: 1000\n${rollup}`)
  return loadScenario('s.yaml', new TextEncoder().encode(text))
}

const MARKET = 'feeMarket: { kind: eip1559 },'
const SPIKE = 'kind: gas-spike, atSeconds: 50, chain: ethereum, times: 40, forSeconds: 60'

describe('a rush in a scenario', () => {
  it('is told to the producers of the chain: so many times the demand, until it ends', () => {
    const { scenario, hash } = load(SPIKE, { l1: MARKET })
    const { faults, spec } = assemble({ scenario, hash, seed: 7, signatures: 'stand-in' })
    const demand = { chainId: 1, resource: 'gas', percent: 4_000, untilMs: START_MS + 110_000 }
    expect(faults).toEqual([
      {
        atMs: 50_000,
        label: 'gas-spike ethereum',
        fault: { kind: 'control', to: 'seq-ethereum', message: { kind: 'market-demand', demand } },
      },
    ])
    // EIP-1559's parameters; the equilibrium is where the chain begins.
    const chain = spec.chains.find(({ chainId }) => chainId === 1)
    expect(chain?.feeMarket).toMatchObject({ elasticity: 2, denominator: 8 })
    expect(chain?.feeMarket?.equilibriumBaseFee).toBe(chain?.baseFee)
  })

  it.each([
    [SPIKE, {}, 'the base fee of the chain is constant (got ethereum'],
    [SPIKE, { l1: 'feeMarket: { kind: constant },' }, 'the base fee of the chain is constant'],
    [SPIKE.replace('ethereum', 'mars'), { l1: MARKET }, 'no such chain (got mars'],
    [SPIKE.replace('40', '501'), { l1: MARKET }, 'faults[0].times'],
    [SPIKE.replace('60', '59'), { l1: MARKET }, 'faults[0].forSeconds'],
    [SPIKE.replace('gas', 'blob'), { l1: MARKET }, 'the chain has no blobs (got ethereum'],
    [
      SPIKE.replace('gas', 'blob').replace('ethereum', 'arbitrum'),
      { l1: 'blobs: {},' },
      'the chain has no blobs (got arbitrum',
    ],
  ])('is refused where it makes no sense: %s %j', (fault, keys, complaint) => {
    expect(() => load(fault, keys)).toThrow(complaint)
  })

  it.each([
    [{ l1: 'feeMarket: { kind: eip1559, minBaseFeeGwei: "9" },' }, 'the base fee begins below its floor'],
    [{ l1: 'blobs: { targetBlobs: 7, maxBlobs: 6 },' }, 'a block takes less than its target'],
    [{ rollup: '    batchPolicy: { maxBlobFeeGwei: "1" }\n' }, 'the l1 chain has no blobs to wait for'],
    [{ l1: 'feeMarket: { kind: eip1559, denominator: 0 },' }, 'denominator'],
  ])('is refused on a market that cannot be: %j', (keys, complaint) => {
    expect(() => load(SPIKE, { ...keys })).toThrow(complaint)
  })
})
