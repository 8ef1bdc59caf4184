import { asAddress, asChainId, ZERO_ADDRESS } from '@solvent/primitives'
import { contractAddress, type Genesis, type MarketSpec, marketAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { type PressOrder, SellingPressure } from './selling-pressure.ts'

const chainId = asChainId(10)
const ETHER = 10n ** 18n
const self = asAddress(`0x${'5e'.repeat(20)}`)
const wrap = contractAddress('token', 'there/rsETH')

/** Without a fee: 100 of each; the wrap is token 0, or token 1. */
function pool(name: string, isTurned: boolean): MarketSpec {
  const [token0, token1] = isTurned ? [ZERO_ADDRESS, wrap] : [wrap, ZERO_ADDRESS]
  const design = { kind: 'constant-product', feePips: 0 } as const
  return { name, chainId, address: marketAddress(name), token0, token1, design }
}

function selling(pools: readonly MarketSpec[], held: bigint): SellingPressure {
  const balances = pools.flatMap(({ address: owner }) =>
    [wrap, ZERO_ADDRESS].map((token) => ({ kind: 'POOL' as const, owner, token, amount: 100n * ETHER })),
  )
  const own = { kind: 'USER' as const, owner: self, token: wrap, amount: held }
  const genesis: Genesis[] = [{ chainId, accounts: [], balances: [...balances, own] }]
  return new SellingPressure(self, pools, genesis)
}

const order = (market: MarketSpec, toBps: bigint, fromBps = 10_000n): PressOrder => ({
  ...{ kind: 'press-price', fall: 'hub/9', market: market.address, token: wrap },
  ...{ fromBps, toBps },
})

const soldBy = (pressure: SellingPressure, each: PressOrder, ref: string): number | string => {
  const pressed = pressure.press(each, ref)
  if (pressed.status !== 'sale') return pressed.status === 'refused' ? pressed.reason : pressed.status
  return Number((pressed.call as { amountIn: bigint }).amountIn) / 1e18
}

describe('sales that take a price down', () => {
  it.each([false, true])('are what the pool takes, whichever way round its assets stand', (isTurned) => {
    const pair = pool('pair', isTurned)
    // y/x with xy constant: 64 % at x = 100 / √0.64 = 125.
    expect(soldBy(selling([pair], 200n * ETHER), order(pair, 6_400n), 'a')).toBeCloseTo(25, 9)
  })

  it('come after those that are on their way, from the price at which the fall began', () => {
    const pair = pool('pair', false)
    const pressure = selling([pair], 200n * ETHER)
    // 82 % at 100 / √0.82.
    const first = 100 / Math.sqrt(0.82) - 100
    expect(soldBy(pressure, order(pair, 8_200n), 'a')).toBeCloseTo(first, 9)
    expect(soldBy(pressure, order(pair, 6_400n, 8_200n), 'b')).toBeCloseTo(25 - first, 9)
    expect(soldBy(pressure, order(pair, 6_400n, 8_200n), 'c')).toBe('there')
    // Both were in vain: the market still stands where it stood.
    pressure.over('a')
    pressure.over('b')
    expect(soldBy(pressure, order(pair, 6_400n, 8_200n), 'd')).toBeCloseTo(25, 9)
  })

  it('count, after a restart, from where earlier sales should have left the price', () => {
    const pair = pool('pair', false)
    // The pool's price is taken for 82 % of the first: 64 / 82 of it are left to go.
    expect(soldBy(selling([pair], 200n * ETHER), order(pair, 6_400n, 8_200n), 'a')).toBeCloseTo(
      100 / Math.sqrt(64 / 82) - 100,
      9,
    )
  })

  it('are of what there is, in all pools together', () => {
    const [one, other] = [pool('one', false), pool('other', true)]
    const pressure = selling([one, other], 30n * ETHER)
    expect(soldBy(pressure, order(one, 6_400n), 'a')).toBeCloseTo(25, 9)
    expect(soldBy(pressure, order(other, 6_400n), 'b')).toBeCloseTo(5, 9)
    expect(soldBy(pressure, { ...order(one, 4_000n), fall: 'hub/10' }, 'c')).toBe('nothing-to-sell')
  })

  it('are refused at markets that it does not follow', () => {
    const pair = pool('pair', false)
    expect(soldBy(selling([], ETHER), order(pair, 6_400n), 'a')).toBe('unknown-market')
    expect(soldBy(selling([pair], ETHER), { ...order(pair, 6_400n), token: self }, 'a')).toBe(
      'unknown-market',
    )
  })
})
