import {
  contractAddress,
  type NetworkSpec,
  type StablecoinCall,
  type StablecoinSpec,
  stablecoinAddress,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { market, marketGenesis, marketNetwork } from '../../testing/market-network.ts'
import { address, gas, ORIGIN, rsEthOrigin, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const MILLION = 10n ** 6n
const ETHER = 10n ** 18n
const stablecoin = stablecoinAddress('ust')
const feed = contractAddress('oracle', 'token')
const token = contractAddress('token', 'origin/LUNA')
const pegged = { name: 'token', address: feed, chainId: ORIGIN, symbol: 'LUNA' } as const
const rule = { oracle: feed, maxAgeSeconds: 60, floorE8: 1n, capE8: 10n ** 18n }

function network(change: Partial<StablecoinSpec> = {}): NetworkSpec {
  const spec: StablecoinSpec = {
    name: 'ust',
    address: stablecoin,
    chainId: ORIGIN,
    stable: usdcOrigin,
    stableDecimals: 6,
    token,
    tokenDecimals: 6,
    basePool: 1_000_000n * MILLION,
    recoveryBlocks: 10,
    minSpreadBps: 200n,
    price: { kind: 'oracle', rule },
    ...change,
  }
  return {
    ...marketNetwork({ kind: 'constant-product', feePips: 3_000 }),
    oracles: [{ ...pegged, source: { kind: 'peg', priceE8: 170_000_000n } }],
    stablecoins: [spec],
  }
}

const open = (change: Partial<StablecoinSpec> = {}) =>
  createTestChain(ORIGIN, { spec: network(change), genesis: marketGenesis('provided') })
const redeem = (change: Partial<StablecoinCall> = {}): StablecoinCall => ({
  kind: 'exchange-stablecoin',
  stablecoin,
  direction: 'redeem',
  amount: 170n,
  minAmountOut: 0n,
  ...change,
})

describe('an algorithmic stablecoin on a chain', () => {
  test('burns what it takes and mints what it gives at the oracle’s price', () => {
    const chain = open()
    const held = chain.engine.balance('USER', address('user'), usdcOrigin)
    const supply = chain.engine.balance('SUPPLY', '', usdcOrigin)
    // 170 at 1.7 are 100 tokens, less 2 %.
    expect(chain.call('user', redeem()).events).toMatchObject([
      {
        kind: 'stablecoin-exchanged',
        holder: address('user'),
        amountIn: 170n,
        amountOut: 97n,
        fee: 3n,
        delta: 170n,
      },
    ])
    expect(chain.engine.balance('USER', address('user'), usdcOrigin)).toBe(held - 170n)
    expect(chain.engine.balance('SUPPLY', '', usdcOrigin)).toBe(supply + 170n)
    expect(chain.engine.balance('SUPPLY', '', token)).toBe(-97n)
    // 50 tokens are worth 85, less 2 % 83.3.
    expect(chain.call('user', redeem({ direction: 'issue', amount: 50n })).events).toMatchObject([
      { amountOut: 83n },
    ])
    expect(chain.engine.balance('USER', address('user'), token)).toBe(47n)
  })

  test('reads the price of a market whose other coin counts as the peg', () => {
    const source = { kind: 'market', market, quote: gas, quoteDecimals: 18 } as const
    const chain = open({ token: rsEthOrigin, tokenDecimals: 18, price: source })
    // 5 against 4: 1.25.
    expect(chain.call('user', redeem()).events).toMatchObject([{ priceE8: 125_000_000n }])
    const call = {
      kind: 'swap',
      market,
      recipient: address('user'),
      deadline: 2 ** 32 - 1,
      minAmountOut: 0n,
    } as const
    chain.call('user', { ...call, tokenIn: rsEthOrigin, amountIn: ETHER / 2n })
    const [event] = chain.call('user', redeem()).events
    expect(event).toMatchObject({ kind: 'stablecoin-exchanged' })
    if (event?.kind === 'stablecoin-exchanged') expect(event.priceE8 < 100_000_000n).toBe(true)
  })

  test.each<[string, StablecoinCall, Partial<StablecoinSpec>?]>([
    ['unknown-stablecoin', redeem({ stablecoin: market })],
    ['zero-amount', redeem({ amount: 0n })],
    ['below-minimum', redeem({ minAmountOut: 98n })],
    ['below-minimum', redeem({ amount: 1n })],
    ['insufficient-balance', redeem({ amount: 10n ** 30n }), { basePool: 10n ** 40n }],
    ['no-price', redeem(), { price: { kind: 'oracle', rule: { ...rule, capE8: 10n } } }],
    ['no-price', redeem(), { price: { kind: 'market', market: feed, quote: gas, quoteDecimals: 18 } }],
  ])('refuses: %s', (reason, call, change) => {
    const chain = open(change)
    const before = chain.engine.balances().filter(({ token: each }) => each !== gas)
    expect(chain.call('user', call).reason).toBe(reason)
    expect(chain.engine.balances().filter(({ token: each }) => each !== gas)).toEqual(before)
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    chain.call('user', redeem(), 2)
    chain.engine.undo()
    chain.produce(3)
    never.call('user', redeem(), 3)
    expect(chain.engine.stateRoot()).toBe(never.engine.stateRoot())
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })
})
