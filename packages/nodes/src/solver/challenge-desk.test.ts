// Windows of an hour; we had bid 995 for an order that another won.
import type { RequestId, TimerId } from '@solvent/ports'
import { type Address, asNodeId } from '@solvent/primitives'
import { type Block, orderDigest, type SignedBid } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, GENESIS_SECONDS, sampleOrder } from '../testing/small-network.ts'
import { ChallengeDesk } from './challenge-desk.ts'
import type { SolverBooks } from './solver-books.ts'

const HOUR = 3_600
const order = sampleOrder()
const orderId = orderDigest(order)
if (order.award.by !== 'auctioneer') throw new Error('not auctioned')
const auctioned = { ...order, award: order.award }
const at = (seconds: number) => GENESIS_SECONDS + seconds

const block = (seconds: number, fill?: { by: Address; amount: bigint }): Block =>
  ({
    header: { timestamp: at(seconds) },
    receipts: [
      {
        events:
          fill === undefined
            ? []
            : [{ kind: 'order-filled', orderId, solver: fill.by, outputAmount: fill.amount }],
      },
    ],
  }) as unknown as Block

function setUp(
  change: {
    toleranceBps?: number
    kept?: Map<string, Uint8Array>
    isTold?: boolean
    nowSeconds?: number
  } = {},
) {
  const { kept = new Map<string, Uint8Array>(), toleranceBps = 0, isTold = true } = change
  const asked: SignedBid[] = []
  const timers: TimerId[] = []
  const books = {
    init: isTold ? { benchmark: { challengeSeconds: HOUR, toleranceBps } } : {},
    self: address('atlas'),
    facts: { auctioneer: () => asNodeId('auctioneer-1') },
    nowSeconds: () => change.nowSeconds ?? at(420),
    ports: {
      store: {
        get: (key: string) => kept.get(key),
        put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
        delete: (key: string) => void kept.delete(key),
        keys: () => [...kept.keys()],
      },
      signer: { sign: () => '0x' },
      meter: { count() {} },
      rng: { stream: () => ({ range: () => 1 }) },
      timers: {
        set: () => {
          timers.push((timers.length + 1) as TimerId)
          return timers.at(-1)
        },
      },
      transport: {
        self: asNodeId('atlas'),
        request: (_to: unknown, { body }: { body: SignedBid }) => asked.push(body) as unknown as RequestId,
      },
    },
  } as unknown as SolverBooks
  return { desk: new ChallengeDesk(books), asked, kept, timers }
}

describe('a solver that lost an auction', () => {
  test.each<[string, Address, bigint, number, number]>([
    ['less than it had bid', address('issuer'), 994n, 0, 1],
    ['as much as it had bid', address('issuer'), 995n, 0, 0],
    // 995 · 9900/10000 = 985.05
    ['less by no more than is tolerated', address('issuer'), 985n, 100, 0],
    ['less, by itself', address('atlas'), 900n, 0, 0],
  ])('hands its bid in again when the user gets %s', (_name, by, amount, toleranceBps, count) => {
    const { desk, asked } = setUp({ toleranceBps })
    desk.onLost(orderId, auctioned, 995n)
    desk.onBlock(block(400, { by, amount }))
    expect(asked).toHaveLength(count)
    for (const { bid } of asked)
      expect(bid).toEqual({
        ...{ orderId, auctioneer: auctioned.award.auctioneer },
        ...{ solver: address('atlas'), outputAmount: 995n },
      })
  })

  test('does so again when nobody answers, and not once it has been heard or the window is over', () => {
    const { desk, asked, timers } = setUp()
    desk.onLost(orderId, auctioned, 995n)
    desk.onBlock(block(400, { by: address('issuer'), amount: 990n }))
    expect(desk.onMessage({ via: 'failure', request: 1 } as never)).toBe(true)
    expect(desk.onTimer(timers[0]!)).toBe(true)
    expect(asked).toHaveLength(2)
    expect(desk.onMessage({ via: 'reply', request: 2 } as never)).toBe(true)
    expect(timers).toHaveLength(1)
    const late = setUp({ nowSeconds: at(401 + HOUR) })
    late.desk.onLost(orderId, auctioned, 995n)
    late.desk.onBlock(block(400, { by: address('issuer'), amount: 990n }))
    expect(late.asked).toEqual([])
  })

  test('knows its bid after a restart, until the order can be challenged no more', () => {
    const { desk, kept } = setUp()
    desk.onLost(orderId, auctioned, 995n)
    const again = setUp({ kept })
    again.desk.resume()
    again.desk.onBlock(block(400, { by: address('issuer'), amount: 990n }))
    expect(again.asked).toHaveLength(1)
    const seconds = order.fillDeadline - GENESIS_SECONDS + HOUR
    again.desk.onBlock(block(seconds))
    expect(kept.size).toBe(1)
    again.desk.onBlock(block(seconds + 1))
    expect(kept.size).toBe(0)
  })

  test('keeps nothing of batches, nor where nobody hears it', () => {
    const { desk, kept } = setUp()
    desk.onLost(orderId, { ...auctioned, award: { ...auctioned.award, rule: 'fair-combinatorial' } }, 995n)
    const deaf = setUp({ isTold: false })
    deaf.desk.onLost(orderId, auctioned, 995n)
    expect([kept.size, deaf.kept.size]).toEqual([0, 0])
  })
})
