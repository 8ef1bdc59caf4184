import { asHash32, asNodeId } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { FinalityTracker } from './finality-tracker.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GENESIS_SECONDS, L1, ROLLUP, spec } from './testing/network.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const rollup = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})
const tip = asHash32(`0x${'aa'.repeat(32)}`)
const root = asHash32(`0x${'bb'.repeat(32)}`)

function posted(event: Extract<ChainEvent, { kind: 'batch-posted' | 'root-posted' }>): DraftTransaction {
  const { kind, ...fields } = event
  const call = kind === 'batch-posted' ? { kind: 'post-batch', ...fields } : { kind: 'post-root', ...fields }
  return { from: 'rollup-producer', call: call as DraftTransaction['call'], entries: [], events: [event] }
}
const batch = (fromBlock: number, toBlock: number): DraftTransaction =>
  posted({ kind: 'batch-posted', rollup: ROLLUP, fromBlock, toBlock, tip })
const proposal = (block: number): DraftTransaction =>
  posted({
    kind: 'root-posted',
    rollup: ROLLUP,
    block,
    stateRoot: root,
    outboxRoot: root,
    proposer: address('rollup-producer'),
  })

describe('T-2', () => {
  it('accepts blocks with gaps of empty slots', () => {
    expect(audit([l1(1), l1(2), l1(9), rollup(3), rollup(4)]).broken).toEqual([])
  })

  it.each<[string, DraftBlock['header']]>([
    ['a wrong count of empty blocks', { emptyBefore: 3 }],
    ["a timestamp that is not its slot's", { timestamp: GENESIS_SECONDS + 23 }],
    ['a producer that is none', { producer: address('atlas') }],
    ['a wrong transaction count', { transactionCount: 1, stateRoot: asHash32(`0x${'0'.repeat(64)}`) }],
  ])('catches %s', (_what, header) => {
    expect(brokenIds(audit([l1(1), { ...l1(2), ...(header === undefined ? {} : { header }) }]))).toContain(
      'T-2',
    )
  })

  it("catches a block that does not build on the branch, and a hash that is not the header's", () => {
    expect(brokenIds(audit([l1(1), { ...l1(2), header: { parentHash: tip } }]))).toEqual(['T-2'])
    const auditor = newAuditor()
    auditor.block({ ...new Sealer().seal(l1(1)), hash: tip })
    expect(brokenIds(auditor.finish())).toEqual(['T-2'])
  })
})

/** Whether the audit has seen final slots change. */
const finalChanged = (auditor: Auditor): boolean =>
  auditor.finish().broken.some(({ id, detail }) => id === 'T-3' && detail.includes('the branch changes'))

describe('T-3', () => {
  it.each<[string, DraftBlock['header']]>([
    ['finalised above justified', { finalized: 3, justified: 1 }],
    ['justified too early', { justified: 5 }],
    ['finalised too early', { finalized: 3 }],
    ['finality that falls', { finalized: 0 }],
  ])('catches %s', (_what, header) => {
    // Block 4 of epochs of two slots: justified 3, finalised 1.
    expect(brokenIds(audit([l1(4), { ...l1(5), ...(header === undefined ? {} : { header }) }]))).toEqual([
      'T-3',
    ])
  })

  it('catches a rollup block that claims finality by itself', () => {
    expect(brokenIds(audit([{ ...rollup(1), header: { finalized: 0 } }]))).toEqual(['T-3'])
  })

  it('catches a branch that changes a finalised slot', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const two = sealer.seal(l1(2))
    for (const block of [two, sealer.seal(l1(6))]) auditor.block(block)
    // Block 6 finalises slot 3, which is empty; the other branch has a block there.
    auditor.block(sealer.seal({ ...l1(3), parent: two }))
    const details = auditor.finish().broken.map(({ id, detail }) => `${id} ${detail}`)
    expect(details).toContain('T-3 the branch changes from block 3 on, block 3 is finalised')
  })

  it('catches a block on a parent below what is finalised', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const two = sealer.seal(l1(2))
    for (const block of [two, sealer.seal(l1(3)), sealer.seal(l1(6))]) auditor.block(block)
    // Block 3 is finalised.
    auditor.block(sealer.seal({ ...l1(7), parent: two }))
    expect(brokenIds(auditor.finish())).toContain('T-3')
  })

  it.each([
    ['as far down as people have overruled finality', 2, false],
    ['and no further', 3, true],
  ])('lets a branch change finalised slots, %s', (_what, slot, breaks) => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const two = sealer.seal(l1(2))
    for (const block of [two, sealer.seal(l1(3)), sealer.seal(l1(6))]) auditor.block(block)
    auditor.event(0, asNodeId('watcher'), { kind: 'finality-overruled', chainId: L1, slot })
    // Block 3 is finalised by block 6; the other branch leaves after block 2.
    auditor.block(sealer.seal({ ...l1(7), parent: two }))
    expect(finalChanged(auditor)).toBe(breaks)
  })

  it('excuses one re-org with one decision', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const two = sealer.seal(l1(2))
    for (const block of [two, sealer.seal(l1(6))]) auditor.block(block)
    auditor.event(0, asNodeId('watcher'), { kind: 'finality-overruled', chainId: L1, slot: 2 })
    auditor.block(sealer.seal({ ...l1(7), parent: two }))
    auditor.block(sealer.seal(l1(12)))
    expect(finalChanged(auditor)).toBe(false)
    auditor.block(sealer.seal({ ...l1(13), parent: two }))
    expect(finalChanged(auditor)).toBe(true)
  })

  it('lets a branch leave below finalised slots that are empty on both branches', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const two = sealer.seal(l1(2))
    for (const block of [two, sealer.seal(l1(6))]) auditor.block(block)
    // Block 6 finalises slot 3, which has no block here and none on the branch that begins with block 7.
    auditor.block(sealer.seal({ ...l1(7), parent: two }))
    const details = auditor.finish().broken.map(({ detail }) => detail)
    expect(details.filter((detail) => detail.startsWith('the branch changes'))).toEqual([])
  })

  it('catches batches that overlap, batches from the future and roots beyond the batches', () => {
    // L1 block 2 begins at 24 s, when rollup block 12 begins.
    expect(brokenIds(audit([l1(2, batch(1, 12)), l1(3, batch(13, 14), proposal(14))]))).toEqual([])
    expect(brokenIds(audit([l1(2, batch(1, 10)), l1(3, batch(10, 14))]))).toEqual(['T-3'])
    expect(brokenIds(audit([l1(2, batch(1, 13))]))).toEqual(['T-3'])
    expect(brokenIds(audit([l1(2, batch(1, 10), proposal(11))]))).toEqual(['T-3'])
  })
})

describe('finality', () => {
  const header = (number: number, finalized: number) => ({
    ...new Sealer().seal(l1(number)).header,
    justified: finalized,
    finalized,
  })

  it('of a rollup follows its batches, the L1 and the challenge window', () => {
    const tracker = new FinalityTracker(spec)
    tracker.batch(ROLLUP, 12, header(2, 0))
    expect(tracker.reachedAtMs(ROLLUP, 12, 'safe')).toBe((GENESIS_SECONDS + 24) * 1_000)
    expect(tracker.reachedAtMs(ROLLUP, 13, 'safe')).toBeNull()
    expect(tracker.reachedAtMs(ROLLUP, 12, 'finalized')).toBeNull()
    tracker.root(ROLLUP, 12, header(3, 0))
    tracker.l1Header(header(6, 3))
    expect(tracker.reachedAtMs(ROLLUP, 12, 'finalized')).toBe((GENESIS_SECONDS + 72) * 1_000)
    // Root at 36 s, window of 120 s.
    expect(tracker.reachedAtMs(ROLLUP, 12, 'exitable')).toBe((GENESIS_SECONDS + 156) * 1_000)
  })

  it('is taken back with the L1 blocks that said so', () => {
    const tracker = new FinalityTracker(spec)
    tracker.batch(ROLLUP, 12, header(2, 0))
    tracker.batch(ROLLUP, 20, header(4, 0))
    tracker.rewind(L1, 3)
    expect(tracker.safe(ROLLUP)).toBe(12)
    tracker.l1Header(header(8, 5))
    expect(tracker.finalized(ROLLUP)).toBe(12)
  })

  it('stays when the L1 block that brought the votes is taken back', () => {
    const tracker = new FinalityTracker(spec)
    tracker.batch(ROLLUP, 12, header(2, 0))
    tracker.l1Header(header(6, 3))
    tracker.rewind(L1, 5)
    // Votes do not fall with the block that carried them: final since 72 s.
    expect(tracker.finalized(L1)).toBe(3)
    expect(tracker.reachedAtMs(ROLLUP, 12, 'finalized')).toBe((GENESIS_SECONDS + 72) * 1_000)
    tracker.l1Header(header(8, 3))
    expect(tracker.reachedAtMs(ROLLUP, 12, 'finalized')).toBe((GENESIS_SECONDS + 72) * 1_000)
  })

  it('falls when people overrule it, but for those who had acted on it', () => {
    const tracker = new FinalityTracker(spec)
    tracker.batch(ROLLUP, 12, header(2, 0))
    tracker.batch(ROLLUP, 20, header(3, 0))
    tracker.l1Header(header(6, 3))
    tracker.overrule(L1, 2)
    tracker.rewind(L1, 2)
    expect([tracker.finalized(L1), tracker.finalized(ROLLUP)]).toEqual([-1, -1])
    expect(tracker.reachedAtMs(ROLLUP, 20, 'finalized')).toBe((GENESIS_SECONDS + 72) * 1_000)
    // The batch below the fork waits for finality again, the other one is gone.
    tracker.l1Header(header(9, 5))
    expect(tracker.finalized(ROLLUP)).toBe(12)
  })
})
