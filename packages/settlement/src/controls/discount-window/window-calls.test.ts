import {
  contractAddress,
  type DiscountWindowSpec,
  derivativeAddress,
  type NetworkSpec,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  GENESIS_SECONDS,
  gas,
  genesisOf,
  network,
  ORIGIN,
  rsEthOrigin,
  usdcOrigin,
} from '../../testing/small-network.ts'
import { createTestChain } from '../../testing/test-chain.ts'
import { mostOn, pledgeFor, windowFaults } from './window-terms.ts'

const window = derivativeAddress('discount-window', 'bank')
const [dollar, ether] = [contractAddress('oracle', 'usd'), contractAddress('oracle', 'rseth')]
const price = (oracle: typeof dollar) => ({ oracle, maxAgeSeconds: 2 ** 40, floorE8: 1n, capE8: 10n ** 14n })
const DAY = 86_400
/** 20 % a year for a day, on rsETH at 2,000 less a quarter. */
const bank: DiscountWindowSpec = {
  ...{ kind: 'discount-window', name: 'bank', address: window, chainId: ORIGIN, token: usdcOrigin },
  ...{ price: price(dollar), decimals: 6, capital: 900n, penaltyBps: 2_000n, termSeconds: DAY },
  collaterals: [{ token: rsEthOrigin, price: price(ether), decimals: 18, haircutBps: 2_500n }],
  borrowers: null,
}
const oracle = (name: string, at: typeof dollar, priceE8: bigint) =>
  ({ name, address: at, chainId: ORIGIN, symbol: name, source: { kind: 'peg', priceE8 } }) as const
const specWith = (change: Partial<DiscountWindowSpec> = {}): NetworkSpec => ({
  ...network,
  oracles: [oracle('usd', dollar, 10n ** 8n), oracle('rseth', ether, 2_000n * 10n ** 8n)],
  derivatives: [{ ...bank, ...change }],
})
/** 10^12 wei of rsETH are worth 2,000 base units of USDC (six decimals); 1,500 less the haircut. */
const PLEDGE = 10n ** 12n
const open = (change: Partial<DiscountWindowSpec> = {}) => {
  const genesis = genesisOf(ORIGIN)
  return createTestChain(ORIGIN, {
    spec: specWith(change),
    genesis: {
      ...genesis,
      balances: [
        ...genesis.balances,
        { kind: 'POOL', owner: window, token: usdcOrigin, amount: 900n },
        { kind: 'USER', owner: address('user'), token: rsEthOrigin, amount: 4n * PLEDGE },
      ],
    },
  })
}
const draw = { kind: 'draw-window', window, collateral: rsEthOrigin, pledged: PLEDGE, amount: 900n } as const

describe('a discount window', () => {
  test('lends on a pledge, and gives it back for principal and interest', () => {
    const chain = open()
    const held = () => chain.engine.balance('USER', address('user'), rsEthOrigin)
    const before = held()
    const drawn = chain.call('user', draw, 12)
    expect(drawn.events).toMatchObject([{ loan: 0, dueAt: GENESIS_SECONDS + 12 + DAY }])
    expect([chain.engine.balance('POOL', window, usdcOrigin), held()]).toEqual([0n, before - PLEDGE])
    // 900 · 0.2 · 43,200 / 31,536,000 = 0.25: a unit.
    expect(chain.call('user', { kind: 'repay-window', window, loan: 0 }, 12 + DAY / 2).events).toMatchObject([
      { principal: 900n, interest: 1n },
    ])
    expect([chain.engine.balance('POOL', window, usdcOrigin), held()]).toEqual([901n, before])
  })

  test('keeps the pledge past the term, by anybody, and not a second before', () => {
    const chain = open()
    chain.call('user', draw, 12)
    const seize = { kind: 'seize-pledge', window, loan: 0 } as const
    expect(chain.call('solver', seize, 12 + DAY).reason).toBe('not-expired')
    expect(chain.call('solver', seize, 24 + DAY).events).toMatchObject([{ pledged: PLEDGE, unpaid: 901n }])
    expect(chain.call('user', { kind: 'repay-window', window, loan: 0 }).reason).toBe('no-debt')
    expect(chain.engine.balance('POOL', window, rsEthOrigin)).toBe(PLEDGE)
  })

  test('refuses what it cannot do, and nothing moves', () => {
    const chain = open()
    chain.call('user', { ...draw, amount: 500n })
    const held = () => chain.engine.balances().filter(({ token }) => token !== gas)
    const before = held()
    for (const [call, reason] of [
      [{ ...draw, window: dollar }, 'unknown-derivative'],
      [{ ...draw, amount: 0n }, 'zero-amount'],
      [{ ...draw, pledged: 0n }, 'zero-amount'],
      [{ ...draw, collateral: usdcOrigin }, 'not-collateral'],
      [{ ...draw, amount: 1_501n }, 'collateral-cannot-cover'],
      [{ ...draw, amount: 401n }, 'not-enough-liquidity'],
      [{ ...draw, pledged: 10n ** 30n, amount: 1n }, 'insufficient-balance'],
      [{ kind: 'repay-window', window, loan: 1 }, 'no-debt'],
    ] as const)
      expect(chain.call('user', call).reason).toBe(reason)
    expect(chain.call('solver', { kind: 'repay-window', window, loan: 0 }).reason).toBe('not-authorised')
    expect(held()).toEqual(before)
    const shut = open({ borrowers: [address('solver')] })
    expect(shut.call('user', draw).reason).toBe('not-authorised')
    const blind = open({ price: { ...bank.price, floorE8: 10n ** 9n } })
    expect(blind.call('user', draw).reason).toBe('no-price')
  })
})

test('the least pledge carries the loan, and a unit less does not', () => {
  const [coin, collateral] = [{ decimals: 6 }, { decimals: 18, haircutBps: 3_333n }]
  const prices = { coinE8: 99_990_000n, collateralE8: 2_345_67890000n }
  for (const amount of [1n, 7n, 1_000_003n]) {
    const pledged = pledgeFor(amount, coin, collateral, prices)
    expect(mostOn(pledged, coin, collateral, prices)).toBe(amount)
    expect(mostOn(pledged - 1n, coin, collateral, prices)).toBeLessThan(amount)
  }
})

test('names impossible and dubious terms', () => {
  expect(windowFaults(bank)).toEqual([])
  expect(
    windowFaults({ penaltyBps: 0n, collaterals: [{ haircutBps: 0n }] }).map((each) => each.severity),
  ).toEqual(['dubious', 'dubious'])
  expect(windowFaults({ penaltyBps: -1n, collaterals: [{ haircutBps: 10_000n }] })).toHaveLength(2)
})
