// Windows of an hour; atlas has won at 1,000 over borealis' bid of 995 and cygnus' of 990, and another price came.
import type { Store } from '@solvent/ports'
import type { Address } from '@solvent/primitives'
import { type Award, type Block, bidDigest, type Order, orderDigest, type SignedBid } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, GENESIS_SECONDS, sampleOrder } from '../testing/small-network.ts'
import { BenchmarkDesk, type WorseFill } from './benchmark-desk.ts'

const HOUR = 3_600
const order = sampleOrder()
const orderId = orderDigest(order)
const [atlas, borealis, cygnus] = [address('atlas'), address('borealis'), address('issuer')]
const at = (seconds: number) => GENESIS_SECONDS + seconds

const bidOf = (solver: Address, outputAmount: bigint) =>
  ({
    bid: { orderId, auctioneer: address('auctioneer-1'), solver, outputAmount },
    signature: '0x',
  }) as SignedBid

const revealed = ({ bid }: SignedBid) => ({
  solver: bid.solver,
  outputAmount: bid.outputAmount,
  bidHash: bidDigest(bid),
})

const award = {
  orderId,
  auctioneer: address('auctioneer-1'),
  winner: atlas,
  outputAmount: 1_000n,
  exclusiveUntil: at(300),
  bids: [bidOf(atlas, 1_000n), bidOf(borealis, 995n), bidOf(cygnus, 990n)].map(revealed),
} satisfies Award

function memoryStore(): Store {
  const kept = new Map<string, Uint8Array>()
  return {
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
    delete: (key: string) => void kept.delete(key),
    keys: (prefix: string) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  } as unknown as Store
}

const block = (seconds: number, fill?: { by: Address; amount: bigint }): Block =>
  ({
    header: { chainId: order.output.chainId, timestamp: at(seconds) },
    receipts: [
      {
        events:
          fill === undefined
            ? []
            : [{ kind: 'order-filled', orderId, solver: fill.by, outputAmount: fill.amount }],
      },
    ],
  }) as unknown as Block

function setUp(change: { toleranceBps?: number; store?: Store; order?: Order } = {}) {
  const worse: WorseFill[] = []
  const { toleranceBps = 0, store = memoryStore() } = change
  const terms = { challengeSeconds: HOUR, toleranceBps }
  const desk = new BenchmarkDesk(terms, store, (fill) => worse.push(fill))
  desk.awarded(award, change.order ?? order)
  return { desk, worse, store, terms }
}

describe('the benchmark of the best offer', () => {
  test('the winner owes the difference to the best challenge, once the window is over', () => {
    const { desk, worse } = setUp()
    desk.followed(block(400, { by: cygnus, amount: 970n }))
    expect(desk.challenge(bidOf(cygnus, 990n), at(410))).toBeNull()
    expect(desk.challenge(bidOf(borealis, 995n), at(420))).toBeNull()
    desk.followed(block(400 + HOUR))
    expect(worse).toEqual([])
    desk.followed(block(401 + HOUR))
    expect(worse).toEqual([
      {
        award: {
          ...{ orderId, winner: atlas, user: order.user, amount: 25n },
          ...{ chainId: order.output.chainId, token: order.output.token },
        },
        ...{ challenger: borealis, offered: 995n, delivered: 970n },
      },
    ])
    desk.followed(block(402 + HOUR))
    expect(worse).toHaveLength(1)
  })

  test.each<[string, SignedBid, number, string]>([
    ['a bid that nobody saw before the close', bidOf(borealis, 999n), 410, 'not-committed'],
    ["the winner's own bid", bidOf(atlas, 1_000n), 410, 'not-committed'],
    ['a bid that comes after the window', bidOf(borealis, 995n), 401 + HOUR, 'expired'],
  ])('%s is not heard', (_name, bid, seconds, reason) => {
    const { desk, worse } = setUp()
    desk.followed(block(400, { by: cygnus, amount: 970n }))
    expect(desk.challenge(bid, at(seconds))).toBe(reason)
    desk.followed(block(500 + HOUR))
    expect(worse).toEqual([])
    expect(desk.challenge(bidOf(borealis, 995n), at(500 + HOUR))).toBe('auction-closed')
  })

  // 995 · 9900/10000 = 985.05: down to 985 is within 100 basis points.
  test.each<[string, Address, bigint, number, number]>([
    ['as much as the bid', cygnus, 995n, 0, 0],
    ['a unit less than the bid', cygnus, 994n, 0, 1],
    ['within the tolerance', cygnus, 985n, 100, 0],
    ['a unit below the tolerance', cygnus, 984n, 100, 1],
    ['by the challenger itself', borealis, 970n, 0, 0],
    ['by the winner, after its window', atlas, 970n, 0, 1],
  ])('a fill of %s', (_name, by, amount, toleranceBps, owed) => {
    const { desk, worse } = setUp({ toleranceBps })
    desk.followed(block(400, { by, amount }))
    desk.challenge(bidOf(borealis, 995n), at(410))
    desk.followed(block(401 + HOUR))
    expect(worse).toHaveLength(owed)
  })

  test('a fill that was taken back counts as it is made again, and without one nothing is owed', () => {
    const { desk, worse } = setUp()
    desk.followed(block(400, { by: cygnus, amount: 970n }))
    desk.challenge(bidOf(borealis, 995n), at(410))
    desk.orphaned(block(400, { by: cygnus, amount: 970n }))
    desk.followed(block(401 + HOUR))
    expect(worse).toEqual([])
  })

  test('a restarted auctioneer knows bids and challenges', () => {
    const { desk, store, terms } = setUp()
    desk.challenge(bidOf(borealis, 995n), at(410))
    const worse: WorseFill[] = []
    const again = new BenchmarkDesk(terms, store, (fill) => worse.push(fill))
    again.resume()
    again.followed(block(400, { by: cygnus, amount: 970n }))
    again.followed(block(401 + HOUR))
    expect(worse.map(({ offered }) => offered)).toEqual([995n])
  })

  test('bids of batches are for many orders at once, and no challenge', () => {
    if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
    const { desk } = setUp({ order: { ...order, award: { ...order.award, rule: 'fair-combinatorial' } } })
    expect(desk.challenge(bidOf(borealis, 995n), at(410))).toBe('auction-closed')
  })
})
