// What a producer claims of its block's execution saves the importer hashing and decides nothing.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import { type Block, headerDigest, type JournalEntry, type Leg, receiptsHash } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { nextStateRoot } from '../chain/state-root.ts'
import { address, nobody, ORIGIN, signer, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain, type TestChain } from '../testing/test-chain.ts'

const pay = (amount: bigint) => ({ kind: 'transfer', token: usdcOrigin, to: nobody, amount }) as const

const rivals = () => [createTestChain(ORIGIN), createTestChain(ORIGIN, { producer: 'origin-rival' })] as const

/** A block of three payments of which one fails, and the chain that made it. */
function paid(): { readonly maker: TestChain; readonly block: Block } {
  const [maker] = rivals()
  for (const [name, amount] of [
    ['user', 1n],
    ['other-user', 10n ** 30n],
    ['solver', 2n],
  ] as const)
    maker.engine.submit(maker.sign(name, pay(amount)))
  return { maker, block: maker.produce(1) as Block }
}

/** The block's body with its last entry altered. */
function withLastEntry({ receipts }: Block, alter: (entry: JournalEntry) => object): Block['receipts'] {
  const at = receipts.findLastIndex(({ entries }) => entries.length > 0)
  return receipts.map((receipt, i) => {
    if (i !== at) return receipt
    const entries = receipt.entries.map((entry, j) =>
      j === receipt.entries.length - 1 ? (alter(entry) as JournalEntry) : entry,
    )
    return { ...receipt, entries }
  })
}

const noted = (entry: JournalEntry) => ({
  ...entry,
  legs: entry.legs.map((leg): Leg => ({ ...leg, ...{ note: 'paid in full' } })),
})

const doubled = (entry: JournalEntry) => ({
  ...entry,
  legs: entry.legs.map((leg) => ({ ...leg, amount: 2n * leg.amount })),
})

const falseBodies: readonly [string, (block: Block) => Block['receipts']][] = [
  ['nothing', () => []],
  ['one receipt', ({ receipts }) => receipts.slice(0, 1)],
  ['the receipts in another order', ({ receipts }) => receipts.toReversed()],
  ['another amount', (block) => withLastEntry(block, doubled)],
  [
    'another token',
    (block) =>
      withLastEntry(block, (entry) => ({
        ...entry,
        legs: entry.legs.map((leg) => ({ ...leg, token: nobody })),
      })),
  ],
  ['another cause', (block) => withLastEntry(block, (entry) => ({ ...entry, cause: 'fill' }))],
  [
    'an index out of turn',
    (block) => withLastEntry(block, (entry) => ({ ...entry, index: entry.index + 1 })),
  ],
  ['legs with a field of their own', (block) => withLastEntry(block, noted)],
  ['other gas', ({ receipts }) => receipts.map((receipt) => ({ ...receipt, gasUsed: 1 }))],
  ['no failure', ({ receipts }) => receipts.map((receipt) => ({ ...receipt, status: 'ok', reason: null }))],
]

describe('a block of another producer', () => {
  test('is the same, and frozen, off a wire', () => {
    const { block } = paid()
    const [, importer] = rivals()
    expect(importer.engine.import(decodeCanonical(encodeCanonical(block)) as unknown as Block).accepted).toBe(
      true,
    )
    expect(importer.engine.head()).toEqual(block)
    expect(
      importer.engine.head().receipts.every((receipt) => Object.isFrozen(receipt.entries[0]?.legs)),
    ).toBe(true)
  })

  test.each(falseBodies)(
    'whose body claims %s under a right header counts as it was run',
    (_what, bodyOf) => {
      const { maker, block } = paid()
      const [, importer] = rivals()
      expect(importer.engine.import({ ...block, receipts: bodyOf(block) })).toEqual({
        accepted: true,
        reason: null,
      })
      expect(importer.engine.head()).toEqual(block)
      expect(importer.engine.balances()).toEqual(maker.engine.balances())
      // The journal goes on from what was posted.
      for (const chain of [maker, importer]) chain.engine.submit(maker.sign('user', pay(3n), { nonce: 1 }))
      const next = maker.produce(3) as Block
      expect(importer.engine.import(next).accepted).toBe(true)
      expect(importer.engine.head()).toEqual(next)
    },
  )

  test('is wrong when its header commits to more than was done', () => {
    const { maker, block } = paid()
    const [, importer] = rivals()
    const receipts = withLastEntry(block, doubled)
    const { transactionsHash } = block.header
    const hashes = { transactionsHash, receiptsHash: receiptsHash(receipts) }
    const stateRoot = nextStateRoot({
      parentRoot: maker.engine.genesisBlock.header.stateRoot,
      ...hashes,
    })
    const header = { ...block.header, ...hashes, stateRoot }
    const hash = headerDigest(header)
    const signature = signer('origin-producer').sign(hash)
    expect(header.producer).toBe(address('origin-producer'))
    expect(
      importer.engine.import({ header, hash, signature, transactions: block.transactions, receipts }),
    ).toEqual({
      accepted: false,
      reason: 'wrong-result',
    })
    expect(importer.engine.import(block).accepted).toBe(true)
  })

  test('that ran, was left and arrives with another body stays as it ran', () => {
    const { maker, block } = paid()
    const [, other] = rivals()
    for (const second of [3, 5]) other.call('rival', pay(4n), second)
    for (const number of [3, 5]) maker.engine.import(other.engine.block(number) as Block)
    expect(maker.engine.head().header.number).toBe(5)
    expect(maker.engine.import({ ...block, receipts: [] }).accepted).toBe(true)
    maker.engine.follow(block.hash)
    expect(maker.engine.head()).toBe(block)
  })
})
