import { contractAddress, derivativeAddress, type NavFundSpec, type NetworkSpec } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, gas, genesisOf, network, ORIGIN, usdcOrigin } from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'

const navFund = derivativeAddress('nav-fund', 'tbill')
const [feed, share] = [contractAddress('oracle', 'mark'), contractAddress('token', 'tbill')]
const fund: NavFundSpec = {
  ...{
    kind: 'nav-fund',
    name: 'tbill',
    address: navFund,
    chainId: ORIGIN,
    token: usdcOrigin,
    share,
    buffer: 0n,
  },
  index: { oracle: feed, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 12n },
  ...{ startMarkE8: 70_000_000n, noticeSeconds: 30, pricedAt: 'payment', gateBps: 10_000n },
}
const spec: NetworkSpec = {
  ...network,
  oracles: [
    {
      ...{ name: 'mark', address: feed, chainId: ORIGIN, symbol: 'TBILL' },
      source: { kind: 'peg', priceE8: 70_000_000n },
    },
  ],
  derivatives: [fund],
}
const subscribe = { kind: 'subscribe-nav', navFund, amount: 700n } as const
const redeem = { kind: 'request-redemption', navFund, shares: 400n } as const
const pay = { kind: 'pay-redemptions', navFund } as const
const open = () => createTestChain(ORIGIN, { spec, genesis: genesisOf(ORIGIN) })

describe('a fund of assets outside the chain', () => {
  test('sells shares at the mark, keeps those that wait, and burns what it pays', () => {
    const chain = open()
    expect(chain.call('user', subscribe).events).toMatchObject([{ shares: 1_000n, markE8: 70_000_000n }])
    chain.call('user', redeem)
    expect(chain.engine.balance('POOL', navFund, share)).toBe(400n)
    expect(chain.call('solver', pay, 60).events).toMatchObject([
      { payments: [{ holder: address('user'), shares: 400n, amount: 280n }] },
    ])
    expect(chain.engine.balance('POOL', navFund, share)).toBe(0n)
    expect(chain.engine.balance('POOL', navFund, usdcOrigin)).toBe(420n)
    expect(chain.engine.balance('USER', address('user'), share)).toBe(600n)
  })

  test('refuses what it cannot do, and nothing moves', () => {
    const chain = open()
    chain.call('user', subscribe)
    chain.call('user', redeem)
    const held = () => chain.engine.balances().filter(({ token }) => token !== gas)
    const before = held()
    for (const [call, reason] of [
      [{ ...subscribe, navFund: feed }, 'unknown-derivative'],
      [{ ...subscribe, amount: 0n }, 'zero-amount'],
      [{ ...subscribe, amount: 10n ** 20n }, 'insufficient-balance'],
      [{ ...redeem, shares: 0n }, 'zero-amount'],
      [{ ...redeem, shares: 601n }, 'more-than-supply'],
      [{ kind: 'fill-buffer', navFund, amount: 0n }, 'zero-amount'],
      // The notice is not over.
      [pay, 'nothing-due'],
    ] as const)
      expect(chain.call('user', call).reason).toBe(reason)
    expect(chain.call('solver', { ...redeem, shares: 1n }).reason).toBe('insufficient-balance')
    expect(held()).toEqual(before)
  })

  test('stands after a block that is taken back as before it', () => {
    const [chain, never] = [open(), open()]
    for (const each of [chain, never]) each.call('user', subscribe, 2)
    chain.call('user', redeem, 4)
    chain.engine.undo()
    chain.produce(6)
    never.call('user', redeem, 6)
    for (const each of [chain, never])
      expect(each.call('solver', pay, 60).events).toMatchObject([{ payments: [{ amount: 280n }] }])
    expect(chain.engine.balances()).toEqual(never.engine.balances())
  })
})
