// The results of a sweep whose runs are all recorded: read back in the order of the runs, summarised, audited, and written as
// `summary.json` and as tables.
import { auditOf, refuseBroken } from './check-sweep.ts'
import type { RunRecord } from './run-record.ts'
import { fileJson, SUMMARY } from './sweep-files.ts'
import type { SweepPlan } from './sweep-plan.ts'
import type { SweepStore } from './sweep-store.ts'
import { SummaryBuilder, type SweepSummary } from './sweep-summary.ts'

/** What writes the tables of a sweep, told of every record in the order of the runs; `close` it. */
export interface SweepTables {
  add(record: RunRecord): void
  /** Name in the sweep's directory, e.g. `tables/runs.parquet`, and bytes. */
  files(): Promise<ReadonlyMap<string, Uint8Array>>
  close(): Promise<void>
}

export type CreateSweepTables = (plan: SweepPlan, engine: string) => Promise<SweepTables>

/** @throws SolventError E_INVARIANT of M-1 or M-2, E_STORE_WRITE */
export async function finishSweep(
  plan: SweepPlan,
  store: SweepStore,
  createTables: CreateSweepTables,
): Promise<SweepSummary> {
  const { engine } = store.manifest
  const builder = new SummaryBuilder(plan)
  const audit = auditOf(plan)
  const tables = await createTables(plan, engine)
  try {
    for await (const record of store.records()) {
      builder.add(record)
      audit.add(record)
      tables.add(record)
    }
    const summary = builder.finish(engine)
    refuseBroken(store.directory, audit, summary)
    await store.write(SUMMARY, fileJson(summary))
    const files = await tables.files()
    await store.writeTables(files)
    await store.complete([SUMMARY, ...files.keys()])
    return summary
  } finally {
    await tables.close()
  }
}
