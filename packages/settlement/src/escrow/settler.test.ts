// The escrow contract through the engine: what each call does, and why each is refused.
import { asNodeId, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Award,
  awardDigest,
  type Order,
  orderDigest,
  type Receipt,
  type SignedAward,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  frail,
  network,
  nobody,
  ORIGIN,
  order,
  signed,
  signer,
  usdcDestination,
  usdcOrigin,
} from '../testing/small-network.ts'
import { at, createTestChain, delivery, sentMessage, type TestChain } from '../testing/test-chain.ts'

const usdc = (chain: TestChain, name: string): bigint =>
  chain.engine.balance(
    name === 'solver' ? 'SOLVER' : 'USER',
    address(name),
    chain === origin ? usdcOrigin : usdcDestination,
  )

let origin: TestChain
let destination: TestChain
function freshChains(): void {
  origin = createTestChain(ORIGIN)
  destination = createTestChain(DESTINATION)
}

const openCall = (theOrder: Order, award: SignedAward | null = null, name = 'user') =>
  ({ kind: 'open', order: theOrder, signature: signed(theOrder, name), award }) as const
const fillCall = (theOrder: Order, amount = theOrder.output.minAmount, award: SignedAward | null = null) =>
  ({ kind: 'fill', order: theOrder, award, amount, payee: address('solver') }) as const
const kinds = (receipt: Receipt): string[] => receipt.events.map(({ kind }) => kind)

/** Opens at second 1, fills at second 10, proves at `second`. */
function settleUpTo(theOrder: Order, second: number): Receipt {
  origin.call('solver', openCall(theOrder), 1)
  const filled = destination.call('solver', fillCall(theOrder), 10)
  return origin.call('relayer', delivery(sentMessage(filled)), second)
}

describe('the way of an order', () => {
  test('open, fill, prove, claim: the user is paid abroad and the solver at home', () => {
    freshChains()
    const theOrder = order()
    const orderId = orderDigest(theOrder)
    const opened = origin.call('solver', openCall(theOrder), 1)
    expect(kinds(opened)).toEqual(['nonce-used', 'order-opened'])
    expect(origin.engine.balance('ESCROW', orderId, usdcOrigin)).toBe(100_000_000n)
    expect(usdc(origin, 'user')).toBe(900_000_000n)

    const filled = destination.call('solver', fillCall(theOrder), 10)
    expect(kinds(filled)).toEqual(['order-filled', 'message-sent'])
    expect(usdc(destination, 'user')).toBe(1_099_000_000n)
    expect(usdc(destination, 'solver')).toBe(901_000_000n)

    const proven = origin.call('relayer', delivery(sentMessage(filled)), 50)
    expect(kinds(proven)).toEqual(['message-delivered', 'fill-proven'])
    const claimed = origin.call('relayer', { kind: 'claim', orderId }, 51)
    expect(claimed.events).toEqual([
      { kind: 'order-claimed', orderId, payee: address('solver'), token: usdcOrigin, amount: 100_000_000n },
    ])
    expect(usdc(origin, 'solver')).toBe(1_100_000_000n)
    expect(origin.engine.balance('ESCROW', orderId, usdcOrigin)).toBe(0n)
    expect(origin.call('solver', { kind: 'claim', orderId }).reason).toBe('already-ended')
    expect(origin.call('user', { kind: 'refund', orderId }, 301).reason).toBe('already-ended')
  })

  test('open and refund: strictly after expires, once, by anyone', () => {
    freshChains()
    const orderId = orderDigest(order())
    origin.call('solver', openCall(order()), 1)
    const refund = { kind: 'refund', orderId } as const
    expect([299, 300].map((second) => origin.call('rival', refund, second).reason)).toEqual([
      'not-refundable',
      'not-refundable',
    ])
    expect(kinds(origin.call('rival', refund, 301))).toEqual(['order-refunded'])
    expect(usdc(origin, 'user')).toBe(1_000_000_000n)
    expect(origin.call('rival', refund).reason).toBe('already-ended')
  })

  test('a proof after expires still pays when no refund happened, and is refused when one did', () => {
    freshChains()
    expect(settleUpTo(order(), 350).status).toBe('ok')
    expect(origin.call('user', { kind: 'refund', orderId: orderDigest(order()) }).reason).toBe(
      'not-refundable',
    )
    expect(origin.call('solver', { kind: 'claim', orderId: orderDigest(order()) }).status).toBe('ok')

    freshChains()
    origin.call('solver', openCall(order()), 1)
    const message = sentMessage(destination.call('solver', fillCall(order()), 10))
    origin.call('user', { kind: 'refund', orderId: orderDigest(order()) }, 301)
    expect(origin.call('relayer', delivery(message)).reason).toBe('already-ended')
    expect(origin.call('solver', { kind: 'claim', orderId: orderDigest(order()) }).reason).toBe(
      'already-ended',
    )
  })

  test('a fill may come before the opening; its proof waits for it', () => {
    freshChains()
    const message = sentMessage(destination.call('solver', fillCall(order()), 10))
    expect(origin.call('relayer', delivery(message), 11).reason).toBe('unknown-order')
    origin.call('solver', openCall(order()), 12)
    expect(origin.call('relayer', delivery(message), 13).status).toBe('ok')
  })
})

describe('cancelling', () => {
  test('before the opening uses the nonce, so that the order can never be opened', () => {
    freshChains()
    expect(kinds(origin.call('user', { kind: 'cancel', order: order() }, 1))).toEqual([
      'nonce-used',
      'order-cancelled',
    ])
    expect(origin.call('solver', openCall(order()), 2).reason).toBe('nonce-used')
    expect(origin.call('user', { kind: 'cancel', order: order() }, 3).reason).toBe('nonce-used')
  })

  test('of an open order waits until no proof of a fill can be on its way: strictly after expires', () => {
    freshChains()
    origin.call('solver', openCall(order()), 1)
    const cancel = { kind: 'cancel', order: order() } as const
    expect([2, 200, 300].map((second) => origin.call('user', cancel, second).reason)).toEqual([
      'not-refundable',
      'not-refundable',
      'not-refundable',
    ])
    expect(kinds(origin.call('user', cancel, 301))).toEqual(['order-cancelled'])
    expect(origin.call('rival', { kind: 'claim', orderId: orderDigest(order()) }).reason).toBe('not-proven')
    expect(origin.call('user', cancel).reason).toBe('already-ended')
    expect(kinds(origin.call('rival', { kind: 'refund', orderId: orderDigest(order()) }))).toEqual([
      'order-refunded',
    ])
  })

  test('cannot take a proven order from its solver, and a proof cannot take a cancelled one from its user', () => {
    freshChains()
    settleUpTo(order(), 250)
    expect(origin.call('user', { kind: 'cancel', order: order() }, 301).reason).toBe('not-refundable')

    freshChains()
    origin.call('solver', openCall(order()), 1)
    const message = sentMessage(destination.call('solver', fillCall(order()), 10))
    origin.call('user', { kind: 'cancel', order: order() }, 301)
    expect(origin.call('relayer', delivery(message)).reason).toBe('not-open')
  })

  test('is for the user alone', () => {
    freshChains()
    expect(origin.call('solver', { kind: 'cancel', order: order() }).reason).toBe('not-the-user')
  })
})

describe('an opening is refused', () => {
  const cases: readonly [string, Partial<Order>, string][] = [
    ['on another chain', { originChainId: DESTINATION }, 'wrong-chain'],
    ['for another settler', { originSettler: nobody }, 'wrong-settler'],
    ['with another settler abroad', { output: { ...order().output, settler: nobody } }, 'wrong-settler'],
    ['to its own chain', { output: { ...order().output, chainId: ORIGIN } }, 'wrong-chain'],
    ['with an unknown input', { input: { token: nobody, amount: 1n } }, 'unknown-token'],
    ['with an unknown output', { output: { ...order().output, token: nobody } }, 'unknown-token'],
    ['with an unknown prover', { prover: nobody }, 'unknown-prover'],
    ['to a contract', { output: { ...order().output, recipient: frail } }, 'invalid-order'],
    ['for nothing', { input: { token: usdcOrigin, amount: 0n } }, 'invalid-order'],
    ['when it expires before it may be filled', { expires: at(199) }, 'invalid-order'],
    [
      "beyond the user's balance",
      { input: { token: usdcOrigin, amount: 1_000_000_001n } },
      'insufficient-balance',
    ],
  ]
  test.each(cases)('%s', (_name, changes, reason) => {
    freshChains()
    const { status, reason: got, events } = origin.call('solver', openCall(order(changes)), 1)
    expect({ status, got, events }).toEqual({ status: 'reverted', got: reason, events: [] })
  })

  test('with a signature of someone else, of another order, or in a non-canonical form', () => {
    freshChains()
    const foreign = { ...openCall(order()), signature: signed(order(), 'other-user') }
    const other = { ...openCall(order()), signature: signed(order({ nonce: 2n })) }
    const upper = {
      ...openCall(order()),
      signature: signed(order()).toUpperCase().replace('0X', '0x') as `0x${string}`,
    }
    expect([foreign, other, upper].map((call) => origin.call('solver', call).reason)).toEqual(
      Array(3).fill('bad-signature'),
    )
  })

  test('at openDeadline + 1 and not at openDeadline; from fillDeadline on', () => {
    freshChains()
    expect(origin.call('solver', openCall(order()), 100).status).toBe('ok')
    expect(origin.call('solver', openCall(order({ nonce: 2n })), 101).reason).toBe('open-deadline-passed')
    const late = order({ nonce: 3n, openDeadline: at(900) })
    expect(origin.call('solver', openCall(late), 200).reason).toBe('fill-deadline-passed')
  })

  test('the second time, and when its nonce has been used by another order', () => {
    freshChains()
    origin.call('solver', openCall(order()), 1)
    expect(origin.call('rival', openCall(order())).reason).toBe('already-open')
    const twin = order({ input: { token: usdcOrigin, amount: 5n } })
    expect(origin.call('solver', openCall(twin)).reason).toBe('nonce-used')
    const elsewhere = order({ user: address('other-user') })
    expect(origin.call('solver', openCall(elsewhere, null, 'other-user')).status).toBe('ok')
    // Nonces are unordered and of any size: the bitmap's next word, and the largest there is.
    for (const nonce of [0n, 255n, 256n, 2n ** 256n - 1n]) {
      expect(
        origin.call('solver', openCall(order({ nonce, input: { token: usdcOrigin, amount: 1n } }))).status,
      ).toBe('ok')
    }
  })
})

describe('a fill', () => {
  test('is valid at fillDeadline and not a second later', () => {
    freshChains()
    expect(destination.call('solver', fillCall(order()), 200).status).toBe('ok')
    expect(destination.call('solver', fillCall(order({ nonce: 2n })), 201).reason).toBe(
      'fill-deadline-passed',
    )
  })

  test('happens once, on its own chain, to someone, at the minimum at least', () => {
    freshChains()
    destination.call('solver', fillCall(order()), 1)
    expect(destination.call('rival', fillCall(order())).reason).toBe('already-filled')
    expect(destination.call('solver', fillCall(order({ nonce: 2n }), 98_999_999n)).reason).toBe(
      'amount-too-low',
    )
    expect(destination.call('solver', fillCall(order({ nonce: 2n }), 1_000_000_000n)).reason).toBe(
      'insufficient-balance',
    )
    expect(
      destination.call('solver', { ...fillCall(order({ nonce: 2n })), payee: ZERO_ADDRESS }).reason,
    ).toBe('invalid-order')
    expect(origin.call('solver', fillCall(order())).reason).toBe('wrong-chain')
  })

  test('of a Dutch order delivers the decayed amount, and the entry states the rounding', () => {
    freshChains()
    // From 100 USDC at 0 s to 99 USDC at 7 s: at 3 s 100,000,000 − floor(3,000,000 / 7) = 99,571,429; 3,000,000 mod 7 = 3.
    const dutch = order({
      pricing: { rule: 'dutch', startAmount: 100_000_000n, decayStart: at(0), decayEnd: at(7) },
    })
    expect(destination.call('solver', fillCall(dutch, 99_571_428n), 3).reason).toBe('amount-too-low')
    const later = createTestChain(DESTINATION)
    const filled = later.call('solver', fillCall(dutch, 99_571_429n), 3)
    expect(filled.entries[1]?.rounding).toEqual([
      { token: usdcDestination, direction: 'floor', residue: 3n, divisor: 7n },
    ])
    expect(filled.events[0]).toMatchObject({ kind: 'order-filled', requiredAmount: 99_571_429n })
  })

  test('of an order with a curve of blocks delivers what its block asks for, whatever the time', () => {
    freshChains()
    // It begins with block 10: in the next one 100,000,000 − ⌊1,000,000 · 1/3⌋ = 99,666,667 are due, which leaves 1 of 3.
    const curve = [{ blocks: 3, fall: 1_000_000n }]
    const pricing = { rule: 'block-dutch', startAmount: 100_000_000n, decayStartBlock: 10, curve } as const
    const byBlocks = order({ nonce: 2n, pricing, award: { by: 'chain' } })
    destination.produce(10, true)
    expect(destination.engine.head().header.number).toBe(10)
    expect(destination.call('solver', fillCall(byBlocks, 99_666_666n)).reason).toBe('amount-too-low')
    const other = createTestChain(DESTINATION)
    other.produce(10, true)
    expect(other.call('solver', fillCall(byBlocks, 99_666_667n)).entries[1]?.rounding).toEqual([
      { token: usdcDestination, direction: 'floor', residue: 1n, divisor: 3n },
    ])
    // Where it is opened no block of the destination is known.
    expect(origin.call('user', openCall(byBlocks), 30).events[1]).toMatchObject({
      requiredAmount: 99_000_000n,
    })
    const pointless = order({ nonce: 4n, pricing: { ...pricing, curve: [] } })
    expect(destination.call('solver', fillCall(pointless)).reason).toBe('invalid-order')
  })

  test('delivers more the more it pays the producer, where the order says so', () => {
    freshChains()
    // Transactions of the test chain tip 2 wei per gas: ceil(99,000,000 · (1e7 + 2 · 1,001)/1e7) = 99,019,820 (…19.8).
    const pricing = { rule: 'priority-fee', feeUnit: 1n, milliBipsPerFee: 1_001 } as const
    const priority = order({ pricing, award: { by: 'chain' } })
    expect(destination.call('solver', fillCall(priority, 99_019_819n), 3).reason).toBe('amount-too-low')
    const filled = destination.call('solver', fillCall(priority, 99_019_820n), 4)
    expect(filled.entries[1]?.rounding).toEqual([
      { token: usdcDestination, direction: 'up', residue: 2_000_000n, divisor: 10_000_000n },
    ])
    // What an opening pays its producer is not owed by any fill.
    expect(origin.call('user', openCall(priority), 3).events[1]).toMatchObject({
      requiredAmount: 99_000_000n,
    })
  })

  test('by another than the named solver is barred, or costs the override, while now <= exclusiveUntil', () => {
    freshChains()
    const strict = order({
      award: { by: 'user', solver: address('solver'), exclusiveUntil: at(50), overrideBps: 0 },
    })
    const open = order({
      nonce: 2n,
      award: { by: 'user', solver: address('solver'), exclusiveUntil: at(50), overrideBps: 25 },
    })
    expect(destination.call('rival', fillCall(strict), 50).reason).toBe('exclusive')
    expect(destination.call('rival', fillCall(strict), 51).status).toBe('ok')
    freshChains()
    // ceil(99,000,000 · 10,025 / 10,000) = 99,247,500.
    expect(destination.call('rival', fillCall(open, 99_247_499n), 49).reason).toBe('amount-too-low')
    expect(destination.call('rival', fillCall(open, 99_247_500n), 50).status).toBe('ok')
    freshChains()
    expect(destination.call('solver', fillCall(strict), 50).status).toBe('ok')
  })
})

describe('an auctioned order', () => {
  const auctioned = order({
    award: {
      by: 'auctioneer',
      auctioneer: address('auctioneer'),
      rule: 'first-price',
      closesAt: at(20),
      exclusiveUntil: at(50),
    },
  })
  const orderId: OrderId = orderDigest(auctioned)
  function awardTo(name: string, changes: Partial<Award> = {}, by = 'auctioneer'): SignedAward {
    const award: Award = {
      orderId,
      auctioneer: address('auctioneer'),
      winner: address(name),
      outputAmount: 99_500_000n,
      exclusiveUntil: at(50),
      bids: [],
      ...changes,
    }
    return { award, signature: signer(by).sign(awardDigest(award)) }
  }

  test('belongs to its winner through exclusiveUntil, at the awarded amount', () => {
    freshChains()
    const award = awardTo('solver')
    expect(origin.call('solver', openCall(auctioned), 30).reason).toBe('award-missing')
    expect(origin.call('rival', openCall(auctioned, award), 31).reason).toBe('exclusive')
    const opened = origin.call('solver', openCall(auctioned, award), 32)
    expect(opened.events[1]).toMatchObject({
      exclusiveSolver: address('solver'),
      requiredAmount: 99_500_000n,
    })
    expect(destination.call('rival', fillCall(auctioned, 99_500_000n, award), 49).reason).toBe('exclusive')
    expect(destination.call('solver', fillCall(auctioned, 99_499_999n, award), 50).reason).toBe(
      'amount-too-low',
    )
    expect(destination.call('rival', fillCall(auctioned), 51).status).toBe('ok')
  })

  test('has no fallback before its window ends, not even before the auction closes', () => {
    freshChains()
    expect(destination.call('rival', fillCall(auctioned), 5).reason).toBe('award-missing')
    expect(destination.call('rival', fillCall(auctioned), 50).reason).toBe('award-missing')
  })

  test.each<[string, SignedAward]>([
    ['of another order', awardTo('solver', { orderId: orderDigest(order()) })],
    ['without a winner', awardTo('solver', { winner: ZERO_ADDRESS })],
    ['below the minimum', awardTo('solver', { outputAmount: 98_999_999n })],
    ['with a longer window', awardTo('solver', { exclusiveUntil: at(60) })],
    ['of another auctioneer', awardTo('solver', { auctioneer: address('rival') }, 'rival')],
    ['that someone else signed', awardTo('solver', {}, 'rival')],
  ])('refuses an award %s', (_name, award) => {
    freshChains()
    expect(destination.call('solver', fillCall(auctioned, 99_500_000n, award), 30).reason).toBe(
      'award-invalid',
    )
  })
})

describe('an order of a committee', () => {
  const rule = { by: 'auctioneer', auctioneer: address('auctioneer'), closesAt: at(10) } as const
  const spec = {
    ...network,
    auctioneers: ['auctioneer', 'rival'].map((name) => ({ node: asNodeId(name), address: address(name) })),
    sealCommittee: { members: ['auctioneer', 'rival'].map((name) => asNodeId(name)), threshold: 2 },
  }
  const awardBy = (theOrder: Order, by: string): SignedAward => {
    const award: Award = {
      ...{ orderId: orderDigest(theOrder), auctioneer: address(by), winner: address('solver') },
      ...{ outputAmount: 99_500_000n, exclusiveUntil: at(50), bids: [] },
    }
    return { award, signature: signer(by).sign(awardDigest(award)) }
  }
  const opened = (theOrder: Order, by: string, second: number, of = spec) =>
    createTestChain(ORIGIN, { spec: of }).call('solver', openCall(theOrder, awardBy(theOrder, by)), second)

  test('is awarded by another member once its turn has come, and not before', () => {
    const sealed = order({ award: { ...rule, rule: 'sealed-encrypted', exclusiveUntil: at(50) } })
    // Bids close at 10 and are opened until 20; the second member waits ten seconds more.
    expect(opened(sealed, 'rival', 29).reason).toBe('award-invalid')
    expect(opened(sealed, 'rival', 30).status).toBe('ok')
    expect(opened(sealed, 'auctioneer', 21).status).toBe('ok')
    const open = order({ award: { ...rule, rule: 'first-price', exclusiveUntil: at(50) } })
    expect(opened(open, 'rival', 45).reason).toBe('award-invalid')
    const alone = { ...spec, sealCommittee: { ...spec.sealCommittee, members: [asNodeId('auctioneer')] } }
    expect(opened(sealed, 'rival', 45, alone).reason).toBe('award-invalid')
  })

  test('goes to whoever uses an award first where there are two', () => {
    const sealed = order({ award: { ...rule, rule: 'sealed-encrypted', exclusiveUntil: at(50) } })
    const chain = createTestChain(ORIGIN, { spec })
    expect(chain.call('solver', openCall(sealed, awardBy(sealed, 'rival')), 30).status).toBe('ok')
    expect(chain.call('solver', openCall(sealed, awardBy(sealed, 'auctioneer')), 31).status).toBe('reverted')
  })
})

describe('a proof is refused', () => {
  test("unless it comes over the order's prover from its settler and keeps the order", () => {
    freshChains()
    origin.call('solver', openCall(order()), 1)
    const message = sentMessage(destination.call('solver', fillCall(order()), 10))
    if (message.payload.kind !== 'fill-proof') throw new Error('A fill sends a proof.')
    const { payload } = message
    const altered = [
      [{ ...message, bridge: frail }, 'unknown-prover', ['verifier-1']],
      [{ ...message, srcChainId: ORIGIN }, 'wrong-chain', undefined],
      [{ ...message, emitter: nobody }, 'wrong-settler', undefined],
      [{ ...message, payload: { ...payload, recipient: nobody } }, 'invalid-order', undefined],
      [{ ...message, payload: { ...payload, outputToken: nobody } }, 'invalid-order', undefined],
      [{ ...message, payload: { ...payload, outputAmount: 98_999_999n } }, 'amount-too-low', undefined],
      [{ ...message, payload: { ...payload, filledAt: at(201) } }, 'fill-deadline-passed', undefined],
    ] as const
    for (const [forged, reason, names] of altered) {
      expect(origin.call('relayer', delivery(forged, names)).reason).toBe(reason)
    }
    expect(origin.call('relayer', delivery(message)).status).toBe('ok')
    expect(origin.call('relayer', delivery(message)).reason).toBe('already-delivered')
  })
})
