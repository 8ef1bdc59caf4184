// Auctions of collateral on a real chain under audit: a raise that is none, a lot sold below the price of the moment, a loss that nobody
// books. Each is a rule of the engine altered; the audit knows nothing of it.
import type { LiquidationEngine } from '@solvent/protocol'
import { settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { ETHER, lend, pool, post } from './audited-lending.ts'
import { type AuditedNetwork, address, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const english: LiquidationEngine = {
  kind: 'english',
  penaltyBps: 1_300n,
  raiseBps: 300n,
  bidSeconds: 600,
  auctionSeconds: 3_600,
  lots: [{ token: rsEthFar, most: 20n * ETHER }],
}
const dutch: LiquidationEngine = {
  kind: 'dutch',
  penaltyBps: 1_300n,
  lots: [],
  startBps: 13_000n,
  tailSeconds: 2_000,
  floorBps: 4_000n,
  dust: 100_000n,
  decrease: { kind: 'steps', keptBps: 9_900n, stepSeconds: 90 },
}
const START = {
  kind: 'start-auction',
  pool,
  borrower: address('alice'),
  collateral: rsEthFar,
  debt: usdc,
} as const
const bid = (network: AuditedNetwork, who: string, lot: bigint, amount: bigint, auction = 0) =>
  network.call(ORIGIN, who, { kind: 'bid-in-auction', pool, auction, lot, bid: amount })
const buy = (network: AuditedNetwork, who: string, amount: bigint, second?: number) =>
  network.call(
    ORIGIN,
    who,
    { kind: 'buy-in-auction', pool, auction: 0, amount, maxPriceRay: 10n ** 60n },
    second,
  )

/** 50 ETH at 1,500 against 700,000 units of 0.1 dollars: a health of 0.89. */
function unhealthy(rules = {}, engine = english): AuditedNetwork {
  const network = lend(rules, engine)
  // Atlas has lent all that it had.
  network.done(ORIGIN, 'alice', { kind: 'transfer', token: usdc, to: address('atlas'), amount: 600_000n })
  post(network, 1_500n, 1, 100)
  return network
}

describe('auctions of collateral under audit', () => {
  it('breaks nothing in the life of an English auction: bids, a smaller lot, restart, settlement with and without loss', () => {
    const network = unhealthy()
    network.done(ORIGIN, 'borealis', START)
    // 20 of 50 ETH carry 280,000 of the debt and 36,400 of penalty.
    const target = network
      .done(ORIGIN, 'borealis', START)
      .events.find(({ kind }) => kind === 'auction-started')
    expect(target).toMatchObject({ auction: 1, lot: 20n * ETHER, owed: expect.any(BigInt) })
    const { tab } = target as { tab: bigint }
    expect(tab).toBeGreaterThan(316_400n - 10n)
    expect(bid(network, 'atlas', 20n * ETHER, 1n).status).toBe('ok')
    expect(bid(network, 'borealis', 20n * ETHER, 100_000n).status).toBe('ok')
    expect(bid(network, 'atlas', 20n * ETHER, 102_999n).reason).toBe('bid-too-low')
    expect(bid(network, 'atlas', 20n * ETHER, tab, 1).status).toBe('ok')
    expect(bid(network, 'borealis', 19n * ETHER, tab, 1).status).toBe('ok')
    expect(network.call(ORIGIN, 'atlas', { kind: 'settle-auction', pool, auction: 0 }).reason).toBe(
      'auction-running',
    )
    network.done(ORIGIN, 'atlas', { kind: 'settle-auction', pool, auction: 0 }, 3_000)
    network.done(ORIGIN, 'atlas', { kind: 'settle-auction', pool, auction: 1 })
    post(network, 1_400n, 2)
    network.done(ORIGIN, 'borealis', START)
    network.done(ORIGIN, 'borealis', { kind: 'restart-auction', pool, auction: 2 }, 6_700)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
    const { checked } = network.auditor.finish()
    expect(checked.get('C-6')).toBeGreaterThan(2)
  })

  it('breaks nothing in the life of a Dutch auction: a part, the rest, and one begun anew', () => {
    const network = unhealthy({}, dutch)
    network.done(ORIGIN, 'borealis', START)
    expect(buy(network, 'atlas', 5n * ETHER, 1_000).status).toBe('ok')
    network.undo(ORIGIN)
    expect(buy(network, 'atlas', 5n * ETHER, 1_100).status).toBe('ok')
    expect(buy(network, 'borealis', 50n * ETHER, 2_300).reason).toBe('auction-too-old')
    post(network, 1_500n, 2)
    network.done(ORIGIN, 'atlas', { kind: 'restart-auction', pool, auction: 0 })
    expect(buy(network, 'borealis', 50n * ETHER).status).toBe('ok')
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it('catches a bid that raises too little', () => {
    const tend: typeof settlementRules.tend = (auction, given, rules, now) =>
      settlementRules.tend(auction, given, { ...rules, beg: 10n ** 18n }, now)
    const network = unhealthy({ tend })
    network.done(ORIGIN, 'borealis', START)
    bid(network, 'atlas', 20n * ETHER, 100_000n)
    expect(network.broken()).toEqual([])
    bid(network, 'borealis', 20n * ETHER, 100_001n)
    expect(network.broken()).toEqual(['C-4'])
  })

  it('catches a lot that is sold below the price of the moment', () => {
    const takeFromSale: typeof settlementRules.takeFromSale = (sale, order, rules, now) =>
      settlementRules.takeFromSale(sale, order, rules, now + 900)
    const network = unhealthy({ takeFromSale }, dutch)
    network.done(ORIGIN, 'borealis', START)
    buy(network, 'atlas', 5n * ETHER, 1_000)
    expect(network.broken()).toContain('C-4')
  })

  it('catches more than a part from a slow engine, and parts that follow too soon are refused', () => {
    const slow: LiquidationEngine = { kind: 'slow', partBps: 1_000n, intervalSeconds: 300 }
    const liquidate = (debtToCover: bigint) => ({
      ...{ kind: 'liquidate' as const, pool, borrower: address('alice'), collateral: rsEthFar, debt: usdc },
      ...{ debtToCover, receive: 'underlying' as const },
    })
    const network = unhealthy({}, slow)
    const events = network.done(ORIGIN, 'borealis', liquidate(500_000n)).events
    // A tenth of 700,000 and a little interest.
    expect(events.find(({ kind }) => kind === 'liquidated')).toMatchObject({ debtRepaid: 70_001n })
    expect(network.call(ORIGIN, 'borealis', liquidate(500_000n)).reason).toBe('too-early')
    network.undo(ORIGIN)
    network.undo(ORIGIN)
    // What was taken back runs again, later: the time of the account counts from there.
    network.produce(ORIGIN, 900)
    expect(network.call(ORIGIN, 'borealis', liquidate(500_000n), 1_199).reason).toBe('too-early')
    network.done(ORIGIN, 'borealis', liquidate(500_000n), 1_200)
    expect(network.broken()).toEqual([])
    const greedy = unhealthy({ slowPart: (owed: bigint) => owed / 5n }, slow)
    greedy.done(ORIGIN, 'borealis', liquidate(500_000n))
    expect(greedy.broken()).toEqual(['C-4'])
  })

  it('catches a loss of an auction that nobody books', () => {
    const network = unhealthy({ auctionLoss: () => 0n })
    network.done(ORIGIN, 'borealis', START)
    bid(network, 'atlas', 20n * ETHER, 1n)
    network.done(ORIGIN, 'atlas', { kind: 'settle-auction', pool, auction: 0 }, 2_000)
    expect(network.broken()).toContain('C-6')
  })

  it('takes blocks of an auction back, and what it reckoned with them', () => {
    const network = unhealthy()
    network.done(ORIGIN, 'borealis', START)
    bid(network, 'atlas', 20n * ETHER, 1_000n)
    network.undo(ORIGIN)
    network.undo(ORIGIN)
    network.produce(ORIGIN, 400)
    expect(bid(network, 'borealis', 20n * ETHER, 200_000n).status).toBe('ok')
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })
})
