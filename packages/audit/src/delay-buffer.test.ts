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

const payment = (nonce: number): Transaction => ({
  chainId: ROLLUP,
  from: address('alice'),
  nonce,
  gasLimit: 1_000_000,
  maxFeePerGas: 1n,
  maxPriorityFeePerGas: 0n,
  call: { kind: 'transfer', token: GAS, to: address('atlas'), amount: 5n },
})

function forced(nonce: number, dueAfterSeconds: number): DraftTransaction {
  const transaction = payment(nonce)
  const hash = transactionDigest(transaction)
  const raw = encodeTransaction({ transaction, signature: sign('alice', hash) })
  const dueAt = GENESIS_SECONDS + dueAfterSeconds
  return {
    from: 'borealis',
    call: { kind: 'force-transaction', rollup: ROLLUP, raw },
    entries: [],
    events: [{ kind: 'transaction-forced', rollup: ROLLUP, hash, raw, dueAt }],
  }
}

/** A batch, and what it says that it moves: the place and the seconds before and after. */
function batch(
  forcedRead: number | undefined,
  moved: readonly [number, number, number][] = [],
): DraftTransaction {
  const fields = {
    rollup: ROLLUP,
    fromBlock: 1,
    toBlock: 1,
    tip: TIP,
    ...(forcedRead === undefined ? {} : { forcedRead }),
  }
  return {
    from: 'borealis',
    call: { kind: 'post-batch', after: null, ...fields },
    entries: [],
    events: [
      { kind: 'batch-posted', ...fields },
      ...moved.map(([nonce, before, after]) => ({
        kind: 'forced-moved' as const,
        rollup: ROLLUP,
        hash: transactionDigest(payment(nonce)),
        before: GENESIS_SECONDS + before,
        dueAt: GENESIS_SECONDS + after,
      })),
    ],
  }
}

function breachesOf(...steps: readonly (readonly [number, DraftTransaction])[]): string[] {
  const auditor = createAuditor({ spec: buffered, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  for (const [number, transaction] of steps)
    for (const block of sealer.blocks({ chainId: L1, number, transactions: [transaction] }))
      auditor.block(block)
  return brokenIds(auditor.finish()).filter((id) => id === 'T-7')
}

/** One is forced at 600 s, a batch at 3,300 s says what it has read, and another is forced at 3,600 s, due at a time. */
const breaches = (read: number | undefined, due: number): string[] =>
  breachesOf([50, forced(0, 600 + 3_612)], [275, batch(read)], [300, forced(1, due)])

describe('T-7 with a delay buffer', () => {
  // The first was read 220 blocks later than the threshold, and 12 of 250 have come back: 92 blocks, and the one after.
  it('has what is forced after a late one due when the buffer is used up', () => {
    expect(breaches(1, 3_600 + 1_116)).toEqual([])
    expect(breaches(1, 3_600 + 3_612)).toEqual(['T-7'])
    expect(breaches(1, 3_600 + 1_104)).toEqual(['T-7'])
  })

  it('leaves the buffer as it is while nothing is read', () => {
    expect(breaches(0, 3_600 + 3_612)).toEqual([])
  })

  it('is broken by a batch that reads more than was forced, or does not say', () => {
    expect(breaches(2, 3_600 + 1_116)).toEqual(['T-7'])
    expect(breaches(undefined, 3_600 + 3_612)).toEqual(['T-7'])
  })

  it('is broken when a transaction is forced twice, which would be due later', () => {
    expect(breachesOf([50, forced(0, 600 + 3_612)], [60, forced(0, 720 + 3_612)])).toEqual(['T-7'])
  })

  // 150 of the 220 blocks count for the second, forced 150 blocks after the first; 7 have come back: 157, and the one after.
  it('has what waits already due sooner, and told so', () => {
    const wait = (batched: DraftTransaction) =>
      breachesOf([50, forced(0, 600 + 3_612)], [200, forced(1, 2_400 + 3_612)], [275, batched])
    const [before, after] = [2_400 + 3_612, 2_400 + 158 * 12]
    expect(wait(batch(1, [[1, before, after]]))).toEqual([])
    expect(wait(batch(1))).toEqual(['T-7'])
    expect(wait(batch(1, [[1, before, after + 12]]))).toEqual(['T-7'])
    expect(wait(batch(1, [[1, before - 12, after]]))).toEqual(['T-7'])
    expect(wait(batch(0, [[1, before, after]]))).toEqual(['T-7'])
  })
})
