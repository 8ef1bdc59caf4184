// The tables of a sweep, from its plan and its records: also of one that is still running, whose last record may be half written.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { lineAt } from '../durable/record-line.ts'
import { readRegularFile } from '../files/regular-file.ts'
import type { RunRecord } from '../sweep/run-record.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { type Cell, shape, type Table } from './table.ts'

const MOST_FILE_BYTES = 1_024 * 1_048_576
const LF = 0x0a

export const SWEEP_SHAPES = {
  runs: shape('runs', 'One row a run that is recorded.', [
    ['run', 'BIGINT', 'its number in the plan'],
    ['point', 'BIGINT', 'of the design, from 0'],
    ['policy', 'VARCHAR', ''],
    ['replicate', 'BIGINT', 'the same chances under every policy'],
    ['seed', 'BIGINT', ''],
    ['status', 'VARCHAR', 'ok, broken, crashed, hung or out-of-memory'],
    ['problem', 'VARCHAR', 'code and sentence; null of a run that is ok'],
    ['replay', 'VARCHAR', 'how to see it again; DIR stands for the directory'],
    ['digest', 'VARCHAR', 'trace digest'],
    ['key', 'VARCHAR', 'SHA-256 of engine, what is run, point, replicate, seed'],
  ]),
  points: shape('points', 'One row for each point of the design and each parameter.', [
    ['point', 'BIGINT', 'from 0'],
    ['parameter', 'VARCHAR', 'path in the base'],
    ['value', 'DOUBLE', 'null of text'],
    ['text', 'VARCHAR', 'as the design has it'],
  ]),
  metrics: shape('metrics', 'One row for each run and each number that was kept of it.', [
    ['run', 'BIGINT', ''],
    ['point', 'BIGINT', ''],
    ['policy', 'VARCHAR', ''],
    ['replicate', 'BIGINT', ''],
    ['metric', 'VARCHAR', 'path, as expectations write it'],
    ['value', 'DOUBLE', 'the nearest number'],
    ['text', 'VARCHAR', 'exactly, as it was recorded'],
  ]),
} as const

/** A sweep as its directory has it. */
export interface RecordedSweep {
  readonly plan: SweepPlan
  readonly records: readonly RunRecord[]
  /** COMPLETE stands in the directory. */
  readonly isComplete: boolean
}

/**
 * Reads a sweep's directory, finished or not.
 *
 * @returns null when the directory is not one of a sweep
 * @throws SolventError E_RESULTS when a record is damaged that is not the last
 */
export async function readRecords(directory: string): Promise<RecordedSweep | null> {
  const plan = await planOf(directory)
  if (plan === null) return null
  const names = await readdir(directory)
  const segments = names.filter((name) => /^seg-\d{5}\.jsonl$/.test(name)).sort()
  const records = new Map<number, RunRecord>()
  for (const [place, name] of segments.entries()) {
    const bytes = await readRegularFile(join(directory, name), { mostBytes: MOST_FILE_BYTES })
    for (let at = 0, number = 1; at < bytes.length; number++) {
      const line = lineAt(bytes, at)
      // What the writer has not finished yet.
      if (line === null && place === segments.length - 1 && !bytes.subarray(at, -1).includes(LF)) break
      if (line === null)
        throw new SolventError({
          code: 'E_RESULTS',
          message: 'A record of the sweep is damaged.',
          details: { directory, file: name, line: number },
        })
      // The first line says what the records belong to.
      if (number > 1) {
        const record = JSON.parse(line.json) as RunRecord
        records.set(record.index, record)
      }
      at = line.end
    }
  }
  const sorted = [...records.values()].sort((a, b) => a.index - b.index)
  return { plan, records: sorted, isComplete: names.includes('COMPLETE') }
}

async function planOf(directory: string): Promise<SweepPlan | null> {
  try {
    const bytes = await readRegularFile(join(directory, 'plan.json'), { mostBytes: MOST_FILE_BYTES })
    const plan = JSON.parse(new TextDecoder().decode(bytes)) as SweepPlan
    return plan.format === 'solvent-sweep-plan/1' ? plan : null
  } catch {
    return null
  }
}

export function sweepTables({ plan, records }: RecordedSweep): Table[] {
  return [
    { ...SWEEP_SHAPES.runs, rows: records.map((record) => runRow(plan, record)) },
    {
      ...SWEEP_SHAPES.points,
      rows: plan.points.flatMap((values, point) =>
        plan.parameters.map((parameter, place) => {
          const value = values[place]
          return [point, parameter, typeof value === 'number' ? value : null, textOf(value)]
        }),
      ),
    },
    { ...SWEEP_SHAPES.metrics, rows: metricRows(plan, records) },
  ]
}

function runRow(plan: SweepPlan, record: RunRecord): Cell[] {
  const { index, point, policy, replicate, seed, status, problem, replay, digest, key } = record
  const told = problem === null ? null : `${problem.code}: ${problem.message}`
  return [index, point, plan.policies[policy]!.name, replicate, seed, status, told, replay, digest, key]
}

function* metricRows(plan: SweepPlan, records: readonly RunRecord[]): Generator<Cell[]> {
  for (const { index, point, policy, replicate, metrics } of records)
    for (const [metric, value] of Object.entries(metrics))
      yield [index, point, plan.policies[policy]!.name, replicate, metric, Number(value), String(value)]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
