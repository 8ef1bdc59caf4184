import { describe, expect, it } from 'vitest'
import { MarketWatch } from './market-watch.ts'

const MARKET = `0x${'a1'.repeat(20)}` as never
const watched = { kind: 'market', market: MARKET, otherSymbol: 'USDC', decimals0: 18, decimals1: 6 } as const
// 2,000 USDC (6 decimals) for one ether (18): 2,000 · 10^6 / 10^18 base units of token1 for one of token0, times 2^96.
const AT_2000 = (2_000n * 10n ** 6n * 2n ** 96n) / 10n ** 18n

const block = (number: number, priceX96: bigint | null, market = MARKET) =>
  ({
    header: { number },
    receipts: priceX96 === null ? [] : [{ events: [{ kind: 'market-synced', market, priceX96 }] }],
  }) as never
const outside = (symbol: string) => (symbol === 'USDC' ? 99_000_000n : 0n)

describe('what a market pays, as a reporter has it', () => {
  it('is nothing before the first trade, and then the price times what the other token is worth', () => {
    const watch = new MarketWatch({ ...watched, side: 'token0' })
    expect(watch.priceE8(outside)).toBeNull()
    watch.followed(block(1, AT_2000))
    // 2,000 · 0.99, to the rounding of the market's price.
    expect(Number(watch.priceE8(outside)) / 1e8).toBeCloseTo(1_980, 4)
  })

  it('of the second token it is the reverse', () => {
    const watch = new MarketWatch({ ...watched, otherSymbol: 'ETH', side: 'token1' })
    watch.followed(block(1, AT_2000))
    expect(Number(watch.priceE8(() => 1_990_00000000n)) / 1e8).toBeCloseTo(1_990 / 2_000, 6)
  })

  it('a block that is no longer followed takes its price away, and other markets have none here', () => {
    const watch = new MarketWatch({ ...watched, side: 'token0' })
    watch.followed(block(1, AT_2000))
    watch.followed(block(2, AT_2000 / 2n))
    watch.followed(block(3, AT_2000 / 4n, `0x${'b2'.repeat(20)}` as never))
    expect(Number(watch.priceE8(outside)) / 1e8).toBeCloseTo(990, 4)
    watch.orphaned(block(2, null))
    expect(Number(watch.priceE8(outside)) / 1e8).toBeCloseTo(1_980, 4)
  })
})
