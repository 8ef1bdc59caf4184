import { ZERO_HASH } from '@solvent/primitives'
import { encodeTransaction, type Transaction, transactionDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  GAS,
  GENESIS_SECONDS,
  genesis,
  L1,
  ROLLUP,
  sign,
  spec,
  verifier,
} from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

/** An hour's forced delay, a buffer of a minute to an hour that refills by a twentieth; L1 blocks every twelve seconds. */
const buffered = {
  ...spec,
  chains: spec.chains.map((chain) =>
    chain.chainId === ROLLUP && chain.consensus.kind !== 'l1'
      ? {
          ...chain,
          consensus: {
            ...chain.consensus,
            forcedDelayMs: 3_600_000,
            delayBuffer: { thresholdSeconds: 60, maxSeconds: 3_600, replenishBps: 500 },
          },
        }
      : chain,
  ),
}

const TIP = ZERO_HASH

const payment = (nonce: number, maxFeePerGas = 1n): Transaction => ({
  chainId: ROLLUP,
  from: address('alice'),
  nonce,
  gasLimit: 1_000_000,
  maxFeePerGas,
  maxPriorityFeePerGas: 0n,
  call: { kind: 'transfer', token: GAS, to: address('atlas'), amount: 5n },
})

const forced = (nonce: number, dueAt: number | null = null): DraftTransaction =>
  handedIn(payment(nonce), dueAt)

function handedIn(transaction: Transaction, dueAt: number | null = null): DraftTransaction {
  const hash = transactionDigest(transaction)
  const raw = encodeTransaction({ transaction, signature: sign('alice', hash) })
  return {
    from: 'borealis',
    call: { kind: 'force-transaction', rollup: ROLLUP, raw },
    entries: [],
    events: [{ kind: 'transaction-forced', rollup: ROLLUP, hash, raw, dueAt }],
  }
}

/** A batch in an L1 block that says so many are read, and what the L1 makes of it. */
function batch(block: number, read: number, dueBlock = block + 1): DraftTransaction {
  const fields = { rollup: ROLLUP, fromBlock: 1, toBlock: 1, tip: TIP }
  return {
    from: 'borealis',
    call: { kind: 'post-batch', after: null, ...fields, forcedRead: read },
    entries: [],
    events: [{ kind: 'batch-posted', ...fields }, readBy('batch', read, dueBlock)],
  }
}

/** Somebody's call in an L1 block. */
function call(block: number, read: number, dueBlock = block + 1): DraftTransaction {
  return {
    from: 'borealis',
    call: { kind: 'force-inclusion', rollup: ROLLUP, read },
    entries: [],
    events: [readBy('call', read, dueBlock)],
  }
}

const refused = (read: number): DraftTransaction => ({
  from: 'borealis',
  call: { kind: 'force-inclusion', rollup: ROLLUP, read },
  entries: [],
  events: [],
  reverted: 'too-early',
})

function readBy(by: 'batch' | 'call', read: number, dueBlock: number) {
  const dueAt = GENESIS_SECONDS + dueBlock * 12
  return { kind: 'forced-read', rollup: ROLLUP, read, by, dueAt } as const
}

type Step = readonly [number, DraftTransaction] | readonly [number, DraftTransaction, number]

/** A block of the L1 and its transaction a step; the third is how many slots before it were missed. */
function setUp(...steps: readonly Step[]) {
  const auditor = createAuditor({ spec: buffered, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  for (const [number, transaction, missedBefore] of steps)
    for (const block of sealer.blocks({
      chainId: L1,
      number,
      transactions: [transaction],
      ...(missedBefore === undefined ? {} : { header: { missedBefore } }),
    }))
      auditor.block(block)
  const broken = () => brokenIds(auditor.finish()).filter((id) => id === 'T-7')
  return { auditor, sealer, broken }
}

const breachesOf = (...steps: readonly Step[]): string[] => setUp(...steps).broken()

describe('T-7 with a delay buffer', () => {
  // An hour is 300 blocks: what block 50 takes may be forced in block 351.
  it('lets anybody have read what has waited for the delay, and not a block before', () => {
    expect(breachesOf([50, forced(0)], [351, call(351, 1)])).toEqual([])
    expect(breachesOf([50, forced(0)], [350, call(350, 1)])).toEqual(['T-7'])
    expect(breachesOf([50, forced(0)], [350, refused(1)])).toEqual([])
    expect(breachesOf([50, forced(0)], [351, refused(1)])).toEqual(['T-7'])
  })

  it('counts no missed slot of the L1 as a block', () => {
    expect(breachesOf([50, forced(0)], [351, call(351, 1), 1])).toEqual(['T-7'])
    expect(breachesOf([50, forced(0)], [351, refused(1), 1])).toEqual([])
    expect(breachesOf([50, forced(0)], [352, call(352, 1), 1])).toEqual([])
  })

  // The first was read 220 blocks later than the threshold, of which the 150 between the two count, and 7 have come back: 157 of 300 are left.
  it('has one wait for less after another was read late', () => {
    const after = (block: number) =>
      [
        [50, forced(0)],
        [200, forced(1)],
        [275, batch(275, 1)],
        [block, call(block, 2)],
      ] as const
    // No rollup block holds the first, which the audit says, too.
    const early = (block: number) =>
      setUp(...after(block))
        .auditor.finish()
        .broken.some(({ detail }) => detail.includes('a call reads 2'))
    expect([157, 158].map((blocks) => early(200 + blocks))).toEqual([true, false])
  })

  it('is broken by a reading of more than there are, of fewer than before, or that is due at another time', () => {
    expect(breachesOf([50, forced(0)], [60, batch(60, 1)])).toEqual([])
    expect(breachesOf([50, forced(0)], [60, batch(60, 2)])).toEqual(['T-7'])
    expect(breachesOf([50, forced(0)], [60, batch(60, 0)])).toEqual(['T-7'])
    expect(breachesOf([50, forced(0)], [60, batch(60, 1, 62)])).toEqual(['T-7'])
  })

  it('is broken when a transaction is forced twice, or is said to be due by itself', () => {
    expect(breachesOf([50, forced(0)], [60, forced(0)])).toEqual(['T-7'])
    expect(breachesOf([50, forced(1)], [60, batch(60, 1)], [70, forced(1)])).toEqual([])
    expect(breachesOf([50, forced(1)], [60, batch(60, 1)], [70, forced(1)], [80, forced(1)])).toEqual(['T-7'])
    expect(breachesOf([50, forced(0, GENESIS_SECONDS + 50 * 12 + 3_612)])).toEqual(['T-7'])
  })

  /** Blocks of the rollup begin every two seconds. */
  it('has what was read in the chain from the next slot of the L1 on, and what was not whenever it likes', () => {
    const without = (steps: readonly Step[]): string[] => {
      const { auditor, sealer, broken } = setUp(...steps)
      auditor.block(sealer.seal({ chainId: ROLLUP, number: 2_112, transactions: [] }))
      return broken()
    }
    expect(without([[50, forced(0)]])).toEqual([])
    expect(
      without([
        [50, forced(0)],
        [351, call(351, 1)],
      ]),
    ).toEqual(['T-7'])
    expect(
      without([
        [50, forced(0)],
        [352, call(352, 1)],
      ]),
    ).toEqual([])
    expect(
      without([
        [50, forced(0)],
        [60, batch(60, 1)],
      ]),
    ).toEqual(['T-7'])
  })

  it('has a batch read what its sender cannot pay for, and then asks nothing of the chain', () => {
    const all = genesis
      .find(({ chainId }) => chainId === ROLLUP)!
      .balances.find(({ owner, token }) => owner === address('alice') && token === GAS)!.amount
    // A million gas is what it may use.
    for (const [maxFeePerGas, ids] of [
      [all / 1_000_000n + 1n, []],
      [all / 1_000_000n, ['T-7']],
    ] as const) {
      const { auditor, sealer, broken } = setUp([50, handedIn(payment(0, maxFeePerGas))], [60, batch(60, 1)])
      auditor.block(sealer.seal({ chainId: ROLLUP, number: 2_112, transactions: [] }))
      expect(broken()).toEqual(ids)
    }
  })

  it('lets one that could not run in its turn go for good', () => {
    const { auditor, sealer, broken } = setUp([50, forced(1)], [60, batch(60, 1)])
    const block = (number: number, ...transactions: DraftTransaction[]) => {
      const sealed = sealer.seal({ chainId: ROLLUP, number, transactions })
      auditor.block(sealed)
      return sealed
    }
    const spend: DraftTransaction = {
      from: 'alice',
      call: payment(0).call,
      entries: [],
      events: [],
      reverted: 'insufficient-balance',
    }
    block(2_112)
    block(2_114, spend)
    // Its nonce is next now, and it has failed.
    block(2_116)
    expect(broken()).toEqual([])
  })

  it('asks for one that can run when its turn comes', () => {
    const { auditor, sealer, broken } = setUp([50, forced(1)], [60, batch(60, 1)])
    const spend: DraftTransaction = {
      from: 'alice',
      call: payment(0).call,
      entries: [],
      events: [],
      reverted: 'insufficient-balance',
    }
    auditor.block(sealer.seal({ chainId: ROLLUP, number: 300, transactions: [spend] }))
    auditor.block(sealer.seal({ chainId: ROLLUP, number: 2_116, transactions: [] }))
    expect(broken()).toEqual(['T-7'])
  })
})
