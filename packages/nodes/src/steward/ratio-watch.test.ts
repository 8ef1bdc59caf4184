// How a steward's ratio follows an oracle. Blocks carry nothing but the events in question.
import { asChainId } from '@solvent/primitives'
import type { Block, ChainEvent, NetworkSpec } from '@solvent/protocol'
import { contractAddress, controlAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { RatioWatch } from './ratio-watch.ts'

const pool = contractAddress('lending', 'main')
const token = contractAddress('token', 'ethereum/ETH')
const oracle = contractAddress('oracle', 'eth-usd')
const terms = {
  ltvBps: 7_700n,
  liquidationThresholdBps: 8_000n,
  supplyCap: 0n,
  borrowCap: 0n,
  status: 'active' as const,
}
const network = {
  genesisMs: 0,
  oracles: [{ address: oracle, source: { kind: 'feed', genesisE8: 1_000n } }],
  lendingPools: [{ address: pool, reserves: [{ token, terms }] }],
} as unknown as NetworkSpec
const authority = {
  ...{ name: 'agent', address: controlAddress('agent'), chainId: asChainId(1), members: [], quorum: 1 },
  ...{ votingDelaySeconds: 0, executionDelaySeconds: 0, pools: [pool], tokens: [] },
}
const rule = {
  ...{ pool, token, oracle, intervalSeconds: 600, floorLtvBps: 4_000n, leastStepBps: 100n },
  fall: { decayBps: 9_400n, deviationsE2: 233n, horizon: 4n, floorBps: 1n, capBps: 10_000n },
}
const watch = (
  bounds: { maxStepBps: bigint; minIntervalSeconds: number } | null = null,
  change: Partial<typeof rule> = {},
) => new RatioWatch({ ...rule, ...change }, { ...authority, bounds }, network)

const block = (timestamp: number, ...events: object[]): Block =>
  ({
    header: { number: timestamp, timestamp },
    receipts: [{ events: events as ChainEvent[] }],
  }) as unknown as Block
const answer = (at: number, answerE8: bigint) =>
  block(at, { kind: 'price-updated', oracle, round: 1, answerE8 })
const set = (at: number, ltvBps: bigint) =>
  block(at, { kind: 'reserve-terms-set', pool, token, ...terms, ltvBps })

describe('a ratio of a steward', () => {
  it('leaves room for a fall of so many standard deviations, once the interval is over', () => {
    const ratio = watch()
    ratio.followed(answer(300, 1_120n))
    ratio.followed(block(599))
    expect(ratio.next(599)).toBeNull()
    ratio.followed(block(600))
    // σ² = 0.06 · 0.12² = 0.000864; 2.33 · 2 · 0.0293939 = 13.698 %, up to 1,370; 8,000 · 0.863 = 6,904.
    expect(ratio.next(600)).toMatchObject({ kind: 'set-terms', change: { ltvBps: 6_904n, status: null } })
    // Two intervals pass at once: the variance decays twice, σ² = 0.000763; 12.876 %, up to 1,288; 6,969.6.
    ratio.followed(block(1_850))
    expect(ratio.targetBps).toBe(6_969n)
  })

  it('goes back up to where the pool began, and no further', () => {
    const ratio = watch()
    ratio.followed(answer(300, 1_120n))
    ratio.followed(block(600))
    ratio.followed(set(612, 6_904n))
    ratio.followed(block(600 * 200))
    // 0.94^199 of the variance is left: a fall of 0.03 %.
    expect(ratio.next(600 * 200)).toMatchObject({ change: { ltvBps: 7_700n } })
  })

  it('stays at its floor, within the bounds, and takes no step that is too small', () => {
    const wild = watch({ maxStepBps: 1_000n, minIntervalSeconds: 60 })
    wild.followed(answer(300, 3_000n))
    wild.followed(block(600))
    // A return of 2: 2.33 · 2 · 0.49 is more than the collateral.
    expect(wild.targetBps).toBe(4_000n)
    expect(wild.next(600)).toMatchObject({ change: { ltvBps: 6_700n } })
    wild.followed(set(612, 6_700n))
    expect(wild.next(671)).toBeNull()
    expect(wild.next(672)).toMatchObject({ change: { ltvBps: 5_700n } })
    const patient = watch(null, { leastStepBps: 797n })
    patient.followed(answer(300, 1_120n))
    patient.followed(block(600))
    // 7,700 less 6,904 is 796.
    expect(patient.next(600)).toBeNull()
  })

  it('forgets what a re-org takes back', () => {
    const ratio = watch()
    ratio.followed(answer(300, 1_120n))
    ratio.followed(block(600))
    ratio.orphaned(block(600))
    ratio.orphaned(answer(300, 1_120n))
    ratio.followed(block(601))
    expect(ratio.targetBps).toBe(7_700n)
  })
})
