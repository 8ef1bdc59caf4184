import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { Sealer } from './testing/draft.ts'
import { GENESIS_SECONDS, genesis, ROLLUP, spec, verifier } from './testing/network.ts'
import { brokenIds } from './testing/run-story.ts'

const { slotMs } = spec.chains.find(({ chainId }) => chainId === ROLLUP)!
const NUMBER = 40
const slotBeginsMs = GENESIS_SECONDS * 1_000 + NUMBER * slotMs

/** What breaks when a block of a slot is seen so long before the slot begins. */
function seenEarlyBy(ms: number, clockSpreadMs?: number) {
  const spread = clockSpreadMs === undefined ? {} : { clockSpreadMs }
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim', ...spread })
  auditor.block(new Sealer().seal({ chainId: ROLLUP, number: NUMBER, transactions: [] }), slotBeginsMs - ms)
  return auditor.finish()
}

describe('T-8', () => {
  it('holds for a block that is seen when its slot begins, or later', () => {
    expect(brokenIds(seenEarlyBy(0))).toEqual([])
    expect(seenEarlyBy(-5_000).checked.get('T-8')).toBe(1)
  })

  it('breaks for a block that is seen a millisecond before', () => {
    expect(brokenIds(seenEarlyBy(1))).toEqual(['T-8'])
  })

  it('grants the declared skew, and no more', () => {
    expect(brokenIds(seenEarlyBy(30_000, 30_000))).toEqual([])
    expect(brokenIds(seenEarlyBy(30_001, 30_000))).toEqual(['T-8'])
  })
})
