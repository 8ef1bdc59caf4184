import type { BookCall, MarketCall, NewBookOrder } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { market, marketGenesis, marketNetwork } from '../../testing/market-network.ts'
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { MarketMirror } from './market-mirror.ts'

const ETHER = 10n ** 18n
const LOT = ETHER / 100n
const TICK = ETHER / 10_000n
const spec = marketNetwork({
  ...{ kind: 'order-book', lotSize: LOT, tickSize: TICK },
  ...{ takerFeePips: 1_000, makerRebatePips: 400, operator: address('other-user') },
})
const genesis = marketGenesis('empty')
const open = () => createTestChain(ORIGIN, { spec, genesis })
const deadline = GENESIS_SECONDS + 100
const order = (side: 'buy' | 'sell', priceTicks: number, lots: bigint, more = {}): NewBookOrder => ({
  ...{ side, priceTicks, lots, timeInForce: 'good-till-cancelled', ...more },
})
const place = (orders: NewBookOrder[], cancels: number[] = []): BookCall => ({
  ...{ kind: 'place-orders', market, cancels, orders, deadline },
})
const swap = (tokenIn: typeof gas, amountIn: bigint, minAmountOut = 0n): MarketCall => ({
  ...{ kind: 'swap', market, recipient: address('user'), deadline, tokenIn, amountIn, minAmountOut },
})

describe('a limit order book on a chain', () => {
  test('holds what rests and gives it back', () => {
    const chain = open()
    const before = chain.engine.balance('USER', address('user'), rsEthOrigin)
    chain.call('user', place([order('sell', 110, 20n), order('sell', 120, 10n)]))
    expect(chain.engine.balance('POOL', market, rsEthOrigin)).toBe(30n * LOT)
    const [withdrawn, synced] = chain.call('user', place([], [0, 0, 7])).events
    expect(withdrawn).toMatchObject({ kind: 'limit-order-withdrawn', limitId: 0, lots: 20n })
    // One side only: its best price, 120 ticks a lot.
    expect(synced).toMatchObject({
      reserve0: 10n * LOT,
      reserve1: 0n,
      priceX96: ((120n * TICK) << 96n) / LOT,
    })
    expect(chain.engine.balance('USER', address('user'), rsEthOrigin)).toBe(before - 10n * LOT)
  })

  test('a sale meets the best price first and who came first, pays the fee, and the maker has its part of it', () => {
    const chain = open()
    chain.call('user', place([order('sell', 110, 5n), order('sell', 100, 4n), order('sell', 100, 3n)]))
    // 4 and 3 lots at 100 ticks and 2 at 110 cost 920 ticks; half a tick is less than a lot.
    const { events } = chain.call('user', swap(gas, 920n * TICK + TICK / 2n))
    const fee = (9n * LOT) / 1_000n
    expect(events.slice(0, 3)).toMatchObject([
      { limitId: 1, priceTicks: 100, lots: 4n, fee: (4n * LOT) / 1_000n, rebate: (4n * LOT * 4n) / 10_000n },
      { limitId: 2, priceTicks: 100, lots: 3n },
      { limitId: 0, priceTicks: 110, lots: 2n },
    ])
    expect(events[3]).toMatchObject({ kind: 'swapped', amountIn: 920n * TICK, amountOut: 9n * LOT - fee })
    expect(events[4]).toMatchObject({ reserve0: 3n * LOT })
  })

  test.each<[string, MarketCall]>([
    ['no-liquidity', swap(rsEthOrigin, LOT)],
    ['zero-amount', swap(rsEthOrigin, LOT - 1n)],
    ['zero-amount', place([order('buy', 10, 0n)])],
    ['out-of-bounds', place([order('buy', 0, 1n)])],
    ['no-liquidity', place([order('buy', 10, 1n, { timeInForce: 'fill-or-kill' })])],
    ['insufficient-balance', place([order('sell', 10, 10n ** 12n)])],
    ['deadline-passed', { ...place([order('buy', 10, 1n)]), deadline: 1 }],
    [
      'wrong-design',
      {
        ...swap(gas, 1n),
        kind: 'remove-liquidity',
        shares: 1n,
        minAmount0: 0n,
        minAmount1: 0n,
      } as MarketCall,
    ],
  ])('refuses with %s', (reason, call) => {
    expect(open().call('user', call).reason).toBe(reason)
  })

  test('passes an order over that may only wait and would trade, and places the others', () => {
    const chain = open()
    chain.call('user', place([order('sell', 100, 1n)]))
    const late = place([order('buy', 100, 1n, { timeInForce: 'post-only' }), order('buy', 90, 2n)])
    const { events } = chain.call('user', late)
    expect(events).toMatchObject([{ kind: 'limit-order-placed', priceTicks: 90 }, { kind: 'market-synced' }])
  })

  test('a mirror stands where it stands, says what it would pay, and goes back with a block', () => {
    const chain = open()
    const mirror = new MarketMirror(spec.markets[0]!, [genesis])
    const calls = [
      place([order('sell', 110, 5n), order('sell', 100, 4n), order('buy', 90, 6n)]),
      swap(rsEthOrigin, 2n * LOT),
      place([order('buy', 105, 5n)], [0]),
      swap(rsEthOrigin, 3n * LOT),
    ]
    const blocks = calls.map((call, index) => {
      const quoted = call.kind === 'swap' ? mirror.quote('sell-0', call.amountIn) : null
      const { events, reason } = chain.call('user', call)
      expect(reason, String(index)).toBeNull()
      if (quoted !== null)
        expect(events.find(({ kind }) => kind === 'swapped')).toMatchObject({ amountOut: quoted })
      mirror.followed(chain.engine.head())
      const { reserve0, reserve1, priceX96 } = mirror.price()
      expect(events.at(-1), String(index)).toMatchObject({ reserve0, reserve1, priceX96 })
      return chain.engine.head()
    })
    expect(mirror.restingOf(address('user')).map(({ limitId }) => limitId)).toEqual([2])
    for (const block of blocks.reverse()) mirror.orphaned(block)
    expect(mirror.price()).toEqual({ reserve0: 0n, reserve1: 0n, priceX96: 0n })
    expect(mirror.restingOf(address('user'))).toEqual([])
  })
})
