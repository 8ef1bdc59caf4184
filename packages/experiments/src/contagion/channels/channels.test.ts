// Each channel alone: the run with it closed beside the run with all of them open, on the same seed.
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../scenario/load-scenario.ts'
import { creditScenario } from '../credit-network.testing.ts'
import { lossSheet, totalLoss } from '../loss-sheet.ts'
import { calm, drawn } from '../shock.ts'
import { Trials } from '../trial.ts'
import { channels, channelsOf } from './channels.ts'

// Whoever flees sells 40 of her 50 wrapped coins into a pair of 50 against 105,000; the price falls to 105,000 · 50 / 90² = 648.
const scenario = drawn(loadScenario('credit.yaml', creditScenario('falling')).scenario, 7)
const trials = new Trials(() => {})
const shocked = trials.run(scenario, 7)

function closed(name: string) {
  const channel = channels.find((each) => each.name === name)!
  expect(channelsOf(scenario, shocked)).toContain(channel)
  const changed = channel.close(scenario, shocked)
  const after = trials.run(changed, 7)
  const payers = new Set(channel.pays === undefined ? [] : [channel.pays])
  return { after, sheet: lossSheet(trials.run(calm(changed), 7), after, payers) }
}

const liquidations = ({ report }: typeof shocked) =>
  report.lending.reduce((sum, each) => sum + each.liquidations, 0)
const lowest = ({ report }: typeof shocked) =>
  Number(report.markets[0]!.lowX96) / Number(report.markets[0]!.firstX96)

describe('channels of markets and credit', () => {
  it('with all of them open a flight becomes a low price, and that a loan that is called', () => {
    expect(lowest(shocked)).toBeLessThan(0.35)
    expect(liquidations(shocked)).toBe(1)
    expect(channelsOf(scenario, shocked).map(({ name }) => name)).toEqual([
      ...[
        'backing',
        'price',
        'collateral',
        'liquidation',
        'market-depth',
        'receivables',
        'intents',
        'other-chains',
      ],
    ])
  })

  it('price: nobody flees, and no loan is called', () => {
    const { after } = closed('price')
    expect(lowest(after)).toBe(1)
    expect(liquidations(after)).toBe(0)
    // What is told is what the world outside pays.
    expect(after.report.oracles.find(({ id }) => id === 'rs-usd')!.priceE8).toBe(2_100_00000000n)
  })

  it('collateral: no debt is bad', () => {
    const { sheet, after } = closed('collateral')
    expect(after).toBe(shocked)
    expect(sheet['bad-debt']).toBe(0n)
    expect(lossSheet(trials.run(calm(scenario), 7), shocked)['bad-debt']).toBeGreaterThan(10_000_00000000n)
  })

  it('liquidation: the price falls as far, and nobody calls the loan', () => {
    const { after } = closed('liquidation')
    expect(lowest(after)).toBe(lowest(shocked))
    expect(liquidations(after)).toBe(0)
  })

  it('market-depth: the price falls less far when providers stay', () => {
    const { after } = closed('market-depth')
    expect(lowest(after)).toBeGreaterThan(1.5 * lowest(shocked))
  })

  it('other-chains: arbitrageurs stand aside', () => {
    const traded = (trial: typeof shocked) =>
      trial.report.actors.find(({ node }) => node === 'arb')!.transactions
    expect(traded(shocked)).toBeGreaterThan(0)
    expect(traded(closed('other-chains').after)).toBe(0)
  })

  // 400 of 1,000 wrapped coins at 2,100 are gone; sales, seizures and debts only move that from one to another. Gas is the rest.
  it('who loses changes with what is closed, and all of it together stays what the lock has lost', () => {
    const open = lossSheet(trials.run(calm(scenario), 7), shocked)
    const { sheet } = closed('liquidation')
    expect(sheet.traders - open.traders).toBeGreaterThan(1_000_00000000n)
    for (const each of [open, sheet]) expect(Number(totalLoss(each)) / 1e8 / 840_000).toBeCloseTo(1, 4)
  })
})
