import { type Address, asChainId } from '@solvent/primitives'
import {
  contractAddress,
  type Genesis,
  type MarketSpec,
  marketAddress,
  stablecoinAddress,
} from '@solvent/protocol'
import { MarketMirror, StablecoinMirror } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { PegDesk, type PegDeskView } from './peg-desk.ts'

const chainId = asChainId(1)
const UNIT = 10n ** 6n
const [UST, LUNA, USDC] = ['ust', 'luna', 'usdc'].map((name) => contractAddress('token', name)) as [
  Address,
  Address,
  Address,
]

/** A pair without a fee of so many whole units of each. */
function pool(name: string, [token0, amount0]: [Address, bigint], [token1, amount1]: [Address, bigint]) {
  const address = marketAddress(name)
  const spec: MarketSpec = {
    ...{ name, chainId, address, token0, token1 },
    design: { kind: 'constant-product', feePips: 0 },
  }
  const side = (token: Address, amount: bigint) =>
    ({ kind: 'POOL', owner: address, token, amount: amount * UNIT }) as const
  const genesis: Genesis = { chainId, accounts: [], balances: [side(token0, amount0), side(token1, amount1)] }
  return new MarketMirror(spec, [genesis])
}

/** A desk between a pool of `stable` UST against 1,000 dollars and a deep market of LUNA at a dollar. */
function deskOf({ stable = 1_000n, basePool = 10n ** 9n, minSpreadBps = 0n, minProfitE8 = 0n }) {
  const market = marketAddress('luna')
  const coin = new StablecoinMirror({
    ...{ name: 'ust', address: stablecoinAddress('ust'), chainId, stable: UST, stableDecimals: 6 },
    ...{ token: LUNA, tokenDecimals: 6, basePool: basePool * UNIT, recoveryBlocks: 4, minSpreadBps },
    price: { kind: 'market', market, quote: USDC, quoteDecimals: 6 },
  })
  const mirrors = [
    pool('curve', [UST, stable], [USDC, 1_000n]),
    pool('luna', [LUNA, 10n ** 9n], [USDC, 10n ** 9n]),
  ]
  const tokens = [{ chainId, address: USDC, symbol: 'USDC', decimals: 6, wrappedBy: null }]
  return new PegDesk([coin], mirrors, tokens, {
    prices: [{ symbol: 'USDC', priceE8: 10n ** 8n }],
    minProfitE8,
  })
}

const view: PegDeskView = {
  held: () => 10n ** 30n,
  baseFee: () => 0n,
  isBusy: () => false,
  nextBlock: () => 7,
  recipient: USDC,
  deadline: 99,
}

describe('what is to be earned on a peg', () => {
  it('is nothing at the peg, and nothing above it', () => {
    expect(deskOf({}).best(view, 0)).toBeNull()
    expect(deskOf({ stable: 900n }).best(view, 0)).toBeNull()
  })

  it('is what buying up to the peg brings', () => {
    // x · y = 1,210 · 1,000 meets at √1,210,000 = 1,100: 100 dollars buy 110, which are burned at par into a market too deep to move.
    const trade = deskOf({ stable: 1_210n }).best(view, 0)
    expect(Number(trade!.profitE8) / 1e8).toBeCloseTo(10, 3)
    const [buy, burn, sell] = trade!.steps.map(({ call }) => call)
    if (buy?.kind !== 'swap' || burn?.kind !== 'exchange-stablecoin' || sell?.kind !== 'swap')
      throw new Error('other steps')
    expect(Number(buy.amountIn) / 1e6).toBeCloseTo(100, 1)
    expect(burn.amount).toBe(buy.minAmountOut)
    expect(sell.amountIn).toBe(burn.minAmountOut)
    // It breaks even at worst.
    expect(sell.minAmountOut).toBeGreaterThan(buy.amountIn)
  })

  it('is less where the virtual pools are narrow, and nothing within the spread', () => {
    const [deep, narrow] = [10n ** 9n, 1_000n].map((basePool) =>
      deskOf({ stable: 1_210n, basePool }).best(view, 0),
    )
    expect(narrow!.profitE8).toBeLessThan(deep!.profitE8 / 2n)
    // The pool's price is 1 / 1.21: a spread of 18 % leaves nothing.
    expect(deskOf({ stable: 1_210n, minSpreadBps: 1_800n }).best(view, 0)).toBeNull()
    expect(deskOf({ stable: 1_210n, minSpreadBps: 1_500n }).best(view, 0)).not.toBeNull()
  })

  it('is left alone for less than is asked for, without money, and while a step is under way', () => {
    const desk = deskOf({ stable: 1_210n, minProfitE8: 11n * 10n ** 8n })
    expect(desk.best(view, 0)).toBeNull()
    expect(deskOf({ stable: 1_210n }).best({ ...view, held: () => 0n }, 0)).toBeNull()
    const isBusy = (contract: Address) => contract === stablecoinAddress('ust')
    expect(deskOf({ stable: 1_210n }).best({ ...view, isBusy }, 0)).toBeNull()
  })
})
