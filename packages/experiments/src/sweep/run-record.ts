// What is recorded of a run, whatever became of it.
import type { MetricValue } from './jobs/job-kind.ts'
import { type PlannedRun, runKey, type SweepPlan } from './sweep-plan.ts'

/** `broken`: an invariant; `crashed`: it threw or ended its worker; `hung`: it took too long; `out-of-memory`: of its worker. */
export const RUN_STATUSES = ['ok', 'broken', 'crashed', 'hung', 'out-of-memory'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What a worker says of a run. */
export interface RunOutcome {
  readonly index: number
  readonly status: RunStatus
  readonly digest: string | null
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Of a run that is not ok: a code (of an invariant, of an error) and a sentence. */
  readonly problem: { readonly code: string; readonly message: string } | null
  /** JSON lines; null when they are not kept. */
  readonly events: string | null
}

export interface RunRecord extends RunOutcome {
  readonly key: string
  readonly point: number
  readonly policy: number
  readonly replicate: number
  readonly seed: number
  /** How to see a run again that is not ok; DIR stands for the results directory. */
  readonly replay: string | null
}

export function recordOf(plan: SweepPlan, engine: string, run: PlannedRun, outcome: RunOutcome): RunRecord {
  const { index, status, digest, metrics, problem, events } = outcome
  const { point, policy, replicate, seed } = run
  const key = runKey(engine, plan, run)
  const replay = status === 'ok' ? null : replayLine(index)
  return { index, key, point, policy, replicate, seed, status, digest, metrics, problem, replay, events }
}

export function replayLine(index: number): string {
  return `npm run -s solvent -- replay DIR ${index}`
}
