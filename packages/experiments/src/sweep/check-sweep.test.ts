// M-1 and M-2 on sweeps with one altered rule: the planted bugs 31 (resuming drops the last record) and 32 (resuming counts
// one twice), and summaries that are not what the records give.
import { describe, expect, it } from 'vitest'
import { MemoryDisk } from '../durable/memory-disk.testing.ts'
import { auditOf } from './check-sweep.ts'
import { finishSweep } from './finish-sweep.ts'
import type { RunRecord } from './run-record.ts'
import { runSweep } from './run-sweep.ts'
import { Schedule } from './schedule.ts'
import { FACTS, inlineExecutor, plainTables, queuePlan } from './sweep.testing.ts'
import { SweepStore } from './sweep-store.ts'
import { SummaryBuilder, type SweepSummary } from './sweep-summary.ts'

const plan = await queuePlan(
  'parameters: [{ path: arrivalRate, values: [0.3, 0.8] }]\npolicies: [{ name: a }, { name: b, set: { serviceRate: 2 } }]\nreplicates: 7\n',
)

/** A sweep whose store, once all runs are recorded, reads back something else. */
async function finished(alter: (records: RunRecord[]) => RunRecord[]): Promise<unknown> {
  const schedule = new Schedule(plan)
  const store = await SweepStore.create({
    disk: new MemoryDisk(),
    directory: '/sweep',
    plan,
    facts: FACTS,
    shard: null,
    startedAt: '2026-01-01T00:00:00Z',
    onRecord: (index, isOk, read) => schedule.note(index, isOk, read),
  })
  await runSweep({ plan, store, schedule, executor: inlineExecutor(plan) })
  const original = store.records.bind(store)
  store.records = async function* () {
    const records: RunRecord[] = []
    for await (const record of original()) records.push(record)
    yield* alter(records)
  }
  return finishSweep(plan, store, plainTables).catch((error: unknown) => error)
}

describe('M-1', () => {
  it('holds of a sound sweep', async () => {
    expect(await finished((records) => records)).toMatchObject({ runs: { recorded: 28, ok: 28 } })
  })

  it.each([
    [
      'drops the last record (planted bug 31)',
      (records: RunRecord[]) => records.slice(0, -1),
      /6 replicates/,
    ],
    [
      'counts a record twice (planted bug 32)',
      (records: RunRecord[]) => [...records, records.at(-1)!],
      /follows/,
    ],
    [
      'reads a run that was not planned',
      (records: RunRecord[]) => [...records, { ...records.at(-1)!, index: 99 }],
      /no run/,
    ],
  ])('catches a store that %s', async (_, alter, detail) => {
    const error = await finished(alter)
    expect(error).toMatchObject({ code: 'E_INVARIANT' })
    expect((error as Error).message).toMatch(/M-1/)
    expect((error as Error).message).toMatch(detail)
  })
})

describe('M-2', () => {
  async function judged(alter: (summary: SweepSummary) => unknown): Promise<string[]> {
    const records: RunRecord[] = []
    await finished((all) => {
      records.push(...all)
      return all
    })
    const [failed] = records.splice(3, 1, { ...records[3]!, status: 'hung' })
    expect(failed!.status).toBe('ok')
    const builder = new SummaryBuilder(plan)
    const audit = auditOf(plan)
    for (const record of records) {
      builder.add(record)
      audit.add(record)
    }
    const summary = JSON.parse(JSON.stringify(builder.finish('0.1.0'))) as SweepSummary
    alter(summary)
    return audit.judge(summary).map(({ id }) => id)
  }
  type Loose = Record<string, number>
  const metric = (summary: SweepSummary) =>
    summary.points[1]!.policies[0]!.metrics.meanWaitS! as unknown as Loose

  it('holds of the summary that the records give, failures among them', async () => {
    expect(await judged(() => undefined)).toEqual([])
  })

  it.each([
    ['a mean', (summary: SweepSummary) => (metric(summary).mean! *= 1.000_001)],
    ['a deviation', (summary: SweepSummary) => (metric(summary).sd! *= 1.001)],
    ['an interval', (summary: SweepSummary) => (metric(summary).halfWidth! *= 1.001)],
    ['a count', (summary: SweepSummary) => (metric(summary).n! -= 1)],
    ['an extreme', (summary: SweepSummary) => (metric(summary).max! += 1)],
    [
      'a metric that is missing',
      (summary: SweepSummary) =>
        delete (summary.points[0]!.policies[1]!.metrics as Record<string, unknown>).served,
    ],
    [
      'a difference',
      (summary: SweepSummary) =>
        ((summary.points[0]!.differences[0]!.metrics.meanWaitS! as unknown as Loose).mean! += 0.1),
    ],
  ])('catches %s that is another one', async (_, alter) => {
    expect(new Set(await judged(alter))).toEqual(new Set(['M-2']))
  })

  it('a failure that is not shown is M-1', async () => {
    expect(await judged((summary) => (summary.failures as unknown[]).pop())).toContain('M-1')
  })

  it('covers the truth in 92 to 98 % of 400 sweeps', async () => {
    const truth = await queuePlan('replicates: 10\nmetrics: [meanServiceS]\n', 'events: 40\n')
    const { createRunner } = await import('./runner.ts')
    let covered = 0
    for (let seed = 0; seed < 400; seed++) {
      const own = { ...truth, seed }
      const builder = new SummaryBuilder(own)
      const { record } = await createRunner(own, '0.1.0')
      for (let index = 0; index < 10; index++) builder.add(record(index))
      // The mean service time is one second at rate 1.
      const { mean, halfWidth } = builder.finish('0.1.0').points[0]!.policies[0]!.metrics.meanServiceS!
      if (Math.abs(mean - 1) <= halfWidth!) covered += 1
    }
    expect(covered / 400).toBeGreaterThanOrEqual(0.92)
    expect(covered / 400).toBeLessThanOrEqual(0.98)
  })
})
