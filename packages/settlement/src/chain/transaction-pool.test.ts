import type { Address } from '@solvent/primitives'
import { type SignedTransaction, transactionDigest } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, nobody, ORIGIN } from '../testing/small-network.ts'
import { MAX_NONCE_GAP, MAX_PER_SENDER, MAX_POOL_SIZE, TransactionPool } from './transaction-pool.ts'

const BASE_FEE = 7n

function transaction(
  sender: string,
  nonce: number,
  fees: { max?: bigint; tip?: bigint } = {},
): SignedTransaction {
  const { max = 100n, tip = 1n } = fees
  return {
    transaction: {
      chainId: ORIGIN,
      from: address(sender),
      nonce,
      gasLimit: 21_000,
      maxFeePerGas: max,
      maxPriorityFeePerGas: tip,
      call: { kind: 'transfer', token: nobody, to: nobody, amount: 1n },
    },
    signature: '0x',
  }
}

function add(pool: TransactionPool, signed: SignedTransaction, stateNonce = 0): string | null {
  return pool.add(signed, transactionDigest(signed.transaction), stateNonce)
}

/** Takes everything out in the order a producer would. */
function drain(pool: TransactionPool): string[] {
  const nonces = new Map<Address, number>()
  const queue = pool.queueOfNext((sender) => nonces.get(sender) ?? 0, BASE_FEE)
  const order: string[] = []
  for (let best = queue.pop(); best !== undefined; best = queue.pop()) {
    const { from, nonce } = best.signed.transaction
    order.push(`${from} ${nonce}`)
    const next = pool.at(from, nonce + 1)
    if (next !== undefined) queue.push(next)
  }
  return order
}

describe('the pool', () => {
  test("gives the highest tip first, then the earliest arrival, in each sender's nonce order", () => {
    const pool = new TransactionPool()
    add(pool, transaction('a', 0, { tip: 1n }))
    add(pool, transaction('a', 1, { tip: 9n }))
    add(pool, transaction('b', 0, { tip: 5n }))
    add(pool, transaction('c', 0, { tip: 5n }))
    // The tip is what the maximum fee leaves above the base fee: 10 − 7 = 3.
    add(pool, transaction('d', 0, { max: 10n, tip: 50n }))
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(address)
    expect(drain(pool)).toEqual([`${b} 0`, `${c} 0`, `${d} 0`, `${a} 0`, `${a} 1`])
  })

  test('holds what arrives out of order until the gap is filled', () => {
    const pool = new TransactionPool()
    add(pool, transaction('a', 1))
    expect(drain(pool)).toEqual([])
    expect(pool.firstMissing(address('a'), 0)).toBe(0)
    add(pool, transaction('a', 0))
    expect(drain(pool)).toHaveLength(2)
    expect(pool.firstMissing(address('a'), 0)).toBe(2)
  })

  test('refuses used nonces, far gaps, repeats and cheap replacements', () => {
    const pool = new TransactionPool()
    expect(add(pool, transaction('a', 4), 5)).toBe('nonce-too-low')
    expect(add(pool, transaction('a', 5 + MAX_NONCE_GAP), 5)).toBeNull()
    expect(add(pool, transaction('a', 5 + MAX_NONCE_GAP + 2), 5)).toBe('nonce-gap')
    expect(add(pool, transaction('a', 5), 5)).toBeNull()
    expect(add(pool, transaction('a', 5), 5)).toBe('duplicate')
    // geth asks 10 % more of both fees: 109 of 100 is too little, 110 and a tip of 2 are enough.
    expect(add(pool, transaction('a', 5, { max: 109n, tip: 2n }), 5)).toBe('fee-too-low')
    expect(add(pool, transaction('a', 5, { max: 110n, tip: 1n }), 5)).toBe('fee-too-low')
    expect(add(pool, transaction('a', 5, { max: 110n, tip: 2n }), 5)).toBeNull()
    expect(pool.size).toBe(2)
  })

  test('gives the place of the lowest offer to a better one when it is full', () => {
    const pool = new TransactionPool()
    const senders = MAX_POOL_SIZE / MAX_PER_SENDER
    for (let i = 0; i < senders; i++) {
      for (let nonce = 0; nonce < MAX_PER_SENDER; nonce++) {
        const signed = transaction(`s${i}`, nonce, { max: BigInt(100 + i) })
        expect(pool.add(signed, `0x${i}-${nonce}` as never, 0)).toBeNull()
      }
    }
    // The lowest last transaction offers 100: as much is not enough, one wei more takes its place.
    expect(add(pool, transaction('late', 0, { max: 100n }))).toBe('pool-full')
    expect(add(pool, transaction('late', 0, { max: 101n }))).toBeNull()
    expect(pool.at(address('s0'), MAX_PER_SENDER - 1)).toBeUndefined()
    expect(pool.size).toBe(MAX_POOL_SIZE)
  })

  test('holds only so many of one sender', () => {
    const pool = new TransactionPool()
    for (let nonce = 0; nonce < MAX_PER_SENDER; nonce++)
      expect(pool.add(transaction('a', nonce), `0x${nonce}` as never, 0)).toBeNull()
    expect(add(pool, transaction('a', MAX_PER_SENDER))).toBe('pool-full')
    expect(add(pool, transaction('b', 0))).toBeNull()
    pool.remove(address('a'), 0)
    expect(add(pool, transaction('a', MAX_PER_SENDER), 1)).toBeNull()
    pool.dropSender(address('a'))
    expect(pool.size).toBe(1)
  })

  test("gives every sender's nonces in order, and among those that can go always a best one", () => {
    const arrival = fc.record({
      sender: fc.constantFrom('a', 'b', 'c', 'd'),
      tip: fc.bigInt({ min: 0n, max: 9n }),
    })
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 40 }), (arrivals) => {
        const pool = new TransactionPool()
        const queues = new Map<string, { tip: bigint; arrival: number }[]>()
        arrivals.forEach(({ sender, tip }, i) => {
          const queue = queues.get(address(sender)) ?? []
          queues.set(address(sender), queue)
          add(pool, transaction(sender, queue.length, { tip }))
          queue.push({ tip, arrival: i })
        })
        for (const taken of drain(pool)) {
          const [sender] = taken.split(' ') as [string]
          const heads = [...queues.values()].flatMap((queue) => queue[0] ?? [])
          const best = heads.reduce((a, b) =>
            b.tip > a.tip || (b.tip === a.tip && b.arrival < a.arrival) ? b : a,
          )
          expect(queues.get(sender)?.shift()).toBe(best)
        }
        expect([...queues.values()].flat()).toEqual([])
      }),
    )
  })
})
