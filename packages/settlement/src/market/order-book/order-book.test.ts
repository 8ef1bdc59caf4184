import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UndoableMap, UndoLog } from '../../ledger/undo-log.ts'
import { KeySet, MAX_KEY } from '../../queues/key-set.ts'
import { type LimitOrder, OrderBook, type OrderBookState, plainOrderBook, type Side } from './order-book.ts'

const base = { owner: 'ada', timeInForce: 'good-till-cancelled' } as const
const order = (id: number, side: Side, priceTicks: number, lots: bigint, more: Partial<LimitOrder> = {}) => ({
  ...base,
  id,
  side,
  priceTicks,
  lots,
  ...more,
})

describe('a set of keys', () => {
  test('finds the neighbours of any key as a sorted list does', () => {
    const key = fc.oneof(fc.nat(70), fc.nat(MAX_KEY), fc.constantFrom(0, 31, 32, 1023, 1024, MAX_KEY))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), key)), fc.array(key), (steps, asked) => {
        const set = new KeySet(new Map())
        const plain = new Set<number>()
        for (const [adds, each] of steps) {
          if (adds) set.add(each)
          else set.remove(each)
          if (adds) plain.add(each)
          else plain.delete(each)
        }
        const sorted = [...plain].sort((a, b) => a - b)
        for (const each of [-1, MAX_KEY + 1, ...asked, ...sorted]) {
          expect(set.above(each)).toBe(sorted.find((member) => member > each) ?? null)
          expect(set.below(each)).toBe(sorted.findLast((member) => member < each) ?? null)
        }
      }),
    )
  })
})

describe('an order book', () => {
  test('fills at the best price first, then by time, at the price of the order that waited', () => {
    const book = new OrderBook(plainOrderBook())
    book.place(order(1, 'sell', 101, 5n))
    book.place(order(2, 'sell', 100, 5n, { owner: 'bo' }))
    book.place(order(3, 'sell', 100, 5n, { owner: 'cy' }))
    expect(book.place(order(4, 'buy', 101, 12n))).toEqual({
      status: 'ok',
      restingLots: 0n,
      fills: [
        { makerId: 2, maker: 'bo', priceTicks: 100, lots: 5n },
        { makerId: 3, maker: 'cy', priceTicks: 100, lots: 5n },
        { makerId: 1, maker: 'ada', priceTicks: 101, lots: 2n },
      ],
    })
    expect(book.order(1)?.lots).toBe(3n)
    expect([book.best('sell'), book.best('buy')]).toEqual([101, null])
  })

  test('keeps the time in force', () => {
    const book = new OrderBook(plainOrderBook())
    book.place(order(1, 'buy', 99, 5n))
    expect(book.place(order(2, 'sell', 99, 1n, { timeInForce: 'post-only' }))).toMatchObject({
      reason: 'would-take',
    })
    expect(book.place(order(3, 'sell', 98, 6n, { timeInForce: 'fill-or-kill' }))).toMatchObject({
      reason: 'cannot-fill',
    })
    expect(book.order(1)?.lots).toBe(5n)
    const taking = book.place(order(4, 'sell', 98, 6n, { timeInForce: 'immediate-or-cancel' }))
    expect(taking).toMatchObject({ fills: [{ makerId: 1, priceTicks: 99, lots: 5n }], restingLots: 0n })
    expect(book.best('sell')).toBeNull()
    expect(book.place(order(5, 'sell', 98, 1n, { timeInForce: 'post-only' }))).toMatchObject({
      restingLots: 1n,
    })
    expect(book.place(order(6, 'buy', 98, 1n, { timeInForce: 'fill-or-kill' }))).toMatchObject({
      fills: [{ makerId: 5 }],
    })
  })

  test('lets only the owner cancel, and refuses what is no order', () => {
    const book = new OrderBook(plainOrderBook())
    book.place(order(1, 'buy', 99, 5n))
    expect(book.cancel(1, 'eve')).toMatchObject({ reason: 'not-owner' })
    expect(book.cancel(1, 'ada')).toMatchObject({ order: { lots: 5n } })
    expect(book.cancel(1, 'ada')).toMatchObject({ reason: 'unknown-order' })
    expect(book.best('buy')).toBeNull()
    book.place(order(2, 'buy', 99, 5n))
    expect(book.place(order(2, 'buy', 99, 5n))).toMatchObject({ reason: 'known-id' })
    expect(book.place(order(3, 'buy', 99, 0n))).toMatchObject({ reason: 'zero-lots' })
    for (const price of [0, -1, 1.5, 2 ** 31, Number.NaN])
      expect(book.place(order(3, 'buy', price, 1n))).toMatchObject({ reason: 'price-out-of-range' })
  })

  const command = fc.record({
    side: fc.constantFrom<Side>('buy', 'sell'),
    priceTicks: fc.integer({ min: 95, max: 105 }),
    lots: fc.bigInt({ min: 1n, max: 9n }),
    timeInForce: fc.constantFrom(
      'good-till-cancelled' as const,
      'good-till-cancelled' as const,
      'immediate-or-cancel' as const,
      'fill-or-kill' as const,
      'post-only' as const,
    ),
    cancels: fc.option(fc.nat(40), { freq: 4 }),
  })

  test('agrees with a list that is sorted before every order', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const book = new OrderBook(plainOrderBook())
        let list: LimitOrder[] = []
        for (const [id, { cancels, ...given }] of commands.entries()) {
          if (cancels !== null) {
            const known = list.some((each) => each.id === cancels)
            expect(book.cancel(cancels, 'ada').status).toBe(known ? 'ok' : 'refused')
            list = list.filter((each) => each.id !== cancels)
            continue
          }
          const incoming = { ...base, ...given, id }
          const plain = matchPlainly(list, incoming)
          const got = book.place(incoming)
          if (plain === null) expect(got.status).toBe('refused')
          else {
            expect(got).toEqual({ status: 'ok', fills: plain.fills, restingLots: plain.left })
            list = plain.list
          }
        }
        for (const each of list) expect(book.order(each.id)?.lots).toBe(each.lots)
      }),
    )
  })

  test('a chain takes any orders back exactly', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.nat(40), (commands, cut) => {
        const log = new UndoLog()
        const undoable = (): OrderBookState => ({
          orders: new UndoableMap(log),
          buys: { words: new UndoableMap(log), levels: new UndoableMap(log), links: new UndoableMap(log) },
          sells: { words: new UndoableMap(log), levels: new UndoableMap(log), links: new UndoableMap(log) },
        })
        const book = new OrderBook(undoable())
        const play = (target: OrderBook, from: number, to: number) => {
          for (const [at, { cancels, ...given }] of commands.slice(from, to).entries()) {
            if (cancels === null) target.place({ ...base, ...given, id: from + at })
            else target.cancel(cancels, 'ada')
          }
        }
        play(book, 0, cut)
        const mark = log.mark()
        play(book, cut, commands.length)
        log.rollback(mark)
        const fresh = new OrderBook(undoable())
        play(fresh, 0, cut)
        const sweep = (target: OrderBook, side: Side) =>
          target.place(
            order(1_000, side, side === 'buy' ? 200 : 1, 10_000n, { timeInForce: 'immediate-or-cancel' }),
          )
        expect(sweep(book, 'buy')).toEqual(sweep(fresh, 'buy'))
        expect(sweep(book, 'sell')).toEqual(sweep(fresh, 'sell'))
      }),
    )
  })
})

/** Null: refused. */
function matchPlainly(list: readonly LimitOrder[], incoming: LimitOrder) {
  const isBuy = incoming.side === 'buy'
  const facing = list
    .filter(({ side, priceTicks }) =>
      isBuy
        ? side === 'sell' && priceTicks <= incoming.priceTicks
        : side === 'buy' && priceTicks >= incoming.priceTicks,
    )
    .sort((a, b) => (isBuy ? a.priceTicks - b.priceTicks : b.priceTicks - a.priceTicks) || a.id - b.id)
  const total = facing.reduce((sum, { lots }) => sum + lots, 0n)
  if (incoming.timeInForce === 'post-only' && total > 0n) return null
  if (incoming.timeInForce === 'fill-or-kill' && total < incoming.lots) return null
  let left = incoming.lots
  const fills = []
  const after = new Map(list.map((each) => [each.id, each]))
  for (const maker of facing) {
    if (left === 0n) break
    const lots = maker.lots < left ? maker.lots : left
    fills.push({ makerId: maker.id, maker: maker.owner, priceTicks: maker.priceTicks, lots })
    left -= lots
    if (lots === maker.lots) after.delete(maker.id)
    else after.set(maker.id, { ...maker, lots: maker.lots - lots })
  }
  if (incoming.timeInForce === 'immediate-or-cancel' || incoming.timeInForce === 'fill-or-kill') left = 0n
  if (left > 0n) after.set(incoming.id, { ...incoming, lots: left })
  return { fills, left, list: [...after.values()] }
}
