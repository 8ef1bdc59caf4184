import type { MarketCall } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  market,
  marketGenesis,
  marketNetwork,
  RESERVE_0,
  RESERVE_1,
  SUPPLY,
  share,
} from '../../testing/market-network.ts'
import {
  address,
  GENESIS_SECONDS,
  gas,
  ORIGIN,
  rsEthOrigin,
  solid,
  usdcOrigin,
} from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { MINIMUM_LIQUIDITY } from '../constant-product/pair.ts'
import { amountOutFloor, UNISWAP_V2_FEE } from '../constant-product/quote.ts'

const ETHER = 10n ** 18n
const spec = marketNetwork({ kind: 'constant-product', feePips: 3_000 })
const open = (pool: 'empty' | 'provided' = 'provided') =>
  createTestChain(ORIGIN, { spec, genesis: marketGenesis(pool) })
const terms = { market, recipient: address('user'), deadline: GENESIS_SECONDS + 100 }
const sale = (change: Partial<Extract<MarketCall, { kind: 'swap' }>> = {}): MarketCall => ({
  kind: 'swap',
  ...terms,
  tokenIn: rsEthOrigin,
  amountIn: ETHER / 2n,
  minAmountOut: 0n,
  ...change,
})
const provision = (change: Partial<Extract<MarketCall, { kind: 'add-liquidity' }>> = {}): MarketCall => ({
  kind: 'add-liquidity',
  ...terms,
  amount0: ETHER / 10n,
  amount1: ETHER / 10n,
  minAmount0: 0n,
  minAmount1: 0n,
  ...change,
})
const withdrawal = (change: Partial<Extract<MarketCall, { kind: 'remove-liquidity' }>> = {}): MarketCall => ({
  kind: 'remove-liquidity',
  ...terms,
  shares: SUPPLY / 2n,
  minAmount0: 0n,
  minAmount1: 0n,
  ...change,
})

describe('a pair on a chain', () => {
  test('pays what Uniswap v2 pays, and says how it stands', () => {
    const chain = open()
    const receipt = chain.call('user', sale())
    const out = amountOutFloor(ETHER / 2n, RESERVE_0, RESERVE_1, UNISWAP_V2_FEE)
    expect(receipt.events).toMatchObject([
      { kind: 'swapped', tokenIn: rsEthOrigin, amountIn: ETHER / 2n, amountOut: out },
      { kind: 'market-synced', reserve0: RESERVE_0 + ETHER / 2n, reserve1: RESERVE_1 - out },
    ])
    expect(chain.engine.balance('POOL', market, gas)).toBe(RESERVE_1 - out)
    expect(chain.engine.balance('USER', address('user'), rsEthOrigin)).toBe(ETHER / 2n)
    // The division leaves something, and the entry says what.
    const [entry] = receipt.entries.filter(({ cause }) => cause === 'swap')
    expect(entry?.rounding).toMatchObject([{ token: gas, direction: 'floor' }])
  })

  test('takes liquidity in the ratio of its reserves and gives shares that move like a token', () => {
    const chain = open()
    const receipt = chain.call('user', provision())
    // 0.1 : 0.125 is the ratio: all of the second token, 0.08 of the first.
    expect(receipt.events[0]).toMatchObject({ amount0: (ETHER * 8n) / 100n, amount1: ETHER / 10n })
    const shares = (SUPPLY * 2n) / 100n
    expect(chain.engine.balance('USER', address('user'), share)).toBe(shares)
    const moved = chain.call('user', { kind: 'transfer', token: share, to: address('rival'), amount: shares })
    expect(moved.status).toBe('ok')
    expect(chain.call('rival', withdrawal({ shares, recipient: address('rival') })).events[0]).toMatchObject({
      kind: 'liquidity-removed',
      provider: address('rival'),
    })
    expect(chain.call('user', withdrawal({ shares })).reason).toBe('insufficient-balance')
  })

  test('locks 1,000 shares with the first provision and never gives them back', () => {
    const chain = open('empty')
    expect(chain.call('user', sale()).reason).toBe('no-liquidity')
    expect(chain.call('user', provision()).events).toMatchObject([
      { kind: 'liquidity-added', shares: ETHER / 10n - MINIMUM_LIQUIDITY },
      { kind: 'market-synced', priceX96: 1n << 96n },
    ])
    expect(chain.call('user', withdrawal({ shares: ETHER / 10n })).reason).toBe('insufficient-balance')
    expect(
      chain.call('user', withdrawal({ shares: ETHER / 10n - MINIMUM_LIQUIDITY })).events[1],
    ).toMatchObject({
      reserve0: MINIMUM_LIQUIDITY,
    })
  })

  test.each<[string, MarketCall]>([
    ['unknown-market', sale({ market: solid })],
    ['deadline-passed', sale({ deadline: GENESIS_SECONDS })],
    ['not-authorised', sale({ recipient: market })],
    ['unknown-token', sale({ tokenIn: usdcOrigin })],
    ['zero-amount', sale({ amountIn: 0n })],
    ['no-liquidity', sale({ amountIn: 1n, tokenIn: gas })],
    ['below-minimum', sale({ minAmountOut: ETHER })],
    ['insufficient-balance', sale({ amountIn: 2n * ETHER })],
    ['supply-overflow', sale({ amountIn: 2n ** 112n })],
    ['zero-amount', provision({ amount0: 0n })],
    ['zero-amount', provision({ amount0: 1n, amount1: 1n })],
    ['below-minimum', provision({ minAmount0: ETHER / 10n })],
    ['insufficient-balance', provision({ amount0: 8n * ETHER, amount1: 10n * ETHER })],
    ['insufficient-balance', withdrawal()],
    ['zero-amount', withdrawal({ shares: 0n })],
    ['below-minimum', withdrawal({ minAmount1: 3n * ETHER })],
  ])('refuses: %s', (reason, call) => {
    const chain = open()
    const before = chain.engine.balances().filter(({ kind }) => kind === 'POOL')
    expect(chain.call('user', call).reason).toBe(reason)
    expect(chain.engine.balances().filter(({ kind }) => kind === 'POOL')).toEqual(before)
  })

  test('carries a call out in the second of its deadline, and not in the next', () => {
    const chain = open()
    expect(chain.call('user', sale({ amountIn: 1_000n, deadline: GENESIS_SECONDS + 5 }), 5).status).toBe('ok')
    expect(chain.call('user', sale({ amountIn: 1_000n, deadline: GENESIS_SECONDS + 5 }), 6).reason).toBe(
      'deadline-passed',
    )
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    chain.call('user', sale(), 2)
    chain.engine.undo()
    // What was taken back waits in the pool, and comes first in the next block; then both have the same past.
    chain.produce(3)
    never.call('user', sale(), 3)
    expect(chain.engine.stateRoot()).toBe(never.engine.stateRoot())
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })
})
