import type { OutageMode, SequencerOutage } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { type DraftBlock, Sealer } from './testing/draft.ts'
import { GENESIS_SECONDS, ROLLUP, spec } from './testing/network.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

const chain = spec.chains.find(({ chainId }) => chainId === ROLLUP)!
const producer = chain.producers[0]!.node
const slotSeconds = chain.slotMs / 1_000

const block = (number: number): DraftBlock => ({ chainId: ROLLUP, number, transactions: [] })
/** The first slot at or after a second of the run. */
const slotAt = (second: number) => Math.ceil(second / slotSeconds)

function outage(mode: OutageMode, from: number, until: number, by = producer): SequencerOutage {
  const ms = (second: number) => (GENESIS_SECONDS + second) * 1_000
  return { chainId: ROLLUP, producer: by, mode, fromMs: ms(from), untilMs: ms(until) }
}

/** The report on blocks in these seconds when these outages are declared after so many blocks. */
function judge(seconds: readonly number[], outages: readonly SequencerOutage[], declaredAfter = 0) {
  const auditor = newAuditor()
  const sealer = new Sealer()
  const declare = () => {
    for (const each of outages)
      auditor.event(each.fromMs, producer, { kind: 'outage-declared', outage: each })
  }
  seconds.forEach((second, i) => {
    if (i === declaredAfter) declare()
    auditor.block(sealer.seal(block(slotAt(second))))
  })
  if (declaredAfter >= seconds.length) declare()
  return auditor.finish()
}

describe('T-7', () => {
  it('holds when no block comes between the declared times, and was evaluated', () => {
    const report = judge([50, 700, 800], [outage('stopped', 100, 700)])
    expect(report.broken).toEqual([])
    expect(report.checked.get('T-7')).toBe(4)
  })

  it.each(['stopped', 'head-of-line'] as const)('breaks when a producer that is %s makes a block', (mode) => {
    expect(brokenIds(judge([50, 400], [outage(mode, 100, 700)]))).toEqual(['T-7'])
  })

  it('breaks although the outage is declared after the block', () => {
    expect(brokenIds(judge([50, 400], [outage('stopped', 100, 700)], 2))).toEqual(['T-7'])
  })

  it('lets near-empty blocks be empty', () => {
    expect(judge([50, 400, 412], [outage('near-empty', 100, 700)]).broken).toEqual([])
  })

  it('breaks when a near-empty block holds a transaction', () => {
    const auditor = newAuditor()
    const declared = outage('near-empty', 100, 700)
    auditor.event(declared.fromMs, producer, { kind: 'outage-declared', outage: declared })
    auditor.block(new Sealer().seal({ ...block(slotAt(400)), header: { transactionCount: 1 } }))
    expect(brokenIds(auditor.finish())).toContain('T-7')
  })

  it('knows edges: what was under way at the beginning, and the slot of the end', () => {
    // 30 s for the word and two slots.
    const grace = 30 + 2 * slotSeconds
    expect(judge([100 + grace - slotSeconds], [outage('stopped', 100, 700)]).broken).toEqual([])
    expect(brokenIds(judge([100 + grace], [outage('stopped', 100, 700)]))).toEqual(['T-7'])
    expect(brokenIds(judge([700 - slotSeconds], [outage('stopped', 100, 700)]))).toEqual(['T-7'])
    expect(judge([700], [outage('stopped', 100, 700)]).broken).toEqual([])
  })

  it('follows a later order that ends an outage early', () => {
    const outages = [outage('stopped', 100, 700), outage('stopped', 200, 300)]
    expect(judge([400], outages).broken).toEqual([])
    expect(brokenIds(judge([160], outages))).toEqual(['T-7'])
  })

  it('is not evaluated without an outage, nor by one of a node that makes no blocks of the chain', () => {
    expect(judge([50, 400], []).checked.get('T-7')).toBe(0)
    const stranger = outage('stopped', 100, 700, spec.solvers[0]!.node)
    expect(judge([50, 400], [stranger]).checked.get('T-7')).toBe(0)
  })
})
