import { asChainId, asNodeId, ZERO_ADDRESS, ZERO_HASH } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Award } from '../auction/award.ts'
import type { EarlyOpening } from '../auction/early-opening.ts'
import type { BlockHeader } from '../chain/block-header.ts'
import type { Transaction } from '../chain/transaction.ts'
import { transactionDigest } from '../chain/transaction-digest.ts'
import { awardDigest } from '../eip712/award-digest.ts'
import { bidDigest } from '../eip712/bid-digest.ts'
import { earlyOpeningDigest } from '../eip712/early-opening-digest.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import { orderDigest } from '../eip712/order-digest.ts'
import { quoteDigest } from '../eip712/quote-digest.ts'
import type { Order } from '../order/order.ts'
import { findOrderFault } from '../order/order-fault.ts'
import { createStandInVerifier } from '../signing/stand-in.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import {
  account,
  awardMessage,
  GENESIS_SECONDS,
  headerMessage,
  L1,
  orderMessage,
  ROLLUP,
  SEED,
  sampleAward,
  sampleBridgeMessage,
  sampleHeader,
  sampleOrder,
  sign,
  signedAttestation,
  smallNetwork,
  usdc,
} from '../testing/small-network.ts'
import type { Evidence, Message } from '../wire/message.ts'
import { createDoor } from './door.ts'

const door = createDoor({ spec: smallNetwork, verifier: createStandInVerifier({ seed: SEED }) })
const at = (seconds: number) => (GENESIS_SECONDS + seconds) * 1_000

/** `ok`, or verdict and reason in one word, to read tables easily. */
function verdict(message: Message, seconds = 0): string {
  const result = door.check(message, at(seconds))
  return result.ok ? 'ok' : `${result.verdict} ${result.reason}`
}

const withOrder = (change: Partial<Order>) => orderMessage({ ...sampleOrder, ...change })
const withAward = (change: Partial<Award>) => awardMessage({ ...sampleAward, ...change })
const withHeader = (change: Partial<BlockHeader>, signer?: string) =>
  headerMessage({ ...sampleHeader, ...change }, signer)
const stranger = account('stranger')

describe('orders', () => {
  test('a well-formed order in time passes', () => {
    expect(verdict(orderMessage())).toBe('ok')
  })

  test.each<[string, Partial<Order>, string]>([
    ['another chain', { originChainId: asChainId(5) }, 'reject wrong-chain'],
    [
      'another destination',
      { output: { ...sampleOrder.output, chainId: asChainId(5) } },
      'reject wrong-chain',
    ],
    ['another settler', { originSettler: stranger }, 'reject wrong-settler'],
    [
      'another destination settler',
      { output: { ...sampleOrder.output, settler: stranger } },
      'reject wrong-settler',
    ],
    ['a token of the other chain', { input: { token: usdc.l1, amount: 1n } }, 'reject unknown-token'],
    [
      'an unknown output token',
      { output: { ...sampleOrder.output, token: stranger } },
      'reject unknown-token',
    ],
    ['an unknown prover', { prover: stranger }, 'reject unknown-prover'],
    [
      'an unknown auctioneer',
      { award: { ...auctioneerAward(), auctioneer: stranger } },
      'reject unknown-auctioneer',
    ],
    ['no input', { input: { ...sampleOrder.input, amount: 0n } }, 'reject invalid-order'],
    ['no output', { output: { ...sampleOrder.output, minAmount: 0n } }, 'reject invalid-order'],
    [
      'fillDeadline one second after expires',
      { expires: sampleOrder.fillDeadline - 1 },
      'reject invalid-order',
    ],
    ['fillDeadline at expires', { expires: sampleOrder.fillDeadline }, 'ok'],
    [
      'openDeadline one second after fillDeadline',
      { openDeadline: sampleOrder.fillDeadline + 1 },
      'reject invalid-order',
    ],
    ['openDeadline at fillDeadline', { openDeadline: sampleOrder.fillDeadline }, 'ok'],
  ])('%s', (_what, change, expected) => {
    expect(verdict(withOrder(change))).toBe(expected)
  })

  test('an order is in time through its openDeadline, ignored for 30 s after it, then rejected as expired', () => {
    expect(verdict(orderMessage(), 300)).toBe('ok')
    expect(verdict(orderMessage(), 300.999)).toBe('ok')
    expect(verdict(orderMessage(), 301)).toBe('ignore expired')
    expect(verdict(orderMessage(), 330)).toBe('ignore expired')
    expect(verdict(orderMessage(), 331)).toBe('reject expired')
    expect(door.check(orderMessage(), at(331))).toMatchObject({ severity: 'mid' })
  })

  test('an order of the far future is ignored for the skew, then rejected', () => {
    const week = 7 * 86_400
    const opening = (openDeadline: number) =>
      verdict(withOrder({ openDeadline, fillDeadline: openDeadline, expires: openDeadline }))
    expect(opening(GENESIS_SECONDS + week)).toBe('ok')
    expect(opening(GENESIS_SECONDS + week + 1)).toBe('ignore too-far-ahead')
    expect(opening(GENESIS_SECONDS + week + 30)).toBe('ignore too-far-ahead')
    expect(opening(GENESIS_SECONDS + week + 31)).toBe('reject too-far-ahead')
    expect(verdict(withOrder({ expires: GENESIS_SECONDS + 31 * 86_400 }))).toBe('reject too-far-ahead')
  })

  test('an order signed by another than its user is rejected, and only after all else was in order', () => {
    expect(verdict(orderMessage(sampleOrder, 'stranger'))).toBe('reject bad-signature')
    expect(verdict(orderMessage({ ...sampleOrder, prover: stranger }, 'stranger'))).toBe(
      'reject unknown-prover',
    )
    expect(verdict(orderMessage(sampleOrder, 'stranger'), 301)).toBe('ignore expired')
  })

  test('a change of any field after signing is rejected', () => {
    const { signature } = (orderMessage() as Extract<Message, { type: 'order' }>).body
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), (nonce) => {
        fc.pre(nonce !== sampleOrder.nonce)
        const message: Message = { type: 'order', body: { order: { ...sampleOrder, nonce }, signature } }
        expect(verdict(message)).toBe('reject bad-signature')
      }),
    )
  })

  test('orders that were asked for may be old, but not forged', () => {
    const body = (signer: string) => {
      const signature = sign(signer, orderDigest(sampleOrder))
      return { type: 'orders', body: { orders: [{ order: sampleOrder, signature }] } } as const
    }
    expect(verdict(body('user'), 1_000_000)).toBe('ok')
    expect(verdict(body('stranger'), 1_000_000)).toBe('reject bad-signature')
  })
})

describe('contradictions inside an order', () => {
  const dutch = {
    rule: 'dutch',
    startAmount: 99_000_000n,
    decayStart: GENESIS_SECONDS,
    decayEnd: GENESIS_SECONDS,
  } as const
  const named = {
    by: 'user',
    solver: account('solver-1'),
    exclusiveUntil: sampleOrder.fillDeadline,
    overrideBps: 0,
  } as const
  test.each<[string, Partial<Order>, string | null]>([
    ['none', {}, null],
    ['a user who is nobody', { user: ZERO_ADDRESS }, 'user is the zero address'],
    ['one chain', { originChainId: L1 }, 'origin and destination are one chain'],
    ['a flat decay', { pricing: dutch }, null],
    [
      'a decay that rises',
      { pricing: { ...dutch, startAmount: 98_999_999n } },
      'startAmount is below minAmount',
    ],
    [
      'a decay backwards in time',
      { pricing: { ...dutch, decayEnd: GENESIS_SECONDS - 1 } },
      'decayStart is after decayEnd',
    ],
    ['a named solver', { award: named }, null],
    ['nobody named', { award: { ...named, solver: ZERO_ADDRESS } }, 'solver is the zero address'],
    [
      'exclusivity past the fill',
      { award: { ...named, exclusiveUntil: named.exclusiveUntil + 1 } },
      'exclusiveUntil is after fillDeadline',
    ],
    ['an override over the whole', { award: { ...named, overrideBps: 10_001 } }, 'overrideBps is over 10000'],
    [
      'closing at the end of exclusivity',
      { award: { ...auctioneerAward(), closesAt: GENESIS_SECONDS + 90 } },
      'bidding does not end before exclusiveUntil',
    ],
    [
      'closing after the last opening',
      { openDeadline: GENESIS_SECONDS + 29 },
      'closesAt is after openDeadline',
    ],
  ])('%s', (_what, change, expected) => {
    expect(findOrderFault({ ...sampleOrder, ...change })).toBe(expected)
  })
})

describe('awards', () => {
  test.each<[string, Message, number, string]>([
    ['in time', awardMessage(), 90, 'ok'],
    ['a second late', awardMessage(), 91, 'ignore expired'],
    ['past the skew', awardMessage(), 121, 'reject expired'],
    [
      'by one who is no auctioneer',
      awardMessage({ ...sampleAward, auctioneer: stranger }, 'stranger'),
      0,
      'reject unknown-auctioneer',
    ],
    ['signed by another', awardMessage(sampleAward, 'stranger'), 0, 'reject bad-signature'],
    ['without winner and amount', withAward({ winner: ZERO_ADDRESS, outputAmount: 0n, bids: [] }), 0, 'ok'],
    ['an amount without a winner', withAward({ winner: ZERO_ADDRESS }), 0, 'reject invalid-award'],
    ['a winner without an amount', withAward({ outputAmount: 0n }), 0, 'reject invalid-award'],
    ['to one who is no solver', withAward({ winner: stranger }), 0, 'reject unknown-solver'],
    [
      'to the second best bid: unfair, but it must travel',
      withAward({ winner: account('solver-2') }),
      0,
      'ok',
    ],
  ])('%s', (_what, message, seconds, expected) => {
    expect(verdict(message, seconds)).toBe(expected)
  })
})

describe('headers', () => {
  test.each<[string, Message, number, string]>([
    ['by the sequencer, in time', headerMessage(), 101, 'ok'],
    ['30 s early', headerMessage(), 70, 'ok'],
    ['31 s early', headerMessage(), 69, 'ignore too-far-ahead'],
    ['61 s early', headerMessage(), 39, 'reject too-far-ahead'],
    ['a day old', headerMessage(), 100 + 86_401, 'ignore expired'],
    ['of another chain', withHeader({ chainId: asChainId(5) }), 101, 'reject wrong-chain'],
    [
      'by the producer of another chain',
      withHeader({ producer: account('proposer') }, 'proposer'),
      101,
      'reject not-a-producer',
    ],
    ['signed by another', headerMessage(sampleHeader, 'proposer'), 101, 'reject bad-signature'],
    [
      'with another time than its slot',
      withHeader({ timestamp: sampleHeader.timestamp + 1 }),
      101,
      'reject invalid-header',
    ],
    ['with more empty slots than there were', withHeader({ emptyBefore: 402 }), 101, 'reject invalid-header'],
    [
      'a second genesis',
      withHeader({ number: 0, emptyBefore: 0, timestamp: GENESIS_SECONDS }),
      0,
      'reject invalid-header',
    ],
    ['over the gas limit', withHeader({ gasUsed: 30_000_001 }), 101, 'reject invalid-header'],
  ])('%s', (_what, message, seconds, expected) => {
    expect(verdict(message, seconds)).toBe(expected)
  })
})

describe('attestations', () => {
  const attestation = (change: Partial<ReturnType<typeof signedAttestation>>): Message => ({
    type: 'attestation',
    body: { ...signedAttestation(), ...change },
  })
  const retired: Message = {
    type: 'attestation',
    body: signedAttestation(sampleBridgeMessage, { verifier: 'verifier-0', setIndex: 0 }),
  }
  const ofLaterSet: Message = {
    type: 'attestation',
    body: signedAttestation(sampleBridgeMessage, { setIndex: 7 }),
  }
  const ofLaterStranger: Message = {
    type: 'attestation',
    body: signedAttestation(sampleBridgeMessage, { verifier: 'verifier-0', setIndex: 7 }),
  }
  const larger = {
    ...sampleBridgeMessage,
    payload: { ...sampleBridgeMessage.payload, amount: 6n },
  } as typeof sampleBridgeMessage
  test.each<[string, Message, number, string]>([
    ['by a verifier', attestation({}), 0, 'ok'],
    [
      'by a relayer',
      { type: 'attestation', body: signedAttestation(sampleBridgeMessage, { verifier: 'relayer' }) },
      0,
      'reject not-a-verifier',
    ],
    [
      'signed by the other verifier',
      attestation({ verifier: account('verifier-2') }),
      0,
      'reject bad-signature',
    ],
    [
      'carrying another message than it attests',
      attestation({ message: larger }),
      0,
      'reject invalid-attestation',
    ],
    ['of a set to come, by a verifier of the bridge', ofLaterSet, 0, 'ok'],
    ['of a set to come, by a stranger', ofLaterStranger, 0, 'reject not-a-verifier'],
    ['of a retired set in its grace period', retired, 3_600, 'ok'],
    ['of a retired set just after', retired, 3_601, 'ignore set-expired'],
    ['of a retired set long after', retired, 3_631, 'reject set-expired'],
    [
      'of an unknown bridge',
      { type: 'attestation', body: signedAttestation({ ...sampleBridgeMessage, bridge: stranger }) },
      0,
      'reject unknown-bridge',
    ],
    [
      'from an unknown chain',
      { type: 'attestation', body: signedAttestation({ ...sampleBridgeMessage, srcChainId: asChainId(5) }) },
      0,
      'reject wrong-chain',
    ],
  ])('%s', (_what, message, seconds, expected) => {
    expect(verdict(message, seconds)).toBe(expected)
  })
})

describe('evidence stands when both commitments are signed and cannot both be kept', () => {
  const evidence = (body: Evidence): Message => ({ type: 'evidence', body })
  const signedAward = (award: Award) => ({ award, signature: sign('auctioneer', awardDigest(award)) })
  const signedHeader = (header: BlockHeader) => ({
    header,
    signature: sign('sequencer', headerDigest(header)),
  })
  const otherAward = { ...sampleAward, winner: account('solver-2') }
  const otherHeader = { ...sampleHeader, stateRoot: sampleHeader.parentHash }
  const otherMessage = { ...sampleBridgeMessage, dstChainId: L1 }
  const first = signedAttestation()
  const second = signedAttestation(otherMessage)

  test.each<[string, Evidence, string]>([
    [
      'two awards',
      { kind: 'conflicting-awards', first: signedAward(sampleAward), second: signedAward(otherAward) },
      'ok',
    ],
    [
      'one award twice',
      {
        kind: 'conflicting-awards',
        first: signedAward(sampleAward),
        second: signedAward({ ...sampleAward }),
      },
      'reject no-conflict',
    ],
    [
      'awards of two orders',
      {
        kind: 'conflicting-awards',
        first: signedAward(sampleAward),
        second: signedAward({ ...otherAward, orderId: ZERO_HASH }),
      },
      'reject no-conflict',
    ],
    [
      'one award forged',
      {
        kind: 'conflicting-awards',
        first: signedAward(sampleAward),
        second: { award: otherAward, signature: sign('stranger', awardDigest(otherAward)) },
      },
      'reject bad-signature',
    ],
    [
      'two headers',
      { kind: 'conflicting-headers', first: signedHeader(sampleHeader), second: signedHeader(otherHeader) },
      'ok',
    ],
    [
      'headers of two heights',
      {
        kind: 'conflicting-headers',
        first: signedHeader(sampleHeader),
        second: signedHeader({ ...sampleHeader, number: 403 }),
      },
      'reject no-conflict',
    ],
    ['two attestations', { kind: 'conflicting-attestations', first, second }, 'ok'],
    [
      'attestations of two verifiers',
      {
        kind: 'conflicting-attestations',
        first,
        second: signedAttestation(otherMessage, { verifier: 'verifier-2' }),
      },
      'reject no-conflict',
    ],
    [
      'attestations of two sequences',
      {
        kind: 'conflicting-attestations',
        first,
        second: signedAttestation({ ...otherMessage, sequence: 5 }),
      },
      'reject no-conflict',
    ],
    [
      'an attestation beside its message',
      { kind: 'conflicting-attestations', first, second: { ...second, message: sampleBridgeMessage } },
      'reject invalid-attestation',
    ],
  ])('%s', (_what, body, expected) => {
    expect(verdict(evidence(body), 1_000_000)).toBe(expected)
  })
})

describe('a testimony of an early opening', () => {
  const members = ['solver-1', 'solver-2'] as const
  const spec = {
    ...smallNetwork,
    auctioneers: [
      ...smallNetwork.auctioneers,
      ...members.map((name) => ({ node: asNodeId(name), address: account(name) })),
    ],
    sealCommittee: { members: members.map((name) => asNodeId(name)), threshold: 1 },
  }
  const inCommittee = createDoor({ spec, verifier: createStandInVerifier({ seed: SEED }) })
  const verdictOf = (change: Partial<EarlyOpening>, by = 'solver-1') => {
    const opening: EarlyOpening = {
      ...{ orderId: sampleAward.orderId, auctioneer: account('auctioneer'), witness: account('solver-1') },
      ...{ askedAt: GENESIS_SECONDS, closesAt: GENESIS_SECONDS + 2, ...change },
    }
    const signature = sign(by, earlyOpeningDigest(opening))
    const message = { type: 'evidence', body: { kind: 'early-opening', opening, signature } } as const
    const result = inCommittee.check(message, at(0))
    return result.ok ? 'ok' : result.reason
  }

  test.each<[string, Partial<EarlyOpening>, string, string]>([
    ['of a member', {}, 'solver-1', 'ok'],
    ['by another than it names', {}, 'solver-2', 'bad-signature'],
    ['of nobody in the committee', { witness: account('auctioneer') }, 'auctioneer', 'no-conflict'],
    ['against itself', { auctioneer: account('solver-1') }, 'solver-1', 'no-conflict'],
    ['against no auctioneer', { auctioneer: stranger }, 'solver-1', 'unknown-auctioneer'],
    ['of a moment that clocks explain', { askedAt: GENESIS_SECONDS + 1 }, 'solver-1', 'no-conflict'],
    ['of a time after the close', { askedAt: GENESIS_SECONDS + 9 }, 'solver-1', 'no-conflict'],
  ])('%s', (_what, change, by, expected) => {
    expect(verdictOf(change, by)).toBe(expected)
  })
})

describe('requests and replies', () => {
  const bid = {
    orderId: sampleAward.orderId,
    auctioneer: account('auctioneer'),
    solver: account('solver-1'),
    outputAmount: 5n,
  }
  const quote = {
    quoteId: ZERO_HASH,
    solver: account('solver-1'),
    outputAmount: 5n,
    validUntil: GENESIS_SECONDS + 10,
  }
  const bidMessage = (change: Partial<typeof bid>, signer = 'solver-1'): Message => {
    const changed = { ...bid, ...change }
    return { type: 'bid', body: { bid: changed, signature: sign(signer, bidDigest(changed)) } }
  }
  const quoteMessage = (signer = 'solver-1'): Message => ({
    type: 'quote',
    body: { quote, signature: sign(signer, quoteDigest(quote)) },
  })

  test.each<[string, Message, number, string]>([
    ['a bid', bidMessage({}), 0, 'ok'],
    ['a bid of nothing', bidMessage({ outputAmount: 0n }), 0, 'reject invalid-bid'],
    ['a bid to a stranger', bidMessage({ auctioneer: stranger }), 0, 'reject unknown-auctioneer'],
    ['a bid by a stranger', bidMessage({ solver: stranger }, 'stranger'), 0, 'reject unknown-solver'],
    ['a quote', quoteMessage(), 10, 'ok'],
    ['a quote a second late', quoteMessage(), 11, 'ignore expired'],
    ['a quote past the skew', quoteMessage(), 41, 'reject expired'],
    [
      'blocks backwards',
      { type: 'block-request', body: { chainId: L1, from: 2, to: 1, skip: 0 } },
      0,
      'reject invalid-request',
    ],
    ['blocks of a chain', { type: 'block-request', body: { chainId: L1, from: 1, to: 1, skip: 0 } }, 0, 'ok'],
    [
      'blocks of no chain',
      { type: 'block-request', body: { chainId: asChainId(5), from: 1, to: 1, skip: 0 } },
      0,
      'reject wrong-chain',
    ],
    [
      'blocks of another chain than the range',
      { type: 'blocks', body: { chainId: L1, blocks: [blockOf(sampleHeader)], next: null } },
      0,
      'reject invalid-range',
    ],
    [
      'blocks as they are',
      { type: 'blocks', body: { chainId: ROLLUP, blocks: [blockOf(sampleHeader)], next: null } },
      0,
      'ok',
    ],
    ['a status request', { type: 'control', body: { kind: 'status' } }, 0, 'ok'],
  ])('%s', (_what, message, seconds, expected) => {
    expect(verdict(message, seconds)).toBe(expected)
  })

  test('a forged bid or quote damns its sender, whose own connection it came by', () => {
    expect(door.check(bidMessage({}, 'solver-2'), at(0))).toMatchObject({
      reason: 'bad-signature',
      severity: 'fatal',
    })
    expect(door.check(quoteMessage('solver-2'), at(0))).toMatchObject({
      reason: 'bad-signature',
      severity: 'fatal',
    })
    expect(door.check(orderMessage(sampleOrder, 'stranger'), at(0))).toMatchObject({ severity: 'low' })
  })

  test('a quote request that contradicts itself or names what the network does not have', () => {
    const body = {
      quoteId: ZERO_HASH,
      originChainId: ROLLUP,
      inputToken: usdc.rollup,
      inputAmount: 1n,
      outputChainId: L1,
      outputToken: usdc.l1,
      prover: sampleOrder.prover,
      fillDeadline: GENESIS_SECONDS,
      expires: GENESIS_SECONDS,
    }
    const ask = (change: Partial<typeof body>, seconds = 0) =>
      verdict({ type: 'quote-request', body: { ...body, ...change } }, seconds)
    expect(ask({})).toBe('ok')
    expect(ask({}, 1)).toBe('ignore expired')
    expect(ask({ inputAmount: 0n })).toBe('reject invalid-request')
    expect(ask({ expires: GENESIS_SECONDS - 1 })).toBe('reject invalid-request')
    expect(ask({ outputToken: usdc.rollup })).toBe('reject unknown-token')
    expect(ask({ prover: stranger })).toBe('reject unknown-prover')
  })
})

test('a transaction must be signed by its sender, for its chain', () => {
  const transaction: Transaction = {
    chainId: L1,
    from: account('user'),
    nonce: 0,
    gasLimit: 21_000,
    maxFeePerGas: 2n,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'transfer', token: ZERO_ADDRESS, to: stranger, amount: 1n },
  }
  const message = (changed: Transaction, signed = changed, signer = 'user'): Message => ({
    type: 'transaction',
    body: { transaction: changed, signature: sign(signer, transactionDigest(signed)) },
  })
  expect(verdict(message(transaction))).toBe('ok')
  expect(verdict(message(transaction, transaction, 'stranger'))).toBe('reject bad-signature')
  expect(verdict(message({ ...transaction, chainId: ROLLUP }, transaction))).toBe('reject bad-signature')
  expect(verdict(message({ ...transaction, chainId: asChainId(5) }))).toBe('reject wrong-chain')
  const altered = { ...transaction, call: { ...transaction.call, amount: 2n } } as Transaction
  expect(verdict(message(altered, transaction))).toBe('reject bad-signature')
})

test('random well-typed messages of a stranger never pass and never throw', () => {
  const signed = new Set([
    'order',
    'award',
    'header',
    'attestation',
    'evidence',
    'bid',
    'quote',
    'transaction',
  ])
  fc.assert(
    fc.property(arbitrary.message, (message) => {
      const result = door.check(message, at(0))
      if (signed.has(message.type)) expect(result.ok).toBe(false)
    }),
    { numRuns: 500 },
  )
})

function auctioneerAward() {
  if (sampleOrder.award.by !== 'auctioneer') throw new Error('the sample order is auctioned')
  return sampleOrder.award
}

function blockOf(header: BlockHeader) {
  return {
    header,
    signature: sign('sequencer', headerDigest(header)),
    hash: headerDigest(header),
    transactions: [],
    receipts: [],
  }
}
