// The tables of a finished sweep as Parquet, filled while its records are read: no more than one record is held.
import type { CreateSweepTables } from '../sweep/finish-sweep.ts'
import { ParquetWriter } from './parquet-files.ts'
import { eventRows, keepsEvents, metricRows, pointRows, runRow, SWEEP_SHAPES } from './sweep-tables.ts'

/** Of one plan and engine the bytes are the same, whoever ran the runs. */
export const sweepParquet: CreateSweepTables = async (plan, engine) => {
  const writer = await ParquetWriter.open()
  const runs = await writer.table(SWEEP_SHAPES.runs)
  const points = await writer.table(SWEEP_SHAPES.points)
  const metrics = await writer.table(SWEEP_SHAPES.metrics)
  const events = keepsEvents(plan) ? await writer.table(SWEEP_SHAPES.events) : null
  for (const row of pointRows(plan)) points.row(row)
  points.close()
  return {
    add(record) {
      runs.row(runRow(plan, record))
      for (const row of metricRows(plan, record)) metrics.row(row)
      if (events !== null) for (const row of eventRows(record)) events.row(row)
    },
    files() {
      runs.close()
      metrics.close()
      events?.close()
      return writer.files({ engine, sweep: plan.name, base_hash: plan.base.hash, seed: String(plan.seed) })
    },
    close: () => writer.close(),
  }
}
