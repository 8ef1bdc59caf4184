import { asChainId, type Hash32 } from '@solvent/primitives'
import type { Block, FalseFill, Order } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { OpenedOrders } from './opened-orders.ts'

const ORIGIN = asChainId(1)
const DESTINATION = asChainId(10)

const order = (user: string, nonce: number, change: Partial<Order> = {}): Order =>
  ({
    originChainId: ORIGIN,
    user,
    nonce: BigInt(nonce),
    prover: 'oracle',
    output: {
      chainId: DESTINATION,
      settler: 'settler-10',
      token: 'usdc-10',
      minAmount: 990n,
      recipient: user,
    },
    ...change,
  }) as unknown as Order

const block = (timestamp: number, ...orders: Order[]): Block =>
  ({
    hash: `block-${timestamp}` as unknown as Hash32,
    header: { chainId: ORIGIN, timestamp },
    receipts: orders.map((each) => ({
      events: [{ kind: 'order-opened', orderId: `${each.user}/${each.nonce}`, order: each }],
    })),
  }) as unknown as Block

const lie = (choice: FalseFill['order']): FalseFill =>
  ({
    bridge: 'oracle',
    srcChainId: DESTINATION,
    settler: 'settler-10',
    sequence: 7,
    dstChainId: ORIGIN,
    order: choice,
    payee: 'mallory',
  }) as unknown as FalseFill

const from = (openedFrom: number): FalseFill => lie({ by: 'time', openedFrom })

describe('a lie about a fill', () => {
  const opened = new OpenedOrders()
  opened.onBlock(block(100, order('alice', 0), order('bob', 0, { prover: 'other' as Order['prover'] })))
  opened.onBlock(block(112, order('alice', 1)))

  it('is told of the first order that was opened from the moment on, as the escrow would believe it', () => {
    expect(opened.lie(from(101))).toEqual({
      bridge: 'oracle',
      srcChainId: DESTINATION,
      emitter: 'settler-10',
      sequence: 7,
      dstChainId: ORIGIN,
      payload: {
        kind: 'fill-proof',
        orderId: 'alice/1',
        payee: 'mallory',
        outputToken: 'usdc-10',
        outputAmount: 990n,
        recipient: 'alice',
        filledAt: 112,
      },
    })
    expect(opened.lie(from(100))?.payload).toMatchObject({ orderId: 'alice/0' })
    expect(opened.lie(from(113))).toBeUndefined()
  })

  it('is told of the order of a user and a nonce, whenever it was opened', () => {
    const of = (user: string, nonce: bigint) =>
      opened.lie(lie({ by: 'nonce', user: user as Order['user'], nonce }))?.payload
    expect(of('alice', 0n)).toMatchObject({ orderId: 'alice/0' })
    expect(of('alice', 2n)).toBeUndefined()
    // Another bridge proves that one.
    expect(of('bob', 0n)).toBeUndefined()
  })

  it('is told of no order whose opening is no longer followed', () => {
    const forked = new OpenedOrders()
    forked.onBlock(block(112, order('alice', 1)))
    forked.onOrphaned(block(112))
    expect(forked.lie(from(0))).toBeUndefined()
    forked.onBlock(block(124, order('alice', 1)))
    expect(forked.lie(from(0))?.payload).toMatchObject({ filledAt: 124 })
  })
})
