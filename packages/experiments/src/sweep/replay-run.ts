// One run of a sweep again, in this thread and without limits: what it gives, and whether that is what was recorded.
import { resolve } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { nodeDisk } from '../durable/disk.ts'
import { readSegments } from '../durable/segment-log.ts'
import { ENGINE_VERSION } from '../run/engine-version.ts'
import { readPlan } from './open-sweep.ts'
import type { RunRecord } from './run-record.ts'
import { createRunner } from './runner.ts'
import { runCount } from './sweep-plan.ts'

export interface ReplayedRun {
  readonly record: RunRecord
  /** Null when nothing is recorded of it. */
  readonly recorded: RunRecord | null
  /** Whether figures, digest and outcome are those that were recorded. */
  readonly isSame: boolean | null
}

/** @throws SolventError E_USAGE for a run that the plan does not have; of the store */
export async function replayRun(directory: string, index: number): Promise<ReplayedRun> {
  const place = resolve(directory)
  const plan = await readPlan(nodeDisk, place)
  if (index >= runCount(plan))
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The sweep has no such run.',
      details: { run: index, runs: runCount(plan) },
      hint: `Runs are numbered from 0 to ${runCount(plan) - 1}; the failures of summary.json name theirs.`,
    })
  let recorded: RunRecord | null = null
  await readSegments(nodeDisk, place, (json, { offset }) => {
    if (offset > 0 && json.startsWith(`{"index":${index},`)) recorded = JSON.parse(json) as RunRecord
  })
  const runner = await createRunner({ ...plan, keep: { events: 'all' } }, ENGINE_VERSION)
  const record = runner.record(index)
  return { record, recorded, isSame: recorded === null ? null : core(record) === core(recorded) }
}

/** What must be the same; events are kept or not. */
function core({ events: _, ...rest }: RunRecord): string {
  return JSON.stringify(rest)
}
