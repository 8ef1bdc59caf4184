import type { Address, ChainId } from '@solvent/primitives'
import { type Genesis, type MarketSpec, marketAddress } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, L1, prices, ROLLUP, smallNetwork, tokens, weakBridge } from '../../testing/small-network.ts'
import { BackingMonitor } from '../backing-monitor.ts'
import { Inventory } from '../inventory.ts'
import { createNetworkFacts } from '../network-facts.ts'
import { PoolMonitor } from '../pool-monitor.ts'
import { MarketSourcing } from './market-sourcing.ts'
import type { SourcingRule } from './sourcing-rule.ts'
import type { Step } from './step.ts'

const ETHER = 10n ** 18n
const DOLLARS = 10n ** BigInt(smallNetwork.tokens.find(({ symbol }) => symbol === 'USDC')?.decimals ?? 0)

/** Each side of a pair is worth so many thousand dollars at the prices outside. */
const pools: readonly (readonly [
  name: string,
  chain: ChainId,
  first: Address,
  second: Address,
  worth: bigint,
])[] = [
  ['usdc-eth', ROLLUP, tokens.usdcRollup, tokens.gas, 500n],
  ['eth-rseth', ROLLUP, tokens.gas, tokens.rsEthRollup, 500n],
  ['usdc-rseth', ROLLUP, tokens.usdcRollup, tokens.rsEthRollup, 100n],
  ['home', L1, tokens.usdcL1, tokens.rsEthL1, 2_000n],
]

function unitsWorth(token: Address, thousands: bigint): bigint {
  if (token === tokens.gas) return (thousands * 1_000n * ETHER) / 2_500n
  if (token === tokens.rsEthL1 || token === tokens.rsEthRollup) return (thousands * 1_000n * ETHER) / 2_600n
  return thousands * 1_000n * DOLLARS
}

function setUp(change: Partial<SourcingRule> = {}, dollarsElsewhere = 50_000n) {
  const markets = pools.map(
    ([name, chainId, token0, token1]): MarketSpec => ({
      ...{ name, chainId, token0, token1, address: marketAddress(name) },
      design: { kind: 'constant-product', feePips: 500 },
    }),
  )
  const spec = { ...smallNetwork, markets }
  const genesis: Genesis[] = [L1, ROLLUP].map((chainId) => ({
    chainId,
    accounts: [],
    balances: pools
      .filter(([, on]) => on === chainId)
      .flatMap(([name, , first, second, worth]) =>
        [first, second].map((token) => ({
          ...{ kind: 'POOL' as const, owner: marketAddress(name), token },
          amount: unitsWorth(token, worth),
        })),
      ),
  }))
  const facts = createNetworkFacts(spec, prices)
  const inventory = new Inventory({ owner: address('atlas'), record: () => {}, floor: () => 0n })
  inventory.begin(L1, tokens.usdcL1, dollarsElsewhere * DOLLARS)
  const monitor = new BackingMonitor(facts)
  const sourcing: SourcingRule = {
    markets: markets.map((market) => market.address),
    ...{ bandBps: 500, maxHops: 3, bridges: [weakBridge], maxFeeBps: 100, maxWaitSeconds: 86_400 },
    ...change,
  }
  return new MarketSourcing(
    { spec, genesis, sourcing },
    { facts, inventory, monitor, pools: new PoolMonitor(facts), isReady: () => true, nowSeconds: () => 0 },
  )
}

const exchange = { chainId: ROLLUP, sold: tokens.usdcRollup, bought: tokens.rsEthRollup }
const nameOf = (step: Step) => (step.kind === 'sale' ? step.mirror.spec.name : step.kind)
function amounts(sourcing: MarketSourcing, dollars: bigint): Record<string, number> {
  const legs = sourcing.split(exchange, dollars * DOLLARS)
  return Object.fromEntries(
    legs.map(({ path, amountIn }) => [path.map(nameOf).join(' > '), Number(amountIn / DOLLARS)]),
  )
}

describe('the ways to a token', () => {
  test('lead over one pool, over two in a row, and over a bridge from what lies elsewhere, as deep as each is', () => {
    // In dollars a side: 100,000 here, 250,000 for two alike of 500,000 in a row, 2,000,000 there; fees of 5 and 10 basis points hardly shift it.
    const parts = amounts(setUp(), 40_000n)
    expect(Object.keys(parts).toSorted()).toEqual([
      'stock > home > crossing',
      'usdc-eth > eth-rseth',
      'usdc-rseth',
    ])
    expect(parts['usdc-rseth']).toBeCloseTo(40_000 * (100 / 2_350), -3)
    expect(parts['usdc-eth > eth-rseth']).toBeCloseTo(40_000 * (250 / 2_350), -3)
  })

  test('are fewer with fewer pools in a row, without bridges, or over bridges that ask or wait too long', () => {
    expect(Object.keys(amounts(setUp({ maxHops: 1 }), 40_000n))).toEqual([
      'usdc-rseth',
      'stock > home > crossing',
    ])
    const local = ['usdc-rseth', 'usdc-eth > eth-rseth']
    expect(Object.keys(amounts(setUp({ bridges: [] }), 40_000n))).toEqual(local)
    expect(Object.keys(amounts(setUp({ maxWaitSeconds: 60 }), 40_000n))).toEqual(local)
  })

  test('take no more from elsewhere than is free there', () => {
    expect(amounts(setUp({}, 9_000n), 40_000n)['stock > home > crossing']).toBe(9_000)
    expect(Object.keys(amounts(setUp({}, 0n), 40_000n))).toEqual(['usdc-rseth', 'usdc-eth > eth-rseth'])
  })

  test('are not gone for what is worth less than their gas', () => {
    // A swap and a crossing at 2 gwei of the L1 cost a dollar or so; the slippage of ten dollars in a pool of 100,000 is a tenth of a cent.
    expect(amounts(setUp(), 10n)).toEqual({ 'usdc-rseth': 10 })
  })

  test('make what is sold from stock cheaper', () => {
    const cost = (sourcing: MarketSourcing) => sourcing.costE8(ROLLUP, tokens.rsEthRollup, 15n * ETHER)
    const [all, local, direct] = [setUp(), setUp({ bridges: [] }), setUp({ bridges: [], maxHops: 1 })].map(
      cost,
    )
    expect(local! < direct! && all! < local!).toBe(true)
    // Over one pool the cheapest is the one that takes ether: 39,000 dollars of it into 500,000 a side lose 39,000² / 539,000, and the fee of 5 basis points.
    expect(Number(direct) / 1e8).toBeCloseTo((39_000 ** 2 / 539_000) * (1 - 0.0005) + 39_000 * 0.0005, -2)
  })

  test('pair every two tokens of a chain that they join, once', () => {
    const named = setUp()
      .pairs()
      .map(({ chainId, tokens: [first, second] }) => {
        const symbols = [first, second].map(
          (at) =>
            smallNetwork.tokens.find((token) => token.chainId === chainId && token.address === at)?.symbol,
        )
        return `${chainId} ${symbols.toSorted().join('/')}`
      })
    // Ether on the rollup buys there what the bridge brings to the L1.
    expect(named.toSorted()).toEqual([
      '1 ETH/rsETH',
      '1 USDC/rsETH',
      '10 ETH/USDC',
      '10 ETH/rsETH',
      '10 USDC/rsETH',
    ])
  })
})
