import { asChainId } from '@solvent/primitives'
import { type Block, contractAddress, type Genesis, type MarketSpec, marketAddress } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { PriceFall } from './price-fall.ts'

const ETHER = 10n ** 18n
const market: MarketSpec = {
  ...{ name: 'pool', chainId: asChainId(1), address: marketAddress('pool') },
  token0: contractAddress('token', 'a'),
  token1: contractAddress('token', 'b'),
  design: { kind: 'constant-product', feePips: 0 },
}
const pool = (token: MarketSpec['token0']): Genesis['balances'][number] => ({
  ...{ kind: 'POOL', owner: market.address, token, amount: 100n * ETHER },
})
const genesis: Genesis = {
  chainId: market.chainId,
  accounts: [],
  balances: [pool(market.token0), pool(market.token1)],
}
/** Sells 25 of one against the other: the price is (100/125)² = 0.64 of what it was. */
const sale = (tokenIn: MarketSpec['token0']) =>
  ({
    header: { chainId: market.chainId, timestamp: 1 },
    hash: `0x${'11'.repeat(32)}`,
    receipts: [{ events: [{ kind: 'swapped', market: market.address, tokenIn, amountIn: 25n * ETHER }] }],
  }) as unknown as Block
const fall = (lossAversion: { factor: number; curvature: number } | null) =>
  new PriceFall(
    { market: market.address, asset: market.token0, weight: 2, lossAversion },
    { markets: [market] },
    genesis,
  )

it('weighs what is gone of the price, until the block is taken back, and no rise', () => {
  const seen = fall(null)
  expect(seen.pressure).toBe(0)
  seen.followed(sale(market.token0))
  expect(seen.pressure).toBeCloseTo(2 * 0.36, 9)
  seen.orphaned(sale(market.token0))
  expect(seen.pressure).toBe(0)
  seen.followed(sale(market.token1))
  expect(seen.pressure).toBe(0)
})

it('weighs more when people feel losses', () => {
  // Tversky, Kahneman 1992: 2.25 · 0.36^0.88 = 0.9157.
  const seen = fall({ factor: 2.25, curvature: 0.88 })
  seen.followed(sale(market.token0))
  expect(seen.pressure).toBeCloseTo(2 * 0.9157, 3)
})
