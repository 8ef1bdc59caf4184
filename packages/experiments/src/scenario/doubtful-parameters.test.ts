// What is allowed and yet a mistake more often than not: a warning says why.
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const FINALITY = 'finality: finalized'
const CLAIMS = 'assets:\n      rsETH: { home: ethereum, claims: { arbitrum: "1000" } }'
const FAULT = '{ kind: pause, atSeconds: 100, bridge: hub, authority: issuer }'

function warned(piece: string, by: string): string[] {
  return loadScenario('small.yaml', spoiled(piece, by)).warnings.map(({ rule, path }) => `${rule} ${path}`)
}

describe('a warning is given for', () => {
  it.each([
    ['a bridge that pays for unsafe blocks', FINALITY, 'finality: unsafe', 'finality bridges.hub.finality'],
    [
      'a limiter whose window is 0',
      FINALITY,
      `${FINALITY}\n    limiter: { chains: { arbitrum: { single: "0", window: "0" } }, floors: { rsETH: "2100" } }`,
      'B-5 bridges.hub.limiter.chains.arbitrum.window',
    ],
    [
      'a cap of 0',
      FINALITY,
      `${FINALITY}\n    withdrawalCap: { rsETH: "0" }`,
      'B-5 bridges.hub.withdrawalCap.rsETH',
    ],
    [
      'a departure limit of 0',
      FINALITY,
      `${FINALITY}\n    departureLimits: [{ asset: rsETH, from: arbitrum, to: ethereum, capacity: "0", perSecond: "1" }]`,
      'B-5 bridges.hub.departureLimits[0]',
    ],
    [
      'a departure limit that never comes back',
      FINALITY,
      `${FINALITY}\n    departureLimits: [{ asset: rsETH, from: arbitrum, to: ethereum, capacity: "1", perSecond: "0" }]`,
      'B-5 bridges.hub.departureLimits[0]',
    ],
    [
      'pools without cash',
      `${FINALITY}\n    ${CLAIMS}`,
      `${FINALITY}\n    custody: { kind: pool, fee: { kink: "0.8", r0: "0", r1: "0.04", r2: "0.6" } }\n    assets:\n      rsETH: { home: ethereum, liquidity: { ethereum: "0", arbitrum: "0" } }`,
      'B-6 bridges.hub.assets.rsETH.liquidity',
    ],
    [
      'a wrong root that nobody looks at',
      FAULT,
      '{ kind: invalid-root, atSeconds: 100, chain: arbitrum }',
      'T-6 chains.arbitrum.challengers.count',
    ],
  ])('%s', (_what, piece, by, warning) => {
    expect(warned(piece, by)).toContain(warning)
  })

  it('nothing of this in a scenario without doubts', () => {
    expect(loadScenario('small.yaml', spoiled('some order', 'any order')).warnings).toEqual([])
  })
})
