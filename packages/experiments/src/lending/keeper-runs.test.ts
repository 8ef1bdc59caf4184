// Keepers in runs: priced out by gas, short of money, and robbed of a liquidation by a re-org. Each is the committed liquidation
// with one thing changed: 75,000 repaid at 1,750 seize 45 ETH, and the bonus of 5 % is what there is to earn.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runScenario } from '../run/run-scenario.ts'
import { loadScenario } from '../scenario/load-scenario.ts'

const textOf = (name: string): string =>
  readFileSync(new URL(`../../../../configs/scenarios/lending/${name}.yaml`, import.meta.url), 'utf8')
type Change = readonly [piece: string, by: string]

const runWith = (...changes: readonly Change[]) => runFile('liquidation', changes)

async function runFile(name: string, changes: readonly Change[]) {
  const text = textOf(name)
  const changed = changes.reduce((each, [piece, by]) => {
    expect(each).toContain(piece)
    return each.replaceAll(piece, by)
  }, text)
  const loaded = loadScenario(`${name}.yaml`, new TextEncoder().encode(changed))
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  expect(summary.invariants.broken).toEqual([])
  const dollars = summary.lending.find(({ id, asset }) => id === 'main' && asset === 'USDC')
  const [ethereum] = summary.chains
  const revertsOf = (id: string) => summary.actors.find((actor) => actor.id === id)?.reverts
  return { dollars, ethereum, revertsOf, unhealthy: summary.lendingPools[0]?.liquidatable }
}

describe('keepers', () => {
  // 400,000 gas at 10,000 gwei are 4 ETH, 7,000 dollars; the bonus less the pool's part and slippage is below 3,000.
  it('leave a liquidation alone whose gas costs more than it brings', async () => {
    const { dollars, unhealthy, ethereum } = await runWith(['baseFeeGwei: "1.5"', 'baseFeeGwei: "10000"'])
    expect(dollars?.liquidations).toBe(0)
    expect(unhealthy).toBe(1)
    expect(ethereum?.reverts).toEqual([])
  })

  it('repay no more than they have, 10,000 each, and the account stays unhealthy', async () => {
    const { dollars, unhealthy } = await runWith(['USDC: "200000" }', 'USDC: "10000" }'])
    expect(dollars?.repaid).toBe('20000000000')
    expect(dollars?.liquidations).toBe(2)
    expect(unhealthy).toBe(1)
  })

  it('liquidate again what a re-org takes back, and nobody is liquidated twice', async () => {
    const reorg = 'faults:\n  - { kind: reorg, atSeconds: 340, chain: ethereum, depth: 1 }\n\nexpectations:\n'
    const { dollars, unhealthy, ethereum } = await runWith(['expectations:\n', reorg])
    expect(ethereum?.orphaned).toBe(1)
    expect(dollars?.liquidations).toBe(1)
    expect(unhealthy).toBe(0)
  })

  // 12,500, the least part of its capital that it tries, buys 7 ETH with the bonus, for which a pair of 10 ETH pays half of that.
  it('leave alone what the market that they sell on cannot take', async () => {
    const { dollars, unhealthy } = await runFile('fire-sale', [
      ['ETH: "1000", USDC: "2000000"', 'ETH: "10", USDC: "20000"'],
      ['amount: "40"', 'amount: "0.4"'],
    ])
    expect(dollars?.liquidations).toBe(0)
    expect(unhealthy).toBe(1)
  })

  const TOO_LATE = { 'health-factor-not-below-threshold': 1 }

  it('are front-run by whoever reads their liquidation in the pool and pays more for the place', async () => {
    const { dollars, revertsOf } = await runFile('front-run-liquidation', [])
    expect(dollars?.liquidations).toBe(1)
    expect(revertsOf('generous')).toEqual(TOO_LATE)
    expect(revertsOf('outsider')).toEqual({})
  })

  // 2,590 are earned at most, of which 740 gwei for 400,000 gas are 518 and six times that 3,108.
  it.each([
    ['raises too much for what there is to earn', 'raiseBps: 1000', 'raiseBps: 50000'],
    ['wants more than there is to earn', 'slippageBps: 100, copies', 'slippageBps: 500, copies'],
    [
      'has nothing to repay with',
      'outsider: { chain: ethereum, holdings: { USDC: "200000" }',
      'outsider: { chain: ethereum',
    ],
  ])('keep what an outsider leaves alone that %s', async (_, piece, by) => {
    const { dollars, revertsOf, ethereum } = await runFile('front-run-liquidation', [[piece, by]])
    expect(dollars?.liquidations).toBe(1)
    expect(revertsOf('generous')).toEqual({})
    expect(ethereum?.reverts).toEqual([])
  })

  // Of a borrower who is nobody's find the outsider never hears: it watches no position.
  it('are all that an outsider lives on', async () => {
    const alone =
      '  generous: { chain: ethereum, holdings: { USDC: "200000" }, minProfit: "50", slippageBps: 100, bidShareBps: 2000 }\n'
    const { dollars, unhealthy } = await runFile('front-run-liquidation', [[alone, '']])
    expect(dollars?.liquidations).toBe(0)
    expect(unhealthy).toBe(1)
  })
})
