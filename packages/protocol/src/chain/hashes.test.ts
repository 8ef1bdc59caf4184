import { asHash32, blake3Hex, hexToBytes, isSameCanonical, packedHash, ZERO_HASH } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attestationOf, messageDigest, messageKey, payloadHash } from '../bridge/message-identity.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import * as arbitrary from '../testing/arbitraries.ts'
import { sampleBridgeMessage, sampleHeader } from '../testing/small-network.ts'
import type { Block, Receipt } from './block.ts'
import { checkBlockBody, receiptsHash, transactionsHash } from './block-hash.ts'
import type { SignedTransaction } from './transaction.ts'
import { transactionDigest } from './transaction-digest.ts'

const signedTransaction = fc.record({ transaction: arbitrary.transaction, signature: arbitrary.signature })

/** A block whose header says what its body is. */
function blockOf(transactions: readonly SignedTransaction[], drafts: readonly Receipt[]): Block {
  const receipts = transactions.map(({ transaction }, i) => ({
    ...(drafts[i] as Receipt),
    transactionHash: transactionDigest(transaction),
  }))
  const header = {
    ...sampleHeader,
    transactionCount: transactions.length,
    transactionsHash: transactionsHash(transactions),
    receiptsHash: receiptsHash(receipts),
  }
  return { header, hash: headerDigest(header), signature: '0x', transactions, receipts }
}

const twoTransactions = fc.tuple(
  fc.tuple(signedTransaction, signedTransaction),
  fc.tuple(arbitrary.receipt, arbitrary.receipt),
)

describe('a block body', () => {
  test('belongs to its header, and no longer when anything in it is changed', () => {
    fc.assert(
      fc.property(twoTransactions, ([transactions, receipts]) => {
        const block = blockOf(transactions, receipts)
        expect(checkBlockBody(block)).toBe(true)
        const [first, second] = block.receipts as [Receipt, Receipt]
        const [one, other] = transactions
        const dearer = {
          ...one,
          transaction: { ...one.transaction, nonce: (one.transaction.nonce + 1) % 1_000 },
        }
        const altered: Partial<Block>[] = [
          { hash: ZERO_HASH },
          { header: { ...block.header, gasUsed: 1 } },
          { transactions: [one] },
          { transactions: [other, one] },
          { transactions: [dearer, other] },
          { receipts: [first] },
          { receipts: [second, first] },
          { receipts: [{ ...first, gasUsed: first.gasUsed === 0 ? 1 : 0 }, second] },
          {
            receipts: [
              {
                ...first,
                entries: [...first.entries, { index: 0, cause: 'gas', legs: [], rounding: [] }],
              },
              second,
            ],
          },
          {
            receipts: [
              { ...first, events: [{ kind: 'order-cancelled', orderId: ZERO_HASH }, ...first.events] },
              second,
            ],
          },
          { receipts: [...block.receipts, second] },
        ]
        altered.forEach((change, i) => {
          expect(checkBlockBody({ ...block, ...change }), `change ${i}`).toBe(false)
        })
      }),
      { numRuns: 50 },
    )
  })

  test('of genesis has a receipt without a transaction', () => {
    fc.assert(
      fc.property(arbitrary.receipt, (receipt) => {
        const receipts = [{ ...receipt, transactionHash: ZERO_HASH }]
        const header = { ...sampleHeader, number: 0, emptyBefore: 0, transactionCount: 0 }
        const full = {
          ...header,
          transactionsHash: transactionsHash([]),
          receiptsHash: receiptsHash(receipts),
        }
        const block: Block = {
          header: full,
          hash: headerDigest(full),
          signature: '0x',
          transactions: [],
          receipts,
        }
        expect(checkBlockBody(block)).toBe(true)
        const later = { ...full, number: 1 }
        expect(checkBlockBody({ ...block, header: later, hash: headerDigest(later) })).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  test('hashes its transactions as the BLAKE3 of their hashes in order', () => {
    fc.assert(
      fc.property(fc.array(signedTransaction, { maxLength: 3 }), (transactions) => {
        const hashes = transactions.map(({ transaction }) => hexToBytes(transactionDigest(transaction)))
        expect(transactionsHash(transactions)).toBe(blake3Hex(Buffer.concat(hashes)))
      }),
      { numRuns: 30 },
    )
  })
})

/** A receipt with the digests of messages in their places. */
const byDigest = (receipt: Receipt) => ({
  ...receipt,
  events: receipt.events.map((event) =>
    'message' in event && typeof event.message === 'object'
      ? { ...event, message: messageDigest(event.message) }
      : event,
  ),
})

describe('receipts', () => {
  test('have one hash, also when a follower puts the list together anew, and another as soon as one differs', () => {
    fc.assert(
      fc.property(arbitrary.receipt, arbitrary.receipt, arbitrary.receipt, (first, second, third) => {
        const hash = receiptsHash([first, second])
        expect(hash).toBe(packedHash('receipts', [byDigest(first), byDigest(second)]))
        expect(receiptsHash([first, second])).toBe(hash)
        expect(receiptsHash([{ ...first }, { ...second }])).toBe(hash)
        expect(receiptsHash([first])).not.toBe(hash)
        expect(receiptsHash([first, second, third])).not.toBe(hash)
        const other = { ...second, gasUsed: second.gasUsed + 1 }
        expect(receiptsHash([first, other])).toBe(packedHash('receipts', [byDigest(first), byDigest(other)]))
        expect(receiptsHash([first, other])).not.toBe(hash)
      }),
    )
  })
})

describe('transactions', () => {
  test('are hashed as values of any shape are, with the digest in the place of a message', () => {
    fc.assert(
      fc.property(fc.oneof(arbitrary.transaction, arbitrary.blobTransaction), (transaction) => {
        const { call } = transaction
        const hashed =
          call.kind === 'deliver'
            ? { ...call, message: messageDigest(call.message) }
            : call.kind === 'deliver-batch'
              ? { ...call, messages: call.messages.map(messageDigest) }
              : call
        expect(transactionDigest(transaction)).toBe(
          packedHash('transaction', { ...transaction, call: hashed }),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('have another hash as soon as one field differs', () => {
    fc.assert(
      fc.property(arbitrary.blobTransaction, arbitrary.blobTransaction, (transaction, other) => {
        for (const field of Object.keys(other) as (keyof typeof other)[]) {
          const changed = { ...transaction, [field]: other[field] }
          const isSame = isSameCanonical(changed, transaction)
          expect(transactionDigest(changed) === transactionDigest(transaction), field).toBe(isSame)
        }
      }),
    )
  })
})

describe('bridge messages', () => {
  test('the key names the message, the digest binds every field', () => {
    const key = messageKey(sampleBridgeMessage)
    const digest = messageDigest(sampleBridgeMessage)
    const { payload } = sampleBridgeMessage
    expect(key).toBe(`${sampleBridgeMessage.bridge}/1/${sampleBridgeMessage.bridge}/4`)
    const sameKey = [
      { dstChainId: sampleBridgeMessage.srcChainId },
      { payload: { ...payload, recipient: sampleBridgeMessage.bridge } },
    ]
    const otherKey = [{ sequence: 5 }, { emitter: `0x${'11'.repeat(20)}` }, { srcChainId: 10 }]
    for (const change of [...sameKey, ...otherKey]) {
      const changed = { ...sampleBridgeMessage, ...change } as typeof sampleBridgeMessage
      expect(messageDigest(changed)).not.toBe(digest)
      expect(messageKey(changed) === key).toBe(sameKey.includes(change as (typeof sameKey)[0]))
    }
  })

  test('message and payload are hashed as values of any shape are', () => {
    fc.assert(
      fc.property(arbitrary.bridgeMessage, (message) => {
        expect(messageDigest(message)).toBe(packedHash('message', message))
        expect(payloadHash(message.payload)).toBe(packedHash('payload', message.payload))
      }),
    )
  })

  test('an attestation repeats the message with the hash of its payload', () => {
    fc.assert(
      fc.property(arbitrary.bridgeMessage, arbitrary.count, (message, setIndex) => {
        const { payload, ...rest } = message
        const attestation = attestationOf(message, setIndex)
        expect(attestation).toMatchObject({ ...rest, setIndex })
        expect(asHash32(attestation.payloadHash)).toBe(
          attestationOf({ ...message, payload: { ...payload } }, 0).payloadHash,
        )
      }),
    )
  })
})
