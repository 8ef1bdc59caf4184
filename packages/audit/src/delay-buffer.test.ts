import { ZERO_HASH } from '@solvent/primitives'
import { encodeTransaction, transactionDigest } from '@solvent/protocol'
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

function forced(nonce: number, dueAfterSeconds: number): DraftTransaction {
  const transaction = {
    chainId: ROLLUP,
    from: address('alice'),
    nonce,
    gasLimit: 1_000_000,
    maxFeePerGas: 1n,
    maxPriorityFeePerGas: 0n,
    call: { kind: 'transfer', token: GAS, to: address('atlas'), amount: 5n },
  } as const
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

function batch(forcedRead?: number): DraftTransaction {
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
    events: [{ kind: 'batch-posted', ...fields }],
  }
}

/** One is forced at 600 s, a batch at 3,300 s says what it has read, and another is forced at 3,600 s, due at a time. */
function breaches(read: number | undefined, due: number): string[] {
  const auditor = createAuditor({ spec: buffered, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  const seal = (number: number, transaction: DraftTransaction) => {
    for (const block of sealer.blocks({ chainId: L1, number, transactions: [transaction] }))
      auditor.block(block)
  }
  seal(50, forced(0, 600 + 3_600))
  seal(275, batch(read))
  seal(300, forced(1, due))
  return brokenIds(auditor.finish()).filter((id) => id === 'T-7')
}

describe('T-7 with a delay buffer', () => {
  // The first was read 2,640 s later than the threshold, and 150 of 3,000 s have come back.
  it('has what is forced after a late one due when the buffer is used up', () => {
    expect(breaches(1, 3_600 + 1_110)).toEqual([])
    expect(breaches(1, 3_600 + 3_600)).toEqual(['T-7'])
    expect(breaches(1, 3_600 + 1_109)).toEqual(['T-7'])
  })

  it('leaves the buffer as it is while nothing is read', () => {
    expect(breaches(0, 3_600 + 3_600)).toEqual([])
  })

  it('is broken by a batch that reads more than was forced, or does not say', () => {
    expect(breaches(2, 3_600 + 1_110)).toEqual(['T-7'])
    expect(breaches(undefined, 3_600 + 3_600)).toEqual(['T-7'])
  })
})
