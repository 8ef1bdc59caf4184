// The tables of a sweep, from its plan and its records.
import type { RunRecord } from '../sweep/run-record.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { loggedEvents } from './logged-events.ts'
import type { RecordedSweep } from './recorded-sweep.ts'
import { type Cell, shape, type Table } from './table.ts'

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
  events: shape(
    'events',
    'Domain events of the runs whose events were kept; there is no such table where `keep` says none.',
    [
      ['run', 'BIGINT', ''],
      ['seq', 'BIGINT', 'place in the log of the run, from 0'],
      ['at_ms', 'BIGINT', 'Unix ms of virtual time'],
      ['node', 'VARCHAR', 'who recorded it'],
      ['kind', 'VARCHAR', ''],
      ['order_id', 'VARCHAR', 'null when it concerns none'],
      ['payload', 'VARCHAR', 'the rest as JSON; amounts are decimal text'],
    ],
  ),
} as const

/** Whether a sweep has a table of events. */
export function keepsEvents({ keep }: SweepPlan): boolean {
  return keep.events !== 'none'
}

export function sweepTables({ plan, records }: RecordedSweep): Table[] {
  return [
    { ...SWEEP_SHAPES.runs, rows: records.map((record) => runRow(plan, record)) },
    { ...SWEEP_SHAPES.points, rows: pointRows(plan) },
    { ...SWEEP_SHAPES.metrics, rows: records.flatMap((record) => [...metricRows(plan, record)]) },
    ...(keepsEvents(plan)
      ? [{ ...SWEEP_SHAPES.events, rows: records.flatMap((record) => [...eventRows(record)]) }]
      : []),
  ]
}

export function pointRows({ points, parameters }: SweepPlan): Cell[][] {
  return points.flatMap((values, point) =>
    parameters.map((parameter, place) => {
      const value = values[place]
      return [point, parameter, typeof value === 'number' ? value : null, textOf(value)]
    }),
  )
}

export function runRow(plan: SweepPlan, record: RunRecord): Cell[] {
  const { index, point, policy, replicate, seed, status, problem, replay, digest, key } = record
  const told = problem === null ? null : `${problem.code}: ${problem.message}`
  return [index, point, plan.policies[policy]!.name, replicate, seed, status, told, replay, digest, key]
}

export function* metricRows(plan: SweepPlan, record: RunRecord): Generator<Cell[]> {
  const { index, point, policy, replicate, metrics } = record
  const { name } = plan.policies[policy]!
  for (const [metric, value] of Object.entries(metrics))
    yield [index, point, name, replicate, metric, Number(value), String(value)]
}

export function* eventRows({ index, events }: RunRecord): Generator<Cell[]> {
  let seq = 0
  for (const { atMs, node, kind, orderId, payload } of loggedEvents(events ?? ''))
    yield [index, seq++, atMs, node, kind, orderId, JSON.stringify(payload)]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
