// When a rule of a steward speaks, and in which steps it moves the terms. Blocks carry nothing but the events in question.

import { asChainId } from '@solvent/primitives'
import type { Block, ChainEvent, NetworkSpec } from '@solvent/protocol'
import { contractAddress, controlAddress } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { RiskWatch } from './risk-watch.ts'

const pool = contractAddress('lending', 'main')
const token = contractAddress('token', 'ethereum/rsETH')
const oracle = contractAddress('oracle', 'rseth-usd')
const none = { supplyCap: null, borrowCap: null, liquidationThresholdBps: null }
const rule = { pool, token, oracle, fallBps: 1_000, windowSeconds: 600 }
const terms = {
  ltvBps: 7_500n,
  liquidationThresholdBps: 8_000n,
  supplyCap: 0n,
  borrowCap: 0n,
  status: 'active' as const,
}
const network = { lendingPools: [{ address: pool, reserves: [{ token, terms }] }] } as unknown as NetworkSpec
const authority = {
  ...{ name: 'agent', address: controlAddress('agent'), chainId: asChainId(1), members: [], quorum: 1 },
  ...{ votingDelaySeconds: 0, executionDelaySeconds: 0, pools: [pool], tokens: [] },
}

const block = (timestamp: number, ...events: object[]): Block =>
  ({
    header: { number: timestamp, timestamp },
    receipts: [{ events: events as ChainEvent[] }],
  }) as unknown as Block
const answer = (at: number, answerE8: bigint) =>
  block(at, { kind: 'price-updated', oracle, round: 1, answerE8 })
const set = (at: number, ltvBps: bigint) =>
  block(at, { kind: 'reserve-terms-set', pool, token, ...terms, ltvBps })

const watch = (bounds: { maxStepBps: bigint; minIntervalSeconds: number } | null, ltvBps = 0n) =>
  new RiskWatch({ ...rule, target: { ...none, ltvBps, status: 'frozen' } }, { ...authority, bounds }, network)

describe('a rule of a steward', () => {
  it('speaks at the fall, and not a unit before it', () => {
    const risk = watch(null)
    risk.followed(answer(10, 1_000n))
    risk.followed(answer(20, 901n))
    expect(risk.next(21)).toBeNull()
    risk.followed(answer(30, 900n))
    expect(risk.next(31)).toMatchObject({ kind: 'set-terms', change: { ltvBps: 0n, status: 'frozen' } })
  })

  it('measures from what stood when its window began', () => {
    const slow = watch(null)
    slow.followed(answer(10, 1_000n))
    slow.followed(answer(500, 950n))
    slow.followed(answer(1_200, 880n))
    expect(slow.next(1_201)).toBeNull()
    const sudden = watch(null)
    sudden.followed(answer(10, 1_000n))
    sudden.followed(answer(5_000, 900n))
    expect(sudden.next(5_001)).not.toBeNull()
  })

  it('moves in steps as large and as often as the bounds allow, until it is there', () => {
    const risk = watch({ maxStepBps: 3_000n, minIntervalSeconds: 60 })
    risk.followed(answer(10, 1_000n))
    risk.followed(answer(20, 500n))
    expect(risk.next(20)).toMatchObject({ change: { ltvBps: 4_500n } })
    risk.followed(set(24, 4_500n))
    expect(risk.next(83)).toBeNull()
    expect(risk.next(84)).toMatchObject({ change: { ltvBps: 1_500n } })
    risk.followed(set(96, 1_500n))
    expect(risk.next(156)).toMatchObject({ change: { ltvBps: 0n } })
    // A block that set the terms is taken back: so is what it set.
    risk.orphaned(set(96, 1_500n))
    expect(risk.next(156)).toMatchObject({ change: { ltvBps: 1_500n } })
  })
})
