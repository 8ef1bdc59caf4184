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
