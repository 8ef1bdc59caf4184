// A producer in league with a ring, alone: what it keeps waiting, and when it passes it on.
import type { TimerId } from '@solvent/ports'
import { asNodeId } from '@solvent/primitives'
import { type Block, orderDigest, type SignedTransaction } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, ROLLUP, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { createFavours, type Favour } from './favour.ts'

const chain = smallNetwork.chains.find(({ chainId }) => chainId === ROLLUP)!
const RIVAL = address('atlas')
const MEMBER = address('borealis')
const order = sampleOrder()

function transaction(
  from: typeof RIVAL,
  nonce = 0,
  kind: 'open' | 'open-part' | 'fill' = 'fill',
): SignedTransaction {
  const call =
    kind === 'fill'
      ? ({ kind, order, award: null, amount: order.output.minAmount, payee: from } as const)
      : kind === 'open'
        ? ({ kind, order, signature: '0x', award: null } as const)
        : ({ kind, order, signature: '0x', input: 1n, salt: 0 } as const)
  return {
    transaction: {
      chainId: ROLLUP,
      from,
      nonce,
      gasLimit: 1_000_000,
      maxFeePerGas: 1n,
      maxPriorityFeePerGas: 1n,
      call,
    },
    signature: '0x',
  }
}

/** A block with a fill of the order. */
const filled = {
  header: { chainId: ROLLUP },
  receipts: [{ events: [{ kind: 'order-filled', orderId: orderDigest(order) }] }],
} as unknown as Block

function setUp(change: Partial<Favour> = {}) {
  let nowMs = 0
  let count = 0
  const due = new Map<TimerId, number>()
  const passed: SignedTransaction[] = []
  const told: unknown[] = []
  const at = (ms: number): TimerId => {
    const timer = ++count as TimerId
    due.set(timer, ms)
    return timer
  }
  const favours = createFavours(
    [
      {
        chainId: ROLLUP,
        conduct: 'hold-back',
        calls: ['fill'],
        slots: 5,
        rivals: [RIVAL],
        friends: [],
        ...change,
      },
    ],
    new Map([[ROLLUP, { chain, submit: (signed) => void passed.push(signed) }]]),
    {
      clock: { nowMs: () => nowMs },
      timers: {
        set: (ms: number) => at(nowMs + ms),
        setAt: at,
        cancel: (timer: TimerId) => void due.delete(timer),
      },
      transport: { request: (to: unknown, message: { body: unknown }) => told.push([to, message.body]) },
      meter: { count() {}, gauge() {} },
    } as unknown as Parameters<typeof createFavours>[2],
  )
  const slots = (number: number): void => {
    nowMs += number * chain.slotMs
    for (const [timer, ms] of [...due]) {
      if (ms > nowMs) continue
      due.delete(timer)
      expect(favours.onTimer(timer)).toBe(true)
    }
  }
  return { favours, passed, slots, told }
}

describe('a producer that holds back', () => {
  it('keeps calls of the named kinds of rivals alone, for so many slots, whatever is filled meanwhile', () => {
    const { favours, passed, slots } = setUp()
    expect(favours.keeps(transaction(MEMBER))).toBe(false)
    expect(favours.keeps(transaction(RIVAL, 0, 'open'))).toBe(false)
    const fill = transaction(RIVAL, 1)
    expect(favours.keeps(fill)).toBe(true)
    favours.onBlock(filled)
    slots(4)
    expect(passed).toEqual([])
    slots(1)
    expect(passed).toEqual([fill])
  })

  it('keeps openings of parts as it does openings', () => {
    const { favours, passed, slots } = setUp({ calls: ['open'] })
    const part = transaction(RIVAL, 0, 'open-part')
    expect(favours.keeps(part)).toBe(true)
    expect(favours.keeps(transaction(MEMBER, 0, 'open-part'))).toBe(false)
    slots(5)
    expect(passed).toEqual([part])
    expect(setUp({ calls: ['fill'] }).favours.keeps(part)).toBe(false)
  })

  it('passes the newest of one nonce, once, and lets it through when it is handed in again', () => {
    const { favours, passed, slots } = setUp({ calls: ['open', 'fill'] })
    expect(favours.keeps(transaction(RIVAL, 0, 'open'))).toBe(true)
    slots(3)
    const raised = transaction(RIVAL, 0)
    expect(favours.keeps(raised)).toBe(true)
    slots(2)
    expect(passed).toEqual([raised])
    expect(favours.keeps(raised)).toBe(false)
    slots(10)
    expect(passed).toHaveLength(1)
  })
})

describe('a producer that lets a ring go first', () => {
  it('keeps fills until the order is filled in a block, and later ones not at all', () => {
    const { favours, passed } = setUp({ conduct: 'front-run' })
    expect(favours.keeps(transaction(RIVAL))).toBe(true)
    favours.onBlock(filled)
    expect(passed).toHaveLength(1)
    expect(favours.keeps(transaction(RIVAL, 1))).toBe(false)
  })

  it('waits no longer than it was told for a ring that does not come', () => {
    const { favours, passed, slots } = setUp({ conduct: 'front-run' })
    favours.keeps(transaction(RIVAL))
    slots(5)
    expect(passed).toHaveLength(1)
  })
})

describe('a producer that gives the last look', () => {
  it('tells its friends of each rival fill once, what it delivers, and keeps it as it does for who goes first', () => {
    const { favours, passed, told } = setUp({ conduct: 'last-look', friends: [asNodeId('borealis')] })
    expect(favours.keeps(transaction(RIVAL))).toBe(true)
    expect(favours.keeps(transaction(RIVAL))).toBe(true)
    expect(favours.keeps(transaction(MEMBER))).toBe(false)
    const { minAmount: outputAmount } = order.output
    expect(told).toEqual([
      ['borealis', { kind: 'rival-fill', orderId: orderDigest(order), solver: RIVAL, outputAmount }],
    ])
    favours.onBlock(filled)
    expect(passed).toHaveLength(1)
  })
})

it('helps nobody on a chain that is not its own', () => {
  expect(() =>
    createFavours(
      [{ chainId: ROLLUP, conduct: 'hold-back', calls: ['fill'], slots: 1, rivals: [], friends: [] }],
      new Map(),
      {} as never,
    ),
  ).toThrow('which is not produced')
})
