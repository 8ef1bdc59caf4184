// A clearing house that trades at another price, liquidates who is healthy, or asks for too little margin (V-3), on a real chain under audit.
import { contractAddress, derivativeAddress } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, ORIGIN, usdc } from './audited-network.ts'

const house = derivativeAddress('perpetual', 'house')
const feed = contractAddress('oracle', 'sol')
const sol = { house, perpetual: 'sol', margin: 'cross' } as const

/** Alice goes long of 600 on 7,000, which is 11 %, and half of it back; 10,000 · 1,000,000 of virtual reserves. */
function run(
  rules: Partial<SettlementRules> = {},
  isLiquidated = false,
  index = 10_000_000_000n,
): AuditedNetwork {
  const network = new AuditedNetwork({
    rules,
    contracts: {
      oracles: [
        {
          name: 'sol',
          address: feed,
          chainId: ORIGIN,
          symbol: 'SOL',
          source: { kind: 'peg', priceE8: index },
        },
      ],
      derivatives: [
        {
          kind: 'perpetual',
          name: 'house',
          address: house,
          chainId: ORIGIN,
          token: usdc,
          fund: 0n,
          markets: [
            {
              name: 'sol',
              index: { oracle: feed, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
              startPriceE8: 10_000_000_000n,
              venue: { kind: 'virtual-amm', depth: 1_000_000n },
              baseUnit: 1n,
              quoteUnit: 1n,
              initialMarginBps: 1_000n,
              maintenanceMarginBps: 625n,
              dynamicMargin: { decayBps: 9_400n, deviationsE2: 233n, horizon: 4n, capBps: 5_000n },
              tradeFeeBps: 10n,
              liquidationFeeBps: 125n,
              mark: 'venue',
              funding: { intervalSeconds: 28_800, interestE18: 0n, clampE18: 0n, capE18: 0n },
            },
          ],
        },
      ],
    },
  })
  network.done(ORIGIN, 'alice', { kind: 'deposit-margin', ...sol, amount: 7_000n })
  network.done(ORIGIN, 'alice', { kind: 'trade-perpetual', ...sol, units: 600n, minCash: null })
  if (isLiquidated)
    network.call(ORIGIN, 'alice', { kind: 'liquidate-perpetual', ...sol, owner: address('alice') })
  network.done(ORIGIN, 'alice', { kind: 'trade-perpetual', ...sol, units: -300n, minCash: null })
  return network
}

const trade = settlementRules.tradePerpetual

describe('a clearing house under audit', () => {
  it('breaks nothing by its rules, and refuses to liquidate who has enough', () => {
    const network = run({}, true)
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-3')).toBeGreaterThan(5)
  })

  it('is caught when it keeps a unit of cash for itself', () => {
    const dear: SettlementRules['tradePerpetual'] = (...asked) => {
      const done = trade(...asked)
      return done.status === 'refused' ? done : { ...done, leg: { ...done.leg, cash: done.leg.cash - 1n } }
    }
    expect(run({ tradePerpetual: dear }).broken()).toEqual(['V-3'])
  })

  it('is caught when it waives its fee', () => {
    const waived: SettlementRules['tradePerpetual'] = (...asked) => {
      const done = trade(...asked)
      return done.status === 'refused' ? done : { ...done, fee: 0n }
    }
    expect(run({ tradePerpetual: waived }).broken()).toEqual(['V-3'])
  })

  it('is caught when it lets somebody open on too little', () => {
    const lax: SettlementRules['tradePerpetual'] = (market, ...asked) =>
      trade(
        {
          ...market,
          rules: new Map(
            [...market.rules].map(([name, { dynamicMargin: _, ...rules }]) => [
              name,
              { ...rules, initialMarginBps: 1n },
            ]),
          ),
        },
        ...asked,
      )
    expect(run({ tradePerpetual: lax }).broken()).toEqual([])
    const network = run({ tradePerpetual: lax })
    // 300 more on top of 300: more than a tenth of it is not there.
    network.done(ORIGIN, 'alice', { kind: 'trade-perpetual', ...sol, units: 700n, minCash: null })
    expect(network.broken()).toEqual(['V-3'])
  })

  it('is caught when it liquidates who has enough', () => {
    const eager: SettlementRules['liquidatePerpetual'] = (market, ...asked) =>
      settlementRules.liquidatePerpetual(
        {
          ...market,
          rules: new Map(
            [...market.rules].map(([name, rules]) => [name, { ...rules, maintenanceMarginBps: 9_999n }]),
          ),
        },
        ...asked,
      )
    const network = run({ liquidatePerpetual: eager })
    network.done(ORIGIN, 'alice', { kind: 'liquidate-perpetual', ...sol, owner: address('alice') })
    expect(network.broken()).toEqual(['V-3'])
  })

  it('is caught when its margins do not follow the index as its rules say', () => {
    // The index is a fifth above the price at which the market began.
    const late = (rules: Partial<SettlementRules>) => {
      const network = run(rules, false, 12_000_000_000n)
      network.done(ORIGIN, 'alice', { kind: 'pay-funding', house, perpetual: 'sol' }, 28_860)
      return network.broken()
    }
    const sleepy: SettlementRules['payFunding'] = (market, name, moment) => {
      const { variance } = market.markets.get(name)!
      const paid = settlementRules.payFunding(market, name, moment)
      market.markets.set(name, { ...market.markets.get(name)!, variance })
      return paid
    }
    expect(late({})).toEqual([])
    expect(late({ payFunding: sleepy })).toEqual(['V-3'])
  })
})
