import { asChainId, ZERO_ADDRESS } from '@solvent/primitives'
import { type Block, contractAddress, type MarketSpec, marketAddress } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { smallNetwork } from '../testing/small-network.ts'
import { MarketMeter } from './market-meter.ts'

const chainId = asChainId(1)
const DAY = 86_400
const Q96 = 2n ** 96n
const spec: MarketSpec = {
  ...{ name: 'pair', chainId, address: marketAddress('pair'), token0: ZERO_ADDRESS },
  token1: contractAddress('token', 'here/USD'),
  design: { kind: 'constant-product', feePips: 0 },
}

const block = (number: number, timestamp: number, ...prices: bigint[]): Block =>
  ({
    header: { chainId, number, timestamp },
    receipts: prices.map((price) => ({
      events: [
        { kind: 'market-synced', market: spec.address, priceX96: price * Q96, reserve0: 1n, reserve1: 1n },
      ],
    })),
  }) as never

it('has the least price of each day on which it moved, beginning with what it was before', () => {
  const balances = [spec.token0, spec.token1].map((token) => ({
    ...{ kind: 'POOL' as const, owner: spec.address, token },
    amount: token === ZERO_ADDRESS ? 10n : 90n,
  }))
  // Noon of a first day.
  const meter = new MarketMeter({ ...smallNetwork, markets: [spec], genesisMs: (DAY + DAY / 2) * 1_000 }, [
    { chainId, accounts: [], balances },
  ])
  meter.followed(block(1, DAY + DAY / 2 + 10, 8n, 12n))
  meter.followed(block(2, 2 * DAY + 10, 20n, 15n))
  meter.followed(block(3, 4 * DAY, 4n))
  meter.followed(block(4, 4 * DAY + 10, 3n))
  const lows = () => meter.outcomes()[0]!.dailyLows.map(({ day, lowX96 }) => [day, lowX96 / Q96])
  expect(lows()).toEqual([
    [1, 8n],
    [2, 12n],
    [4, 3n],
  ])
  meter.orphaned(block(4, 4 * DAY + 10, 3n))
  meter.orphaned(block(3, 4 * DAY, 4n))
  expect(lows()).toEqual([
    [1, 8n],
    [2, 12n],
  ])
})
