import { WAD } from '@solvent/primitives'
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
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { exchangeCoins } from '../stable-swap/stable-pool.ts'
import { stableRules } from './stable-contract.ts'

const ETHER = 10n ** 18n
const design = { kind: 'stable-swap', feePips: 400, amplification: 100, rate0: WAD, rate1: WAD } as const
const open = (pool: 'empty' | 'provided' = 'provided') =>
  createTestChain(ORIGIN, { spec: marketNetwork(design), genesis: marketGenesis(pool) })
const terms = { market, recipient: address('user'), deadline: GENESIS_SECONDS + 100 }
const least = { minAmount0: 0n, minAmount1: 0n }
const sale = (amountIn: bigint): MarketCall => ({
  kind: 'swap',
  ...terms,
  tokenIn: rsEthOrigin,
  amountIn,
  minAmountOut: 0n,
})

describe('a stable pool on a chain', () => {
  test('pays what the contract of Curve pays', () => {
    const chain = open()
    const balances = [RESERVE_0, RESERVE_1]
    const due = exchangeCoins(
      { balances, totalSupply: SUPPLY },
      { from: 0, to: 1, amountIn: ETHER / 2n, minAmountOut: 0n },
      stableRules(design),
    )
    if (due.status === 'refused') throw new Error(due.reason)
    const [swapped, synced] = chain.call('user', sale(ETHER / 2n)).events
    expect(swapped).toMatchObject({ kind: 'swapped', amountOut: due.amountOut })
    expect(synced).toMatchObject({ reserve0: RESERVE_0 + ETHER / 2n, reserve1: RESERVE_1 - due.amountOut })
  })

  test('says the price of its curve: 1 where both coins are as many, near 1 where they are not', () => {
    const chain = open('empty')
    const first = chain.call('user', {
      kind: 'add-liquidity',
      ...terms,
      amount0: ETHER / 10n,
      amount1: ETHER / 10n,
      ...least,
    })
    expect(first.events).toMatchObject([{ shares: ETHER / 5n }, { priceX96: 1n << 96n }])
    const [, synced] = chain.call('user', sale(ETHER / 20n)).events
    // x : y is 3 : 1; a pair would be at a third. At A = 100 (50 in the paper) the formula gives (200 + 1.77) / (200 + 5.3) = 0.9828.
    if (synced?.kind !== 'market-synced') throw new Error('no price')
    const price = Number((synced.priceX96 * 10_000n) >> 96n) / 10_000
    expect(price).toBeCloseTo(0.9828, 3)
  })

  test('takes liquidity in any proportion, and gives it back in its own', () => {
    const chain = open()
    const lopsided = chain.call('user', {
      kind: 'add-liquidity',
      ...terms,
      amount0: 1n,
      amount1: ETHER / 2n,
      ...least,
    })
    expect(lopsided.events[0]).toMatchObject({ kind: 'liquidity-added', amount0: 1n, amount1: ETHER / 2n })
    const shares = chain.engine.balance('USER', address('user'), share)
    const removed = chain.call('user', { kind: 'remove-liquidity', ...terms, shares, ...least })
    if (removed.events[0]?.kind !== 'liquidity-removed') throw new Error('nothing was removed')
    const { amount0, amount1 } = removed.events[0]
    expect(amount0).toBeGreaterThan(0n)
    // What was plenty went in, a part of what is scarce comes out: less of both together.
    expect(amount0 + amount1).toBeLessThan(ETHER / 2n + 1n)
  })

  test.each<[string, MarketCall]>([
    ['zero-amount', sale(0n)],
    ['zero-amount', { kind: 'remove-liquidity', ...terms, shares: 0n, ...least }],
    ['insufficient-balance', { kind: 'remove-liquidity', ...terms, shares: 2n * SUPPLY, ...least }],
  ])('refuses: %s', (reason, call) => {
    expect(open().call('user', call).reason).toBe(reason)
    expect(open().engine.balance('POOL', market, gas)).toBe(RESERVE_1)
  })
})
