// Orders in parts through the engine: several solvers take, fill and are paid for what they took, and never for more than there is.
import { asAddress, type OrderId } from '@solvent/primitives'
import { type Order, orderDigest, orderPart, type Receipt } from '@solvent/protocol'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  GENESIS_SECONDS,
  ORIGIN,
  order,
  signed,
  usdcDestination,
  usdcOrigin,
} from '../testing/small-network.ts'
import { createTestChain, delivery, sentMessage, type TestChain } from '../testing/test-chain.ts'

const award = { by: 'parts', leastPartBps: 2_000, exclusiveUntil: GENESIS_SECONDS + 60 } as const
/** 100 USDC for at least 99; a fifth is the least part. */
const whole = order({ award })

let origin: TestChain
let destination: TestChain
beforeEach(() => {
  origin = createTestChain(ORIGIN)
  destination = createTestChain(DESTINATION)
})

const take = (input: bigint, { of = whole, salt = 0 }: { of?: Order; salt?: number } = {}) =>
  ({ kind: 'open-part', order: of, signature: signed(of), input, salt }) as const
const fill = (part: Order, name: string) =>
  ({
    kind: 'fill',
    order: part,
    award: null,
    amount: part.output.minAmount,
    payee: address(name),
  }) as const
const part = (solver: string, input: bigint, salt = 0) =>
  orderPart(whole, orderDigest(whole), { solver: address(solver), input, salt })
const usdc = (chain: TestChain, name: string): bigint =>
  chain.engine.balance(
    name === 'user' ? 'USER' : 'SOLVER',
    address(name),
    chain === origin ? usdcOrigin : usdcDestination,
  )
const openedId = (receipt: Receipt): OrderId | null => {
  const event = receipt.events.find(({ kind }) => kind === 'order-opened')
  return event?.kind === 'order-opened' ? event.orderId : null
}

/** The part's way after its opening: filled, proven and claimed. */
function settle(theOrder: Order, name: string, second: number): void {
  const filled = destination.call(name, fill(theOrder, name), second)
  expect(filled.reason).toBeNull()
  origin.call('relayer', delivery(sentMessage(filled)), second + 10)
  expect(origin.call('relayer', { kind: 'claim', orderId: orderDigest(theOrder) }).reason).toBeNull()
}

test('two solvers fill one order, each for what it took; both are paid and the user has everything', () => {
  const first = origin.call('solver', take(60_000_000n), 1)
  const second = origin.call('rival', take(40_000_000n), 2)
  expect([openedId(first), openedId(second)]).toEqual([
    orderDigest(part('solver', 60_000_000n)),
    orderDigest(part('rival', 40_000_000n)),
  ])
  const [before, rivalBefore] = [usdc(origin, 'solver'), usdc(origin, 'rival')]
  settle(part('solver', 60_000_000n), 'solver', 10)
  settle(part('rival', 40_000_000n), 'rival', 30)
  expect(usdc(origin, 'solver') - before).toBe(60_000_000n)
  expect(usdc(origin, 'rival') - rivalBefore).toBe(40_000_000n)
  expect(usdc(origin, 'user')).toBe(900_000_000n)
  expect(usdc(destination, 'user')).toBe(1_099_000_000n)
})

test('a part that nobody fills goes back to the user; the other is paid all the same', () => {
  origin.call('solver', take(60_000_000n), 1)
  origin.call('rival', take(40_000_000n), 2)
  settle(part('solver', 60_000_000n), 'solver', 10)
  const orderId = orderDigest(part('rival', 40_000_000n))
  expect(origin.call('user', { kind: 'refund', orderId }, 290).reason).toBe('not-refundable')
  expect(origin.call('user', { kind: 'refund', orderId }, 301).reason).toBeNull()
  expect(usdc(origin, 'user')).toBe(940_000_000n)
})

test('the window is the taker’s: others wait for its end', () => {
  origin.call('solver', take(60_000_000n), 1)
  const taken = part('solver', 60_000_000n)
  expect(destination.call('rival', fill(taken, 'rival'), 60).reason).toBe('exclusive')
  expect(destination.call('rival', fill(taken, 'rival'), 61).reason).toBeNull()
})

describe('what is refused', () => {
  test.each<[string, () => Receipt, string]>([
    ['more than there is', () => origin.call('solver', take(100_000_001n)), 'part-too-large'],
    ['nothing', () => origin.call('solver', take(0n)), 'part-too-small'],
    ['less than the least part', () => origin.call('solver', take(19_999_999n)), 'part-too-small'],
    ['an order without parts', () => origin.call('solver', take(50n, { of: order() })), 'not-in-parts'],
    [
      'the whole of one that has parts',
      () => origin.call('solver', { kind: 'open', order: whole, signature: signed(whole), award: null }),
      'only-in-parts',
    ],
    [
      'a signature of somebody else',
      () => origin.call('solver', { ...take(50_000_000n), signature: signed(whole, 'rival') }),
      'bad-signature',
    ],
    [
      'after the opening deadline',
      () => origin.call('solver', take(50_000_000n), 101),
      'open-deadline-passed',
    ],
    [
      'the same part again',
      () => {
        origin.call('solver', take(50_000_000n))
        return origin.call('solver', take(50_000_000n))
      },
      'already-open',
    ],
    [
      'more than is left',
      () => {
        origin.call('solver', take(50_000_000n))
        return origin.call('rival', take(50_000_001n))
      },
      'part-too-large',
    ],
    [
      'anything, once all is taken',
      () => {
        origin.call('solver', take(100_000_000n))
        return origin.call('rival', take(20_000_000n))
      },
      'already-open',
    ],
    [
      'anything, once the user has given up what is left',
      () => {
        origin.call('solver', take(50_000_000n))
        expect(origin.call('user', { kind: 'cancel', order: whole }).reason).toBeNull()
        return origin.call('rival', take(50_000_000n))
      },
      'nonce-used',
    ],
    [
      'a second order with the nonce of one that has been taken from',
      () => {
        origin.call('solver', take(50_000_000n))
        const other = order({ award, expires: whole.expires + 1 })
        return origin.call('rival', take(50_000_000n, { of: other }))
      },
      'nonce-used',
    ],
    [
      'a share of nothing, or of more than all',
      () => origin.call('solver', take(50_000_000n, { of: order({ award: { ...award, leastPartBps: 0 } }) })),
      'invalid-order',
    ],
    [
      'a part whose recipient is a contract',
      () => {
        const output = { ...whole.output, recipient: asAddress(whole.originSettler) }
        return origin.call('solver', take(50_000_000n, { of: order({ award, output }) }))
      },
      'invalid-order',
    ],
  ])('%s', (_name, attempt, reason) => {
    expect(attempt().reason).toBe(reason)
  })
})

test('what is left may be less than the least part', () => {
  origin.call('solver', take(90_000_000n))
  expect(origin.call('rival', take(9_999_999n)).reason).toBe('part-too-small')
  expect(origin.call('rival', take(10_000_000n)).reason).toBeNull()
})

test('a block that is taken back gives back what was taken in it, and the nonce', () => {
  origin.call('solver', take(60_000_000n), 1)
  origin.call('rival', take(40_000_000n), 2)
  origin.engine.undo()
  origin.engine.undo()
  expect(origin.engine.balance('USER', address('user'), usdcOrigin)).toBe(1_000_000_000n)
  // Its transactions are in the pool again: both parts are free to be taken.
  expect(origin.produce(3)?.receipts.map(({ reason }) => reason)).toEqual([null, null])
  expect(usdc(origin, 'user')).toBe(900_000_000n)
})

test('parts together never ask for less than the whole, nor for a unit too much each', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })
  fc.assert(
    fc.property(
      amount,
      amount,
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
      (input, min, weights) => {
        const total = BigInt(weights.reduce((sum, weight) => sum + weight, 0))
        const divided = order({
          award,
          input: { ...whole.input, amount: input * total },
          output: { ...whole.output, minAmount: min },
        })
        const owed = weights.map(
          (weight, salt) =>
            orderPart(divided, orderDigest(divided), {
              solver: address('solver'),
              input: input * BigInt(weight),
              salt,
            }).output.minAmount,
        )
        const sum = owed.reduce((a, b) => a + b, 0n)
        expect(sum >= min && sum < min + BigInt(weights.length)).toBe(true)
      },
    ),
    { numRuns: 50 },
  )
})
