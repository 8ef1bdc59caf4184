import { contractAddress, derivativeAddress, type NetworkSpec, type OptionDeskSpec } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  GENESIS_SECONDS,
  gas,
  genesisOf,
  network,
  ORIGIN,
  usdcOrigin,
} from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { quotedVolatilityBps } from './volatility-rule.ts'

const desk = derivativeAddress('option-desk', 'desk')
const feed = contractAddress('oracle', 'sol')
const option: OptionDeskSpec = {
  ...{ kind: 'option-desk', name: 'desk', address: desk, chainId: ORIGIN, token: usdcOrigin, capital: 0n },
  index: { oracle: feed, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 12n },
  ...{ baseUnit: 1n, quoteUnit: 1n, spreadBps: 0n, callReserveBps: 1_000n, rateBps: 0n },
  volatility: { startPriceE8: 10n ** 10n, startBps: 100n, perFallBps: 0n, floorBps: 1n, capBps: 100n },
  series: [
    { name: 'deep', option: 'call', strikeE8: 50n * 10n ** 8n, expiry: GENESIS_SECONDS + 40 },
    { name: 'put', option: 'put', strikeE8: 50n * 10n ** 8n, expiry: GENESIS_SECONDS + 40 },
  ],
  hedgers: [],
}
const source = { kind: 'peg', priceE8: 10n ** 10n } as const
const spec: NetworkSpec = {
  ...network,
  oracles: [{ name: 'sol', address: feed, chainId: ORIGIN, symbol: 'SOL', source }],
  derivatives: [option],
}
const of = { desk, series: 'deep' }
const buy = { kind: 'buy-option', ...of, units: 10n, maxPremium: 1_000n } as const
const settle = { kind: 'settle-options', ...of } as const
const exercise = { kind: 'exercise-option', ...of, holder: address('user') } as const
const open = () => createTestChain(ORIGIN, { spec, genesis: genesisOf(ORIGIN) })

describe('an option desk on a chain', () => {
  test('sells, settles after expiry and pays what it has reserved', () => {
    const chain = open()
    // Without volatility to speak of a call at 50 costs what it pays at 100: 50 each, and a tenth of the strike is reserved.
    expect(chain.call('user', buy).events).toMatchObject([
      { premium: 500n, spotE8: 10n ** 10n, volatilityBps: 100n },
    ])
    expect(chain.engine.balance('POOL', desk, usdcOrigin)).toBe(500n)
    expect(chain.call('solver', settle, 42).events).toMatchObject([
      { priceE8: 10n ** 10n, owed: 500n, due: 50n },
    ])
    expect(chain.call('solver', exercise, 44).events).toMatchObject([{ units: 10n, paid: 50n }])
    expect(chain.engine.balance('POOL', desk, usdcOrigin)).toBe(450n)
  })

  test('refuses what it cannot do, and no coin moves', () => {
    const chain = open()
    const coins = () => chain.engine.balances().filter(({ token }) => token !== gas)
    const before = coins()
    for (const [call, reason] of [
      [{ ...buy, series: 'none' }, 'unknown-series'],
      [{ ...buy, desk: feed }, 'unknown-derivative'],
      [{ ...buy, units: 0n }, 'zero-units'],
      [{ ...buy, maxPremium: 499n }, 'above-maximum'],
      [{ ...buy, units: 10n ** 12n, maxPremium: 10n ** 20n }, 'insufficient-balance'],
      // A put reserves its strike, and costs nothing so far above it.
      [{ ...buy, series: 'put' }, 'over-capacity'],
      [settle, 'unknown-series'],
      [exercise, 'unknown-series'],
    ] as const)
      expect(chain.call('user', call).reason).toBe(reason)
    expect(coins()).toEqual(before)
    expect(chain.call('user', buy).reason).toBeNull()
    expect(chain.call('user', settle).reason).toBe('not-expired')
    expect(chain.call('user', exercise).reason).toBe('not-settled')
    expect(chain.call('user', buy, 60).reason).toBe('expired')
    expect(chain.call('user', settle).reason).toBeNull()
    expect(chain.call('user', settle).reason).toBe('already-settled')
    expect(chain.call('user', exercise).reason).toBeNull()
    expect(chain.call('user', exercise).reason).toBe('nothing-held')
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    for (const each of [chain, never]) each.call('user', buy, 2)
    chain.call('user', { ...buy, units: 3n }, 4)
    chain.engine.undo()
    chain.produce(6)
    never.call('user', { ...buy, units: 3n }, 6)
    for (const each of [chain, never]) {
      expect(each.call('solver', settle, 42).events).toMatchObject([{ owed: 650n, due: 65n }])
      each.engine.undo()
      // What was in the block that is taken back is in the next one.
      expect(each.produce(44)?.receipts.flatMap(({ events }) => events)).toMatchObject([{ due: 65n }])
    }
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })
})

test('the volatility rises with a fall, falls with a rise, and stays within its bounds', () => {
  const rule = {
    startPriceE8: 100n,
    startBps: 6_000n,
    perFallBps: 20_000n,
    floorBps: 1_000n,
    capBps: 50_000n,
  }
  // 6,000 + 20,000 · (100 − price) / 100.
  expect([100n, 90n, 110n].map((price) => quotedVolatilityBps(rule, price))).toEqual([6_000n, 8_000n, 4_000n])
  expect([1_000n, 1n].map((price) => quotedVolatilityBps({ ...rule, capBps: 20_000n }, price))).toEqual([
    1_000n,
    20_000n,
  ])
})
