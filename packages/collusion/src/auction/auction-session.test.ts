import { createStreams } from '@solvent/kernel'
import { describe, expect, it } from 'vitest'
import { auctionSession } from './auction-session.ts'
import { type AuctionStudy, banchioSkrzypacz } from './auction-study.ts'
import { paymentTable } from './payment-table.ts'

const SESSIONS = 6

function meanRevenue(study: AuctionStudy, sessions = SESSIONS): number {
  const revenues = Array.from(
    { length: sessions },
    (_, session) => auctionSession(study, createStreams(8).stream(`session-${session}`)).revenue,
  )
  return revenues.reduce((sum, revenue) => sum + revenue, 0) / sessions
}

describe('bidders that learn (Banchio and Skrzypacz 2022)', () => {
  const short = { periods: 200_000 }

  it('collude in a first-price auction and compete in a second-price one', () => {
    // Published means: 0.24 and 0.947. Six short sessions leave room of 0.1.
    expect(Math.abs(meanRevenue({ ...banchioSkrzypacz(1), ...short }) - 0.2265)).toBeLessThan(0.1)
    expect(meanRevenue(banchioSkrzypacz(2), 2)).toBeGreaterThan(0.9)
  })

  it('compete as well once they see what rivals bid', () => {
    const revenue = meanRevenue({ ...banchioSkrzypacz(1, 'all-bids'), ...short }, 3)
    expect(revenue).toBeGreaterThanOrEqual(0.9 - 1e-9)
    expect(revenue).toBeLessThanOrEqual(0.95 + 1e-9)
  })

  it('fall to the lowest bid when ties are split, and stay high when values begin low: open choices decide', () => {
    // Fixture banchio-skrzypacz, sensitivity: 0.051 and 0.7205.
    expect(meanRevenue({ ...banchioSkrzypacz(1), ...short, ties: 'split' }, 3)).toBeLessThan(0.1)
    expect(meanRevenue({ ...banchioSkrzypacz(1), ...short, start: 1 }, 4)).toBeGreaterThan(0.5)
  })

  it('bid competitively when a bond can be lost for bidding low', () => {
    const oversight = { threshold: 0.5, probability: 0.5, bond: 2 }
    expect(meanRevenue({ ...banchioSkrzypacz(1), ...short, oversight }, 3)).toBeGreaterThanOrEqual(0.5 - 1e-9)
  })

  it('keep 0.05 at 0.95, and as much at 0.90 half of the time: equal to the bit', () => {
    const surplus = paymentTable({ bids: 19, payment: 1 })
    expect(surplus[17 * 19 + 17]! / 2).toBe(surplus[18 * 19 + 17])
    // Second price: the winner keeps 1 less the second highest bid.
    expect(paymentTable({ bids: 19, payment: 2 })[18 * 19 + 9]).toBe(0.5)
  })
})
