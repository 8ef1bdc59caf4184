import { type Address, asChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  contractAddress,
  type Genesis,
  type MarketSpec,
  marketAddress,
  type NetworkSpec,
} from '@solvent/protocol'
import { MarketMirror } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { smallNetwork } from '../testing/small-network.ts'
import { ArbitrageDesk, type DeskView } from './arbitrage-desk.ts'

const [HERE, THERE] = [asChainId(1), asChainId(10)]
const ETHER = 10n ** 18n
const dollars = {
  [HERE]: contractAddress('token', 'here/USD'),
  [THERE]: contractAddress('token', 'there/USD'),
}
const market = (name: string, chainId: typeof HERE, feePips: number, isTurned = false): MarketSpec => {
  const usd = dollars[chainId] as Address
  return {
    name,
    chainId,
    address: marketAddress(name),
    token0: isTurned ? usd : ZERO_ADDRESS,
    token1: isTurned ? ZERO_ADDRESS : usd,
    design: { kind: 'constant-product', feePips },
  }
}

interface Pool {
  readonly spec: MarketSpec
  readonly ether: bigint
  readonly usd: bigint
}

function deskOf(pools: readonly Pool[], minProfitE8 = 0n): ArbitrageDesk {
  const spec: NetworkSpec = {
    ...smallNetwork,
    tokens: [HERE, THERE].flatMap((chainId) => [
      { chainId, address: ZERO_ADDRESS, symbol: 'ETH', decimals: 18, wrappedBy: null },
      { chainId, address: dollars[chainId] as Address, symbol: 'USD', decimals: 18, wrappedBy: null },
    ]),
    markets: pools.map((pool) => pool.spec),
  }
  const genesis: Genesis[] = [HERE, THERE].map((chainId) => ({
    chainId,
    accounts: [],
    balances: pools
      .filter((pool) => pool.spec.chainId === chainId)
      .flatMap(({ spec: { address: owner }, ether, usd }) => [
        { kind: 'POOL' as const, owner, token: ZERO_ADDRESS, amount: ether },
        { kind: 'POOL' as const, owner, token: dollars[chainId] as Address, amount: usd },
      ]),
  }))
  const prices = [
    { symbol: 'ETH', priceE8: 100n * 10n ** 8n },
    { symbol: 'USD', priceE8: 10n ** 8n },
  ]
  const mirrors = spec.markets.map((each) => new MarketMirror(each, genesis))
  return new ArbitrageDesk(spec, mirrors, prices, { minProfitE8, bidShareBps: 0 })
}

const rich: DeskView = { held: () => 10n ** 30n, baseFee: () => 0n, isBusy: () => false }
const even = { spec: market('even', HERE, 0), ether: 100n * ETHER, usd: 10_000n * ETHER }
const dear = { spec: market('dear', HERE, 0), ether: 100n * ETHER, usd: 14_400n * ETHER }

describe('what an arbitrageur does between two pairs', () => {
  it('is to bring both prices to one, where nothing costs anything', () => {
    // Without fees the prices meet where x is bought of both: (100 / (100 − x))² · 1 = (1.2 · 100 / (100 + x))², so that
    // 100 + x = 1.2 · (100 − x) and x = 20 / 2.2 = 9.0909; it costs 10,000 · x / (100 − x) = 1,000.
    const found = deskOf([even, dear]).best(rich, 0)
    expect(found?.buy.market).toBe(even.spec.address)
    expect(Number(found!.buy.amountIn / 10n ** 12n) / 1e6).toBeCloseTo(1_000, 3)
    expect(Number(found!.sell.amountIn / 10n ** 12n) / 1e6).toBeCloseTo(9.090909, 5)
    // 14,400 · 9.0909 / 109.0909 = 1,200 come out.
    expect(Number(found!.profit / 10n ** 12n) / 1e6).toBeCloseTo(200, 3)
  })

  it('is nothing where the difference is within the fees', () => {
    // 1 % between the prices, 0.6 % and 0.6 % of fees.
    const pools = [
      { ...even, spec: market('even', HERE, 6_000) },
      { spec: market('dear', HERE, 6_000), ether: 100n * ETHER, usd: 10_100n * ETHER },
    ]
    expect(deskOf(pools).best(rich, 0)).toBeNull()
    expect(
      deskOf(
        pools.map((pool) => ({
          ...pool,
          spec: { ...pool.spec, design: { kind: 'constant-product', feePips: 3_000 } },
        })),
      ).best(rich, 0),
    ).not.toBeNull()
  })

  it('does not depend on which token comes first', () => {
    const turned = { ...dear, spec: market('dear', HERE, 0, true) }
    const [a, b] = [deskOf([even, dear]).best(rich, 0), deskOf([even, turned]).best(rich, 0)]
    expect(b?.profit).toBe(a?.profit)
    expect(b?.sell.tokenIn).toBe(ZERO_ADDRESS)
  })

  it('costs no more than the purse, and on another chain sells no more than is there', () => {
    const far = { ...dear, spec: market('dear', THERE, 0) }
    const poor: DeskView = { ...rich, held: (chainId) => (chainId === HERE ? 500n * ETHER : 10n ** 30n) }
    expect(deskOf([even, far]).best(poor, 0)!.buy.amountIn).toBeLessThanOrEqual(500n * ETHER)
    const short: DeskView = { ...rich, held: (chainId) => (chainId === THERE ? 2n * ETHER : 10n ** 30n) }
    const found = deskOf([even, far]).best(short, 0)
    expect(found!.sell.amountIn).toBeLessThanOrEqual(2n * ETHER)
    expect(found!.sell.amountIn).toBeGreaterThan(ETHER)
    expect(deskOf([even, far]).best({ ...rich, held: () => 0n }, 0)).toBeNull()
  })

  it('pays for its gas and leaves what is asked for', () => {
    // Two swaps of 120,000 gas at 10^13 wei are 2.4 ether, 240 dollars: more than the 200.
    expect(deskOf([even, dear]).best({ ...rich, baseFee: () => 10n ** 13n }, 0)).toBeNull()
    expect(deskOf([even, dear], 199n * 10n ** 8n).best(rich, 0)).not.toBeNull()
    expect(deskOf([even, dear], 201n * 10n ** 8n).best(rich, 0)).toBeNull()
  })

  it('waits for a market with a swap under way', () => {
    const view: DeskView = { ...rich, isBusy: (address) => address === dear.spec.address }
    expect(deskOf([even, dear]).best(view, 0)).toBeNull()
  })
})
