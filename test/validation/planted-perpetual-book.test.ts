// A clearing house on an order book that fills whom it likes, waives its fee, asks for too little margin or liquidates who is healthy (V-3), on a
// real chain under audit.
import { contractAddress, derivativeAddress, timesInForce } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, ORIGIN, usdc } from './audited-network.ts'

const house = derivativeAddress('perpetual', 'house')
const feed = contractAddress('oracle', 'sol')
const sol = { house, perpetual: 'sol', margin: 'cross' } as const
const order = { kind: 'order-perpetual', ...sol, timeInForce: 'good-till-cancelled' } as const

/** Atlas offers 5 at 101 twice over and Alice takes 8, of both; a lot is one unit, a tick one coin; margins as in the house on a virtual market maker. */
function run(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const network = new AuditedNetwork({
    rules,
    contracts: {
      oracles: [
        {
          ...{ name: 'sol', address: feed, chainId: ORIGIN, symbol: 'SOL' },
          source: { kind: 'peg', priceE8: 10_000_000_000n },
        },
      ],
      derivatives: [
        {
          ...{ kind: 'perpetual', name: 'house', address: house, chainId: ORIGIN, token: usdc, fund: 0n },
          markets: [
            {
              name: 'sol',
              index: { oracle: feed, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
              ...{ startPriceE8: 10_000_000_000n, baseUnit: 1n, quoteUnit: 1n },
              venue: { kind: 'order-book', lotUnits: 1n, tickCash: 1n },
              ...{ initialMarginBps: 1_000n, maintenanceMarginBps: 625n },
              ...{ tradeFeeBps: 10n, liquidationFeeBps: 125n, mark: 'venue' },
              funding: { intervalSeconds: 28_800, interestE18: 0n, clampE18: 0n, capE18: 0n },
            },
          ],
        },
      ],
    },
  })
  for (const owner of ['alice', 'atlas'])
    network.done(ORIGIN, owner, { kind: 'deposit-margin', ...sol, amount: 1_000n })
  for (const _ of [1, 2]) network.done(ORIGIN, 'atlas', { ...order, side: 'sell', priceTicks: 101, lots: 5n })
  network.done(ORIGIN, 'alice', { ...order, side: 'buy', priceTicks: 101, lots: 8n })
  return network
}

const place = settlementRules.placePerpetualOrder

describe('a clearing house on an order book under audit', () => {
  it('breaks nothing by its rules, and refuses to liquidate who has enough', () => {
    const network = run()
    network.done(ORIGIN, 'atlas', { kind: 'cancel-perpetual-orders', ...sol })
    const liquidate = { kind: 'liquidate-perpetual', ...sol, owner: address('alice') } as const
    expect(network.call(ORIGIN, 'atlas', liquidate)?.reason).toBe('margin-sufficient')
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-3')).toBeGreaterThan(10)
  })

  it('breaks nothing in whatever three traders do', () => {
    const network = run()
    network.done(ORIGIN, 'borealis', { kind: 'deposit-margin', ...sol, amount: 500n })
    // Numerical Recipes' congruential generator, its upper bits.
    let state = 1n
    const below = (bound: number): number => {
      state = (state * 1_664_525n + 1_013_904_223n) % 2n ** 32n
      return Number((state >> 8n) % BigInt(bound))
    }
    const seen = new Set<string>()
    for (let turn = 0; turn < 300; turn++) {
      // Quotes go up and down by a third.
      const level = turn % 60 < 30 ? 95 : 65
      const who = ['alice', 'atlas', 'borealis'][below(3)]!
      const owner = address(['alice', 'atlas', 'borealis'][below(3)]!)
      const orders = timesInForce.map((timeInForce) => ({ ...order, timeInForce }))
      const terms = {
        side: (['buy', 'sell'] as const)[below(2)]!,
        priceTicks: level + below(12),
        lots: BigInt(1 + below(60)),
      }
      const call = [
        ...orders.map((each) => ({ ...each, ...terms })),
        { ...order, ...terms },
        { kind: 'cancel-perpetual-orders' as const, ...sol },
        { kind: 'withdraw-margin' as const, ...sol, amount: BigInt(1 + below(100)) },
        { kind: 'liquidate-perpetual' as const, ...sol, owner },
        { kind: 'liquidate-perpetual' as const, ...sol, owner },
      ][below(9)]!
      const { events } = network.call(ORIGIN, who, call)
      for (const event of events) {
        seen.add(event.kind)
        if (event.kind === 'perpetual-liquidated' && event.fills.length > 0) seen.add('into the book')
        if (event.kind === 'perpetual-liquidated' && event.deleveraged.length > 0) seen.add('deleveraged')
      }
    }
    expect(network.broken()).toEqual([])
    expect([...seen].sort()).toEqual([
      'deleveraged',
      'into the book',
      'margin-moved',
      'perpetual-liquidated',
      'perpetual-order-placed',
      'perpetual-orders-cancelled',
    ])
  })

  it('is caught when it fills who came later first', () => {
    const unfair: SettlementRules['placePerpetualOrder'] = (...asked) => {
      const done = place(...asked)
      return done.status === 'refused' ? done : { ...done, fills: [...done.fills].reverse() }
    }
    expect(run({ placePerpetualOrder: unfair }).broken()).toEqual(['V-3'])
  })

  it('is caught when it fills at another price than who waited asked', () => {
    const dear: SettlementRules['placePerpetualOrder'] = (...asked) => {
      const done = place(...asked)
      if (done.status === 'refused') return done
      return { ...done, fills: done.fills.map((fill) => ({ ...fill, priceTicks: fill.priceTicks + 1 })) }
    }
    expect(run({ placePerpetualOrder: dear }).broken()).toEqual(['V-3'])
  })

  it('is caught when it waives its fee', () => {
    const waived: SettlementRules['placePerpetualOrder'] = (...asked) => {
      const done = place(...asked)
      return done.status === 'refused' ? done : { ...done, fee: 0n }
    }
    expect(run({ placePerpetualOrder: waived }).broken()).toEqual(['V-3'])
  })

  it('is caught when it lets somebody order on too little', () => {
    const lax: SettlementRules['placePerpetualOrder'] = (market, ...asked) =>
      place(
        {
          ...market,
          rules: new Map(
            [...market.rules].map(([name, rules]) => [name, { ...rules, initialMarginBps: 1n }]),
          ),
        },
        ...asked,
      )
    const network = run({ placePerpetualOrder: lax })
    expect(network.broken()).toEqual([])
    // 150 at 100: a tenth is 1,500, and there are about 1,000.
    network.done(ORIGIN, 'alice', { ...order, side: 'buy', priceTicks: 100, lots: 150n })
    expect(network.broken()).toEqual(['V-3'])
  })

  it('is caught when it liquidates who has enough', () => {
    const eager: SettlementRules['liquidatePerpetual'] = (market, ...asked) =>
      settlementRules.liquidatePerpetual(
        {
          ...market,
          rules: new Map(
            [...market.rules].map(([name, rules]) => [name, { ...rules, maintenanceMarginBps: 10n ** 9n }]),
          ),
        },
        ...asked,
      )
    const network = run({ liquidatePerpetual: eager })
    network.done(ORIGIN, 'atlas', { kind: 'liquidate-perpetual', ...sol, owner: address('alice') })
    expect(network.broken()).toEqual(['V-3'])
  })

  it('is caught when a liquidation passes over the best bid', () => {
    const blind: SettlementRules['liquidatePerpetual'] = (...asked) => {
      const done = settlementRules.liquidatePerpetual(...asked)
      return done.status === 'refused' ? done : { ...done, fills: done.fills.slice(1) }
    }
    const fallen = (rules: Partial<SettlementRules>) => {
      const network = run(rules)
      // Alice goes long of 78 at 101 on 1,000. Bids come down to 93 and offers to 94: 78 · 7.5 lost, some 400 left, and 78 · 93.5 · 6.25 % = 456 needed.
      network.done(ORIGIN, 'atlas', { kind: 'deposit-margin', ...sol, amount: 5_000n })
      network.done(ORIGIN, 'atlas', { ...order, side: 'sell', priceTicks: 101, lots: 72n })
      network.done(ORIGIN, 'alice', { ...order, side: 'buy', priceTicks: 101, lots: 70n })
      network.done(ORIGIN, 'atlas', { kind: 'cancel-perpetual-orders', ...sol })
      for (const priceTicks of [93, 92])
        network.done(ORIGIN, 'atlas', { ...order, side: 'buy', priceTicks, lots: 40n })
      network.done(ORIGIN, 'atlas', { ...order, side: 'sell', priceTicks: 94, lots: 1n })
      network.done(ORIGIN, 'atlas', { kind: 'liquidate-perpetual', ...sol, owner: address('alice') })
      return network.broken()
    }
    expect(fallen({})).toEqual([])
    expect(fallen({ liquidatePerpetual: blind })).toEqual(['V-3'])
  })
})
