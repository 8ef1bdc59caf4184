import {
  asAddress,
  asChainId,
  asHash32,
  encodeCanonical,
  isSolventError,
  type SolventError,
} from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Award } from '../auction/award.ts'
import { type BidShare, MASKED_WORDS, MAX_COMMITTEE } from '../auction/bid-share.ts'
import type { Transaction } from '../chain/transaction.ts'
import type { Order } from '../order/order.ts'
import { bodySchemas } from '../schema/message.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { decodeMessage, encodeMessage } from './codec.ts'
import { MAX_BID_SHARES, MAX_BIDS, MAX_ORDERS, maxBytesByType } from './limits.ts'
import type { Message } from './message.ts'
import type { MessageType } from './message-type.ts'

const network = asHash32(`0x${'5e'.repeat(32)}`)
const foreign = asHash32(`0x${'5f'.repeat(32)}`)
const [sample] = fc.sample(fc.record({ order: arbitrary.order, signature: arbitrary.signature }), {
  seed: 7,
  numRuns: 1,
})
const orderMessage: Message = { type: 'order', body: sample as NonNullable<typeof sample> }

/** The bytes of an envelope whose parts may be anything. */
function envelope(change: Record<string, unknown>): Uint8Array {
  return encodeCanonical({ v: 1, net: network, type: orderMessage.type, body: orderMessage.body, ...change })
}

function refusalOf(bytes: Uint8Array): SolventError {
  try {
    decodeMessage(network, bytes)
  } catch (error) {
    if (isSolventError(error)) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('round trip', () => {
  test('every message decodes to itself and encodes to the same bytes', () => {
    const seen = new Set<MessageType>()
    fc.assert(
      fc.property(arbitrary.message, (message) => {
        const bytes = encodeMessage(network, message)
        const decoded = decodeMessage(network, bytes)
        expect(decoded).toEqual(message)
        expect(encodeMessage(network, decoded)).toEqual(bytes)
        seen.add(message.type)
      }),
      { numRuns: 600 },
    )
    expect([...seen].sort()).toEqual(Object.keys(bodySchemas).sort())
  })

  test('what is decoded is frozen all the way down', () => {
    const decoded = decodeMessage(network, encodeMessage(network, orderMessage))
    expect(Object.isFrozen(decoded) && Object.isFrozen(decoded.body)).toBe(true)
    if (decoded.type === 'order') expect(Object.isFrozen(decoded.body.order.input)).toBe(true)
  })
})

describe('refusals', () => {
  test('a message of another network', () => {
    expect(refusalOf(encodeMessage(foreign, orderMessage)).code).toBe('E_FOREIGN_NETWORK')
  })

  test('bytes that are no envelope', () => {
    for (const value of [null, 7, 'order', [], {}, [1, network], { v: 1 }]) {
      expect(refusalOf(encodeCanonical(value)).code).toBe('E_MALFORMED')
    }
    expect(refusalOf(envelope({ v: 2 })).code).toBe('E_MALFORMED')
    expect(refusalOf(envelope({ extra: 0 })).code).toBe('E_MALFORMED')
    expect(refusalOf(envelope({ type: undefined })).code).toBe('E_MALFORMED')
  })

  test('a type of a newer node is told apart from a broken message', () => {
    expect(refusalOf(envelope({ type: 'solver-gossip-2' })).code).toBe('E_UNKNOWN_TYPE')
    expect(refusalOf(envelope({ type: 'toString' })).code).toBe('E_UNKNOWN_TYPE')
  })

  test('a frame over 64 KiB, before it is decoded', () => {
    const error = refusalOf(new Uint8Array(64 * 1024 + 1).fill(0xff))
    expect(error.code).toBe('E_TOO_LARGE')
    expect(error.details).toMatchObject({ gotBytes: 65_537, maxBytes: 65_536 })
  })

  test('an order over 4 KiB, by sender and receiver', () => {
    const body = { ...orderMessage.body, padding: new Uint8Array(4_096) }
    expect(refusalOf(envelope({ body })).code).toBe('E_TOO_LARGE')
    expect(() => encodeMessage(network, { type: 'order', body } as unknown as Message)).toThrow(
      expect.objectContaining({ code: 'E_TOO_LARGE' }),
    )
  })

  test('nesting deeper than any message', () => {
    let body: unknown = 0
    for (let i = 0; i < 13; i++) body = [body]
    expect(refusalOf(encodeCanonical({ v: 1, net: network, type: 'order', body })).code).toBe('E_TOO_DEEP')
  })

  test('truncated and trailing bytes', () => {
    const bytes = encodeMessage(network, orderMessage)
    for (let length = 0; length < bytes.length; length += 13) {
      expect(refusalOf(bytes.subarray(0, length)).code).toBe('E_NON_CANONICAL')
    }
    expect(refusalOf(Uint8Array.from([...bytes, 0])).code).toBe('E_NON_CANONICAL')
  })

  test('a second spelling of the same message', () => {
    const bytes = encodeMessage(network, orderMessage)
    const longVersion = Uint8Array.from([...bytes.subarray(0, 3), 0x18, 1, ...bytes.subarray(4)])
    expect(bytes.subarray(0, 4)).toEqual(Uint8Array.from([0xa4, 0x61, 0x76, 1]))
    expect(refusalOf(longVersion).code).toBe('E_NON_CANONICAL')
  })

  test('an unknown field anywhere in a signed struct, with its name', () => {
    const { order, signature } = orderMessage.body as { order: object; signature: string }
    const error = refusalOf(envelope({ body: { order: { ...order, tip: 1n }, signature } }))
    expect(error.code).toBe('E_SCHEMA')
    expect(error.details).toMatchObject({ type: 'order', where: 'body.order', got: 'unknown fields tip' })
  })

  test('a wrong value: the message says where, what it got and what is allowed', () => {
    const { order, signature } = orderMessage.body as { order: object; signature: string }
    const error = refusalOf(envelope({ body: { order: { ...order, user: '0xABC' }, signature } }))
    expect(error.message).toBe(
      'This message breaks the schema of its type.\n\n' +
        'type: order\nwhere: body.order.user\ngot: "0xABC"\nallowed: an address: 0x and 40 lower-case hex digits',
    )
  })

  test.each([
    ['an amount of 2^256', { nonce: 2n ** 256n }],
    ['a negative amount', { nonce: -1n }],
    ['an amount that is a number', { nonce: 5 }],
    ['a time of 2^32', { expires: 2 ** 32 }],
    ['a fractional time', { expires: 1.5 }],
    ['a negative time', { expires: -1 }],
    ['a chain id of 0', { originChainId: 0 }],
    ['an upper-case address', { prover: `0x${'AB'.repeat(20)}` }],
    ['a missing field', { prover: undefined }],
    ['null for an object', { input: null }],
    ['a list for an object', { input: [] }],
    ['an unknown rule', { pricing: { rule: 'free' } }],
    ['the fields of another rule', { award: { by: 'chain', solver: `0x${'ab'.repeat(20)}` } }],
    ['a rule inherited from Object', { pricing: { rule: 'constructor' } }],
  ])('%s', (_what, change) => {
    const { order, signature } = orderMessage.body as { order: object; signature: string }
    expect(refusalOf(envelope({ body: { order: { ...order, ...change }, signature } })).code).toBe('E_SCHEMA')
  })

  test.each([
    ['upper case', (good: string) => `0x${good.slice(2).toUpperCase()}`],
    ['64 bytes', (good: string) => good.slice(0, 130)],
    ['v 29', (good: string) => `${good.slice(0, 130)}1d`],
    ['high s', (good: string) => `${good.slice(0, 66)}${'f'.repeat(64)}1b`],
  ])('a signature in a form that is not canonical: %s', (_what, spoil) => {
    const { order, signature } = orderMessage.body as { order: object; signature: string }
    expect(refusalOf(envelope({ body: { order, signature: spoil(signature) } })).details).toMatchObject({
      where: 'body.signature',
    })
  })

  test('65 bids in an award, and 257 bytes of text', () => {
    const zero = asAddress(`0x${'00'.repeat(20)}`)
    const award: Award = {
      orderId: network,
      auctioneer: zero,
      winner: zero,
      outputAmount: 0n,
      exclusiveUntil: 0,
      bids: Array.from({ length: 65 }, () => ({ solver: zero, outputAmount: 1n, bidHash: network })),
    }
    const { signature } = orderMessage.body as { signature: string }
    const body = (bids: Award['bids']) => ({ award: { ...award, bids }, signature })
    expect(refusalOf(envelope({ type: 'award', body: body(award.bids) })).details).toMatchObject({
      where: 'body.award.bids',
    })
    expect(decodeMessage(network, envelope({ type: 'award', body: body(award.bids.slice(1)) })).type).toBe(
      'award',
    )

    const ask = (orderId: string) => envelope({ type: 'control', body: { kind: 'order-status', orderId } })
    expect(decodeMessage(network, ask('é'.repeat(128))).type).toBe('control')
    expect(refusalOf(ask(`${'é'.repeat(128)}e`)).code).toBe('E_SCHEMA')
  })

  test('a huge amount is refused without being printed', () => {
    const { order, signature } = orderMessage.body as { order: object; signature: string }
    const error = refusalOf(envelope({ body: { order: { ...order, nonce: 2n ** 20_000n }, signature } }))
    expect(error.details).toMatchObject({ got: 'a bigint past 2^260' })
  })
})

describe('mutated frames', () => {
  test('any frame either decodes to a message of the network or is refused with a code; nothing else escapes', () => {
    const codes = new Set<string>()
    fc.assert(
      fc.property(
        arbitrary.message,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (message, edits) => {
          const bytes = encodeMessage(network, message).slice()
          for (const [at, byte] of edits) bytes[at % bytes.length] = byte
          try {
            const decoded = decodeMessage(network, bytes)
            expect(encodeMessage(network, decoded)).toEqual(bytes)
          } catch (error) {
            if (!isSolventError(error)) throw error
            codes.add(error.code)
          }
        },
      ),
      { numRuns: 2_000 },
    )
    expect(
      [...codes].every(
        (code) =>
          code in
          {
            E_MALFORMED: 0,
            E_NON_CANONICAL: 0,
            E_TOO_LARGE: 0,
            E_TOO_DEEP: 0,
            E_FOREIGN_NETWORK: 0,
            E_UNKNOWN_TYPE: 0,
            E_SCHEMA: 0,
          },
      ),
    ).toBe(true)
    expect(codes.size).toBeGreaterThan(2)
  })

  test('random bytes are refused with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(refusalOf(bytes).code).toMatch(/^E_(MALFORMED|NON_CANONICAL|TOO_DEEP)$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('every type has a limit, and none is over a frame', () => {
  for (const type of Object.keys(bodySchemas)) {
    const limit = maxBytesByType[type as MessageType]
    expect(limit).toBeGreaterThan(0)
    expect(limit).toBeLessThanOrEqual(64 * 1024)
  }
})

test('the largest lists of the largest artefacts that the schemas allow fit their frames', () => {
  const { signature } = orderMessage.body as { signature: `0x${string}` }
  const address = asAddress(`0x${'ff'.repeat(20)}`)
  const amount = 2n ** 256n - 1n
  const time = 2 ** 32 - 1
  const chainId = asChainId(Number.MAX_SAFE_INTEGER)
  const order: Order = {
    originChainId: chainId,
    originSettler: address,
    user: address,
    nonce: amount,
    openDeadline: time,
    fillDeadline: time,
    expires: time,
    input: { token: address, amount },
    output: { chainId, settler: address, token: address, minAmount: amount, recipient: address },
    prover: address,
    pricing: { rule: 'dutch', startAmount: amount, decayStart: time, decayEnd: time },
    award: {
      by: 'auctioneer',
      auctioneer: address,
      rule: 'second-price',
      closesAt: time,
      exclusiveUntil: time,
    },
  }
  const orders = Array.from({ length: MAX_ORDERS }, () => ({ order, signature }))
  const bids = Array.from({ length: MAX_BIDS }, () => ({
    solver: address,
    outputAmount: amount,
    bidHash: network,
  }))
  const award: Award = {
    orderId: network,
    auctioneer: address,
    winner: address,
    outputAmount: amount,
    exclusiveUntil: time,
    bids,
  }
  const transaction: Transaction = {
    chainId,
    from: address,
    nonce: Number.MAX_SAFE_INTEGER,
    gasLimit: Number.MAX_SAFE_INTEGER,
    maxFeePerGas: amount,
    maxPriorityFeePerGas: amount,
    call: { kind: 'open', order, signature, award: { award, signature } },
  }
  const bidShare: BidShare = {
    sealed: { orderId: network, auctioneer: address, solver: address, commitment: network },
    ...{ signature, opensAfter: time, opens: network, share: amount },
    masked: Array.from({ length: MASKED_WORDS }, () => amount),
    points: Array.from({ length: MAX_COMMITTEE }, () => `02${network.slice(2)}`),
  }
  const largest: Message[] = [
    { type: 'bid-share', body: bidShare },
    { type: 'bid-shares', body: { shares: Array.from({ length: MAX_BID_SHARES }, () => bidShare) } },
    { type: 'order', body: { order, signature } },
    { type: 'orders', body: { orders } },
    { type: 'order-request', body: { orderIds: Array.from({ length: MAX_ORDERS }, () => network) } },
    { type: 'award', body: { award, signature } },
    { type: 'transaction', body: { transaction, signature } },
    {
      type: 'evidence',
      body: { kind: 'conflicting-awards', first: { award, signature }, second: { award, signature } },
    },
  ]
  for (const message of largest) {
    expect(decodeMessage(network, encodeMessage(network, message)).type).toBe(message.type)
  }
})
