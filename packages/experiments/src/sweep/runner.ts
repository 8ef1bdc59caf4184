// Runs of a plan in this thread.
import { isSolventError } from '@solvent/primitives'
import type { KeptEvents, MetricValue } from './jobs/job-kind.ts'
import { loadJobKind } from './jobs/load-job-kind.ts'
import { metricFilter } from './metric-filter.ts'
import { type RunOutcome, type RunRecord, recordOf } from './run-record.ts'
import { type PlannedRun, plannedRun, type SweepPlan, treeOf } from './sweep-plan.ts'

export interface Runner {
  /** Never throws: what a run throws is its outcome. */
  run(run: PlannedRun): RunOutcome
  /** What is recorded of the run of an index. */
  record(index: number): RunRecord
}

/** Characters of an error's text in a record. */
const MOST_MESSAGE = 500
/** Prepared points that are kept: replicates follow each other. */
const MOST_PREPARED = 64

/** @param engine whose results they are */
export async function createRunner(plan: SweepPlan, engine: string): Promise<Runner> {
  const kind = await loadJobKind(plan.kind)
  const isWanted = metricFilter(plan.metrics)
  const prepared = new Map<number, unknown>()
  const configOf = ({ point, policy }: PlannedRun): unknown => {
    const arm = point * plan.policies.length + policy
    if (!prepared.has(arm)) {
      if (prepared.size >= MOST_PREPARED) prepared.delete(prepared.keys().next().value!)
      const place = () => ({ line: 1, column: 1 })
      prepared.set(arm, kind.prepare(plan.base.file, treeOf(plan, point, policy), place).config)
    }
    return prepared.get(arm)
  }
  const runner: Runner = {
    record(index) {
      const run = plannedRun(plan, index)
      return recordOf(plan, engine, run, runner.run(run))
    },

    run(run) {
      try {
        const { metrics, digest, broken, events } = kind.run(configOf(run), run.seed, plan.keep.events)
        const [first] = broken
        return {
          index: run.index,
          status: first === undefined ? 'ok' : 'broken',
          digest,
          metrics: wantedMetrics(metrics, isWanted),
          problem: first === undefined ? null : problemOf(first.id, first.detail),
          events: isKept(plan.keep.events, first !== undefined) ? events() : null,
        }
      } catch (error) {
        return crashed(run.index, error)
      }
    },
  }
  return runner
}

function crashed(index: number, error: unknown): RunOutcome {
  const status = isSolventError(error, 'E_INVARIANT') ? 'broken' : 'crashed'
  const code = isSolventError(error) ? error.code : error instanceof Error ? error.name : 'Error'
  const message = error instanceof Error ? error.message : String(error)
  return failedOutcome(index, status, code, message)
}

/** The outcome of a run that has nothing to show. */
export function failedOutcome(
  index: number,
  status: Exclude<RunOutcome['status'], 'ok'>,
  code: string,
  message: string,
): RunOutcome {
  return { index, status, digest: null, metrics: {}, problem: problemOf(code, message), events: null }
}

function problemOf(code: string, message: string): { code: string; message: string } {
  return { code, message: message.slice(0, MOST_MESSAGE) }
}

function isKept(keep: KeptEvents, isBroken: boolean): boolean {
  return keep === 'all' || (keep === 'failed' && isBroken)
}

function wantedMetrics(
  metrics: Readonly<Record<string, MetricValue>>,
  isWanted: ((name: string) => boolean) | null,
): Readonly<Record<string, MetricValue>> {
  if (isWanted === null) return metrics
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => isWanted(name)))
}
