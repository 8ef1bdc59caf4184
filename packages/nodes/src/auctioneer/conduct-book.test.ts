import type { Store, StoreTicket } from '@solvent/ports'
import { type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import type { Award, Block } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, GENESIS_SECONDS, sampleOrder } from '../testing/small-network.ts'
import { ConductBook } from './conduct-book.ts'

const order = sampleOrder()
const orderId = (index: number) => `0x${String(index).padStart(64, '0')}` as OrderId
const at = (seconds: number) => GENESIS_SECONDS + seconds

function memoryStore(): Store {
  const kept = new Map<string, Uint8Array>()
  let tickets = 0
  return {
    get: (key) => kept.get(key),
    put: (key, bytes) => {
      kept.set(key, typeof bytes === 'function' ? bytes() : bytes)
      return tickets++ as unknown as StoreTicket
    },
    delete: (key) => {
      kept.delete(key)
      return tickets++ as unknown as StoreTicket
    },
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)).sort(),
  } as Store
}

function setUp(store = memoryStore()) {
  const faded: OrderId[] = []
  const book = new ConductBook({
    disciplines: ['fade-breaker'],
    genesisSeconds: GENESIS_SECONDS,
    store,
    onFade: (award) => faded.push(award.orderId),
  })
  const block = (seconds: number, fills: readonly number[] = []): Block =>
    ({
      header: { chainId: order.output.chainId, timestamp: at(seconds) },
      receipts: [
        {
          events: fills.map((index) => ({
            kind: 'order-filled',
            orderId: orderId(index),
            solver: address('atlas'),
          })),
        },
      ],
    }) as unknown as Block
  const award = (index: number, untilSeconds: number): Award => ({
    orderId: orderId(index),
    auctioneer: ZERO_ADDRESS,
    winner: address('atlas'),
    outputAmount: 1n,
    exclusiveUntil: at(untilSeconds),
    bids: [],
  })
  const admits = (seconds: number) => book.admits(address('atlas'), at(seconds))
  return { book, store, faded, block, award, admits }
}

describe('what an auctioneer knows of how awards were kept', () => {
  // fade-rate-v2.ts: (fades + 1)/(orders + 20) > 0.12 benches for 900 s from the run; 3 of 8 are 4/28, 2 of 8 are 3/28.
  test.each([
    [3, false],
    [2, true],
  ])('%i fades among eight orders: admitted afterwards, %s', (fades, isAdmitted) => {
    const { book, faded, block, award, admits } = setUp()
    for (let index = 0; index < 8; index++) {
      book.awarded(award(index, 50 * (index + 1)), order)
      book.followed(block(50 * (index + 1), index < fades ? [] : [index]))
    }
    book.followed(block(500))
    expect(faded).toHaveLength(fades)
    expect(admits(599)).toBe(true)
    book.judge(at(600))
    expect(admits(601)).toBe(isAdmitted)
    expect(admits(1_501)).toBe(true)
  })

  test('a fill after the window, and one that a re-org took back, are fades', () => {
    const { book, faded, block, award } = setUp()
    book.awarded(award(1, 50), order)
    book.awarded(award(2, 50), order)
    book.followed(block(40, [2]))
    book.orphaned(block(40, [2]))
    book.followed(block(60, [1]))
    expect(faded).toEqual([])
    book.followed(block(81))
    expect(faded).toEqual([orderId(1), orderId(2)])
  })

  test('a restart judges again what was judged, and what is still open', () => {
    const before = setUp()
    for (let index = 0; index < 4; index++) before.book.awarded(before.award(index, 100), order)
    before.book.followed(before.block(140))
    before.book.awarded(before.award(9, 700), order)
    before.book.judge(at(600))
    expect(before.admits(700)).toBe(false)
    const after = setUp(before.store)
    after.book.resume()
    after.book.judge(at(600))
    expect(after.admits(700)).toBe(false)
    after.book.followed(after.block(731))
    expect(after.faded).toEqual([orderId(9)])
  })
})

test('commitments that nobody opens count as fades, restarted or not', () => {
  const { book, store, admits } = setUp()
  // (fades + 1) / (orders + 20): two of two are 3/22, above 0.12; one of one is 2/21, below.
  for (const index of [1, 2]) book.unopened(orderId(index), address('atlas'), at(index))
  const restarted = setUp(store)
  restarted.book.resume()
  restarted.book.judge(at(700))
  book.judge(at(700))
  expect([admits(701), restarted.admits(701)]).toEqual([false, false])
  const once = setUp()
  once.book.unopened(orderId(1), address('atlas'), at(1))
  once.book.judge(at(700))
  expect(once.admits(701)).toBe(true)
})
