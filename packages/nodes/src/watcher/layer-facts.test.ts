// How far feeds were from the world's prices.
import { asChainId } from '@solvent/primitives'
import { type Block, contractAddress, type NetworkSpec, type PriceBook } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { FeedMeter } from './layer-facts.ts'

const chainId = asChainId(1)
const oracle = contractAddress('oracle', 'eth-usd')
const E8 = 10n ** 8n
const spec = (genesisE8: bigint | null) =>
  ({
    genesisMs: 0,
    oracles: [{ address: oracle, chainId, symbol: 'ETH', source: { kind: 'feed', genesisE8 } }],
  }) as unknown as NetworkSpec
/** 1,000 for 500 s, then 2,000. */
const prices: PriceBook = [
  {
    ...{ symbol: 'ETH', priceE8: 1_000n * E8 },
    path: [
      { elapsedMs: 500_000, priceE8: 1_000n * E8 },
      { elapsedMs: 500_001, priceE8: 2_000n * E8 },
    ],
  },
]
const updated = (number: number, dollars: bigint): Block =>
  ({
    header: { chainId, number, timestamp: number },
    receipts: [{ events: [{ kind: 'price-updated', oracle, round: 1, answerE8: dollars * E8 }] }],
  }) as unknown as Block

describe('a feed', () => {
  it('that stands while the price doubles is off by a half from then on', () => {
    expect(new FeedMeter(spec(1_000n * E8)).deviation(chainId, prices, 0, 1_000)).toBeCloseTo(0.25, 2)
  })

  it('that follows is off by nothing, until a re-org takes its answer back', () => {
    const meter = new FeedMeter(spec(1_000n * E8))
    meter.followed(updated(501, 2_000n))
    expect(meter.deviation(chainId, prices, 0, 1_000)).toBeCloseTo(0, 2)
    meter.orphaned(updated(501, 2_000n))
    expect(meter.deviation(chainId, prices, 0, 1_000)).toBeCloseTo(0.25, 2)
  })

  it('without an answer is off by all of it, and a chain without feeds has none', () => {
    expect(new FeedMeter(spec(null)).deviation(chainId, prices, 0, 1_000)).toBe(1)
    expect(new FeedMeter(spec(null)).deviation(asChainId(2), prices, 0, 1_000)).toBeNull()
  })
})
