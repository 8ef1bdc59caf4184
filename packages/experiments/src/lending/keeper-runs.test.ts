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
  return { dollars, ethereum, unhealthy: summary.lendingPools[0]?.liquidatable }
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
})
