// Transactions that the L1 forces upon a rollup: what the contract takes, and what the rollup's engines make of it.
import { type Block, encodeTransaction, transactionDigest } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import {
  address,
  DESTINATION,
  GENESIS_SECONDS,
  L1,
  network,
  ORIGIN,
  usdcOrigin,
} from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'

const pay = { kind: 'transfer', token: usdcOrigin, to: address('solver'), amount: 1n } as const
const DAY_HALF = 43_200

describe('the contract', () => {
  test("takes anybody's signed transaction of the rollup, due after the delay", () => {
    const [l1, rollup] = [createTestChain(L1), createTestChain(ORIGIN)]
    const signed = rollup.sign('user', pay)
    const raw = encodeTransaction(signed)
    const force = (bytes: Uint8Array, chainId = ORIGIN) =>
      l1.call('rival', { kind: 'force-transaction', rollup: chainId, raw: bytes })
    expect(l1.call('rival', { kind: 'force-transaction', rollup: ORIGIN, raw }, 120).events).toEqual([
      {
        kind: 'transaction-forced',
        rollup: ORIGIN,
        hash: transactionDigest(signed.transaction),
        raw,
        dueAt: GENESIS_SECONDS + 120 + DAY_HALF,
      },
    ])
    const forged = { ...signed, signature: rollup.sign('rival', pay).signature }
    expect([
      force(encodeTransaction(forged)).reason,
      force(new Uint8Array([1, 2, 3])).reason,
      force(raw.slice(1)).reason,
      force(raw, DESTINATION).reason,
      force(raw, L1).reason,
    ]).toEqual(['bad-signature', 'bad-transaction', 'bad-transaction', 'bad-transaction', 'wrong-chain'])
  })
})

describe('an engine', () => {
  test('begins the first block at or after the due time with it, whatever its pool holds', () => {
    const chain = createTestChain(ORIGIN)
    const signed = chain.sign('user', pay)
    chain.engine.force(signed, GENESIS_SECONDS + 10)
    expect(chain.produce(9)).toBeNull()
    chain.engine.submit(chain.sign('solver', pay, { maxPriorityFeePerGas: 3n, maxFeePerGas: 10n }))
    expect(chain.produce(10)?.transactions.map(({ transaction }) => transaction.from)).toEqual([
      address('user'),
      address('solver'),
    ])
    expect(chain.produce(11)).toBeNull()
  })

  test('takes it from the pool before, as any other, and never twice', () => {
    const chain = createTestChain(ORIGIN)
    const signed = chain.sign('user', pay)
    chain.engine.force(signed, GENESIS_SECONDS + 10)
    chain.engine.submit(signed)
    expect(chain.produce(5)?.transactions).toHaveLength(1)
    expect(chain.produce(10)).toBeNull()
  })

  test('makes those of one sender in their order, and waits for what cannot run', () => {
    const chain = createTestChain(ORIGIN)
    const [first, second, far] = [0, 1, 5].map((nonce) => chain.sign('user', pay, { nonce }))
    for (const signed of [second, far, first]) chain.engine.force(signed!, GENESIS_SECONDS + 10)
    expect(chain.produce(10)?.transactions.map(({ transaction }) => transaction.nonce)).toEqual([0, 1])
    expect(chain.produce(11)).toBeNull()
  })

  test('refuses the block of another producer that leaves it out, and takes it when it is not due', () => {
    const [censor, honest] = [createTestChain(ORIGIN), createTestChain(ORIGIN, { producer: 'origin-rival' })]
    honest.engine.force(honest.sign('user', pay), GENESIS_SECONDS + 10)
    censor.call('solver', pay, 9)
    expect(honest.engine.import(censor.engine.head()).reason).toBeNull()
    censor.call('solver', pay, 10)
    expect(honest.engine.import(censor.engine.head()).reason).toBe('forced-missing')
    expect(honest.engine.head().header.number).toBe(9)
    censor.engine.undo()
    censor.engine.force(honest.sign('user', pay), GENESIS_SECONDS + 10)
    expect(honest.engine.import(censor.produce(11) as Block).reason).toBeNull()
  })

  test('holds it again after the block that had it was taken back', () => {
    const chain = createTestChain(ORIGIN)
    chain.engine.force(chain.sign('user', pay), GENESIS_SECONDS + 10)
    chain.produce(10)
    chain.engine.rewind(9)
    expect(chain.engine.head()).toBe(chain.engine.genesisBlock)
    expect(chain.produce(12)?.transactions).toHaveLength(1)
  })

  test('begins the first block after a dropped suffix, which can be followed again', () => {
    const chain = createTestChain(ORIGIN)
    const [first, second] = [chain.sign('user', pay), chain.sign('user', pay, { nonce: 1 })]
    chain.engine.force(first, GENESIS_SECONDS + 10)
    chain.engine.submit(second)
    chain.engine.submit(first)
    const dropped = chain.produce(9) as Block
    const root = chain.engine.stateRoot()
    chain.engine.rewind(0)
    expect(chain.engine.poolSize()).toBe(2)
    expect(chain.produce(20)?.transactions).toEqual([first, second])
    chain.engine.rewind(0)
    chain.engine.follow(dropped.hash)
    expect(chain.engine.stateRoot()).toBe(root)
    expect(chain.engine.poolSize()).toBe(0)
  })
})

describe('an engine of a rollup with a delay buffer', () => {
  const spec = {
    ...network,
    chains: network.chains.map((chain) =>
      chain.chainId === ORIGIN && chain.consensus.kind !== 'l1'
        ? {
            ...chain,
            consensus: {
              ...chain.consensus,
              delayBuffer: { thresholdSeconds: 60, maxSeconds: 3_600, replenishBps: 500 },
            },
          }
        : chain,
    ),
  }
  const due = GENESIS_SECONDS + 10
  const nonces = (block: Block | null) => block?.transactions.map(({ transaction }) => transaction.nonce)
  const setUp = () => {
    const chain = createTestChain(ORIGIN, { spec })
    const [first, second] = [0, 1].map((nonce) => chain.sign('user', pay, { nonce }))
    return { chain, first: first!, second: second! }
  }

  test('gives each one turn in the order of the inbox: what cannot run then has failed', () => {
    const { chain, first, second } = setUp()
    chain.engine.submit(second)
    for (const signed of [second, first]) chain.engine.force(signed, due)
    expect(nonces(chain.produce(10))).toEqual([0])
    // It could run now, and waited in the pool.
    expect([chain.produce(11), chain.engine.poolSize()]).toEqual([null, 0])
  })

  test('runs a failed one that is handed in again, in its new turn', () => {
    const { chain, first, second } = setUp()
    for (const signed of [second, first]) chain.engine.force(signed, due)
    chain.produce(10)
    chain.engine.force(second, due + 10)
    expect([chain.produce(19), nonces(chain.produce(20))]).toEqual([null, [1]])
  })

  test('gives the turn again when the block in which it came is taken back', () => {
    const { chain, first, second } = setUp()
    chain.engine.force(second, due)
    expect(nonces(chain.produce(10, true))).toEqual([])
    chain.engine.submit(first)
    expect([nonces(chain.produce(11)), chain.produce(12)]).toEqual([[0], null])
    chain.engine.rewind(0)
    expect(nonces(chain.produce(9))).toEqual([0])
    expect(nonces(chain.produce(10))).toEqual([1])
  })

  test("asks the same of another producer's block, and nothing that it has heard of too late", () => {
    const { chain, first, second } = setUp()
    const other = createTestChain(ORIGIN, { spec, producer: 'origin-rival' })
    for (const signed of [second, first]) other.engine.force(signed, due)
    chain.call('solver', pay, 10)
    expect(other.engine.import(chain.engine.head()).reason).toBe('forced-missing')
    chain.engine.undo()
    for (const signed of [second, first]) chain.engine.force(signed, due)
    const honest = chain.produce(11) as Block
    expect(nonces(honest)).toContain(0)
    expect(other.engine.import(honest).reason).toBeNull()
    // The second has failed there, too.
    expect(other.produce(12)).toBeNull()
    // One that is said to have been due before the head was made: the other's block went without it, our own has it.
    chain.engine.import(other.engine.head())
    other.engine.force(second, due)
    const late = other.sign('solver', pay, { nonce: 1 })
    other.engine.force(late, GENESIS_SECONDS + 11)
    chain.call('rival', pay, 13)
    expect(other.engine.import(chain.engine.head()).reason).toBeNull()
    expect(other.produce(14)?.transactions).toEqual([late])
  })
})
