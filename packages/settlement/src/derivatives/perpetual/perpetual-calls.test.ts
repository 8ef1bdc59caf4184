import {
  contractAddress,
  derivativeAddress,
  type NetworkSpec,
  type PerpetualMarketSpec,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, gas, genesisOf, network, ORIGIN, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const house = derivativeAddress('perpetual', 'house')
const feed = contractAddress('oracle', 'sol')
const market: PerpetualMarketSpec = {
  name: 'sol',
  index: { oracle: feed, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 12n },
  ...{
    startPriceE8: 10_000_000_000n,
    venue: { kind: 'virtual-amm', depth: 1_000_000n },
    baseUnit: 1n,
    quoteUnit: 1n,
  },
  ...{ initialMarginBps: 1_000n, maintenanceMarginBps: 625n, tradeFeeBps: 10n, liquidationFeeBps: 125n },
  mark: 'venue',
  funding: { intervalSeconds: 28_800, interestE18: 0n, clampE18: 0n, capE18: 10n ** 16n },
}
const spec: NetworkSpec = {
  ...network,
  oracles: [
    {
      name: 'sol',
      address: feed,
      chainId: ORIGIN,
      symbol: 'SOL',
      source: { kind: 'peg', priceE8: 10n ** 10n },
    },
  ],
  derivatives: [
    {
      ...{ kind: 'perpetual', name: 'house', address: house, chainId: ORIGIN, token: usdcOrigin },
      ...{ fund: 0n, markets: [market] },
    },
  ],
}
const sol = { house, perpetual: 'sol', margin: 'cross' } as const
const deposit = { kind: 'deposit-margin', ...sol, amount: 1_000n } as const
const buy = { kind: 'trade-perpetual', ...sol, units: 10n, minCash: null } as const
const open = () => createTestChain(ORIGIN, { spec, genesis: genesisOf(ORIGIN) })

describe('a clearing house on a chain', () => {
  test('holds the margin, and takes back whatever a refused command wrote', () => {
    const chain = open()
    chain.call('user', deposit)
    // 10 of a reserve of 10,000: ⌈10¹⁰ / 9,990⌉ − 10⁶ = 1,002, and a fee of a thousandth, rounded up.
    expect(chain.call('user', buy).events).toMatchObject([{ cash: -1_002n, fee: 2n, indexE8: 10n ** 10n }])
    expect(chain.engine.balance('POOL', house, usdcOrigin)).toBe(1_000n)
    const before = chain.engine.balances().filter(({ token }) => token !== gas)
    for (const [call, reason] of [
      [{ ...buy, units: 1_000n }, 'margin-short'],
      [{ ...buy, minCash: -1_000n }, 'worse-than-limit'],
      [{ ...buy, perpetual: 'eth' }, 'unknown-market'],
      [{ ...buy, house: feed }, 'unknown-derivative'],
      [{ kind: 'withdraw-margin', ...sol, amount: 950n }, 'margin-short'],
      [{ kind: 'pay-funding', house, perpetual: 'sol' }, 'too-early'],
      [{ kind: 'liquidate-perpetual', ...sol, owner: address('user') }, 'margin-sufficient'],
    ] as const)
      expect(chain.call('user', call).reason).toBe(reason)
    expect(chain.engine.balances().filter(({ token }) => token !== gas)).toEqual(before)
    // The way back brings exactly what the way there cost.
    expect(chain.call('user', { ...buy, units: -10n }).events).toMatchObject([{ cash: 1_002n }])
    expect(chain.call('user', { kind: 'withdraw-margin', ...sol, amount: 996n }).reason).toBeNull()
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    for (const each of [chain, never]) each.call('user', deposit, 2)
    chain.call('user', buy, 4)
    chain.engine.undo()
    chain.produce(6)
    never.call('user', buy, 6)
    for (const each of [chain, never])
      expect(each.call('user', { ...buy, units: -10n }, 8).events).toMatchObject([{ cash: 1_002n }])
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })

  test('asks for margins that follow the index, from one funding interval to the next', () => {
    const oracle = spec.oracles[0]!
    // The index stands at 120 where the market began at 100.
    const rules = { decayBps: 9_400n, deviationsE2: 233n, horizon: 4n, capBps: 5_000n }
    const moving: NetworkSpec = {
      ...spec,
      oracles: [{ ...oracle, source: { kind: 'peg', priceE8: 12_000_000_000n } }],
      derivatives: [
        {
          ...{ kind: 'perpetual', name: 'house', address: house, chainId: ORIGIN, token: usdcOrigin },
          ...{
            fund: 0n,
            markets: [{ ...market, funding: { ...market.funding, capE18: 0n }, dynamicMargin: rules }],
          },
        },
      ],
    }
    const chain = createTestChain(ORIGIN, { spec: moving, genesis: genesisOf(ORIGIN) })
    chain.call('user', { ...deposit, amount: 200n })
    expect(chain.call('user', buy).reason).toBeNull()
    // σ² = 0.06 · 0.2² = 0.0024; 2.33 · √(0.0024 · 4) = 22.83 %, rounded up to basis points: 2,283.
    const end = { kind: 'pay-funding', house, perpetual: 'sol' } as const
    expect(chain.call('user', end, 28_800).events).toMatchObject([{ initialMarginBps: 2_283n }])
    // 198 of margin under 1,002: enough for 10 %, not for 22.83 %.
    expect(chain.call('user', { ...buy, units: 1n }).reason).toBe('margin-short')
    // The maintenance margin is 62.5 % of it, 14.27 %, and 198 are more.
    const self = { kind: 'liquidate-perpetual', ...sol, owner: address('user') } as const
    expect(chain.call('rival', self).reason).toBe('margin-sufficient')
    chain.engine.undo()
    chain.engine.undo()
    chain.engine.undo()
    expect(chain.call('user', { ...buy, units: 1n }).reason).toBeNull()
  })

  test('trades on a book of its own, which is taken back with its block', () => {
    const onBook: NetworkSpec = {
      ...spec,
      derivatives: [
        {
          ...{
            kind: 'perpetual',
            name: 'house',
            address: house,
            chainId: ORIGIN,
            token: usdcOrigin,
            fund: 0n,
          },
          markets: [{ ...market, venue: { kind: 'order-book', lotUnits: 2n, tickCash: 2n } }],
        },
      ],
    }
    const openBook = () => createTestChain(ORIGIN, { spec: onBook, genesis: genesisOf(ORIGIN) })
    const [chain, never] = [openBook(), openBook()]
    const order = { kind: 'order-perpetual', ...sol, timeInForce: 'good-till-cancelled' } as const
    const sell = { ...order, side: 'sell', priceTicks: 100, lots: 5n } as const
    const take = { ...order, side: 'buy', priceTicks: 101, lots: 3n } as const
    for (const each of [chain, never]) {
      each.call('user', deposit, 2)
      each.call('rival', deposit, 4)
      expect(each.call('user', sell, 6).events).toMatchObject([{ limitId: 0, fills: [] }])
    }
    // 3 lots of 2 at 100: 600, and a thousandth of it.
    const fills = [{ limitId: 0, account: address('user'), priceTicks: 100, lots: 3n }]
    expect(chain.call('rival', take, 8).events).toMatchObject([{ limitId: 1, fills, fee: 1n }])
    chain.engine.undo()
    // The orphaned call waits for the next block, and meets what it met.
    chain.produce(10)
    expect(never.call('rival', take, 10).events).toMatchObject([{ limitId: 1, fills }])
    for (const each of [chain, never])
      expect(each.call('rival', { ...take, lots: 1n }, 12).events).toMatchObject([
        { limitId: 2, fills: [{ limitId: 0, lots: 1n }] },
      ])
    for (const [call, reason] of [
      [{ ...take, lots: 0n }, 'zero-amount'],
      [{ ...take, timeInForce: 'post-only' }, 'would-take'],
      [{ ...take, timeInForce: 'fill-or-kill' }, 'no-liquidity'],
      // 4 lots at 1,000: 10 % is 800, the loss against the mark of 100 is 7,200.
      [{ ...take, priceTicks: 1_000, lots: 4n }, 'margin-short'],
      [buy, 'wrong-venue'],
      [{ kind: 'withdraw-margin', ...sol, amount: 1_000n }, 'margin-short'],
      [{ kind: 'liquidate-perpetual', ...sol, owner: address('user') }, 'margin-sufficient'],
    ] as const)
      expect(chain.call('rival', call).reason).toBe(reason)
    // He has 8 long: a sale of 3 lots only closes, thirty such come to a short of 172, 18,920 at their limit, on 1,000.
    const close = { ...sell, priceTicks: 110, lots: 3n } as const
    const placed = Array.from({ length: 30 }, () => chain.call('rival', close).reason)
    expect([placed[0], placed[29]]).toEqual([null, 'margin-short'])
    const cancel = { kind: 'cancel-perpetual-orders', ...sol } as const
    expect(chain.call('user', cancel).events).toMatchObject([{ limitIds: [0] }])
    expect(chain.engine.balance('POOL', house, usdcOrigin)).toBe(2_000n)
  })
})
