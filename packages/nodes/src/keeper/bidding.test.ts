// Bids of keepers in English auctions. Amounts are whole coins; raise and discount as Maker's of 2020 where they matter.
import { describe, expect, it } from 'vitest'
import { nextBid } from './bidding.ts'

const rules = { discountBps: 500, openingBps: 0, answerBps: 5_000 }
const standing = { lot: 50n, bid: 0n, tab: 80_000n, raiseBps: 300n }
const PLENTY = 10n ** 9n

describe('the next bid', () => {
  it('is one unit where nobody has bid, however much the lot is worth', () => {
    expect(nextBid(standing, 75_000n, PLENTY, rules)).toEqual({ lot: 50n, bid: 1n })
    expect(nextBid(standing, 75_000n, PLENTY, { ...rules, openingBps: 10_000 })?.bid).toBe(71_250n)
  })

  // Ceiling 95 % of 75,000 = 71,250; half of the gap above 10,000.
  it('goes half of the way to the ceiling, and at least the raise', () => {
    expect(nextBid({ ...standing, bid: 10_000n }, 75_000n, PLENTY, rules)?.bid).toBe(40_625n)
    expect(nextBid({ ...standing, bid: 69_000n }, 75_000n, PLENTY, rules)?.bid).toBe(71_070n)
  })

  it('is none when the least raise is above ceiling or purse', () => {
    expect(nextBid({ ...standing, bid: 69_200n }, 75_000n, PLENTY, rules)).toBeNull()
    expect(nextBid({ ...standing, bid: 10_000n }, 75_000n, 10_299n, rules)).toBeNull()
    expect(nextBid({ ...standing, bid: 10_000n }, 75_000n, 10_300n, rules)?.bid).toBe(10_300n)
  })

  it('stops at the target, and then asks for less of the lot', () => {
    const worth = 200_000n
    expect(nextBid({ ...standing, bid: 79_000n }, worth, PLENTY, rules)).toEqual({ lot: 50n, bid: 80_000n })
    // 80,000 buy ⌈80,000 · 50,000 / 190,000⌉ = 21,053 thousandths at the ceiling; half of the way from 50,000.
    const shrink = nextBid({ ...standing, lot: 50_000n, bid: 80_000n }, worth, PLENTY, rules)
    expect(shrink).toEqual({ lot: 35_527n, bid: 80_000n })
    // At a worth of 85,000 the ceiling is 80,750: 49,536 at least, and a raise leaves 48,543 at most.
    expect(nextBid({ ...standing, lot: 50_000n, bid: 80_000n }, 85_000n, PLENTY, rules)).toBeNull()
  })
})
