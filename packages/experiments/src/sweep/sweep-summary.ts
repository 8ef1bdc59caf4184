// What a sweep found: for each point and policy every metric with its interval, for each policy its difference to the
// first on common random numbers, and every run that did not end well. The same bytes whoever ran it, in whatever order.

import { type Estimate, estimate } from './estimate.ts'
import type { MetricValue } from './jobs/job-kind.ts'
import { RUN_STATUSES, type RunRecord, type RunStatus } from './run-record.ts'
import { differences, present } from './stopping.ts'
import { runCount, type SweepPlan } from './sweep-plan.ts'

export const CONFIDENCE = 0.95

export interface SweepSummary {
  readonly format: 'solvent-sweep-summary/1'
  readonly name: string
  readonly title: string
  readonly kind: string
  readonly engine: string
  readonly seed: number
  readonly baseHash: string
  readonly confidence: number
  readonly runs: { readonly planned: number; readonly recorded: number } & Readonly<Record<RunStatus, number>>
  readonly parameters: readonly string[]
  readonly policies: readonly string[]
  readonly points: readonly PointSummary[]
  readonly failures: readonly FailureSummary[]
}

export interface PointSummary {
  readonly point: number
  /** In the order of the parameters. */
  readonly values: readonly unknown[]
  readonly policies: readonly {
    readonly policy: string
    readonly runs: number
    readonly ok: number
    readonly metrics: Readonly<Record<string, Estimate>>
  }[]
  /** Each policy less the first, over replicates where both are ok. */
  readonly differences: readonly {
    readonly policy: string
    readonly against: string
    readonly metrics: Readonly<Record<string, Estimate>>
  }[]
}

export interface FailureSummary {
  readonly index: number
  readonly point: number
  readonly policy: string
  readonly replicate: number
  readonly seed: number
  readonly status: Exclude<RunStatus, 'ok'>
  readonly problem: RunRecord['problem']
  readonly replay: string | null
}

/** Takes records in the order of their runs, point by point, and holds one point at a time. */
export class SummaryBuilder {
  readonly #plan: SweepPlan
  readonly #points: PointSummary[] = []
  readonly #failures: FailureSummary[] = []
  readonly #counts = Object.fromEntries(RUN_STATUSES.map((status) => [status, 0])) as Record<
    RunStatus,
    number
  >
  #recorded = 0
  #current: RunRecord[] = []

  constructor(plan: SweepPlan) {
    this.#plan = plan
  }

  add(record: RunRecord): void {
    if (this.#current.length > 0 && this.#current[0]!.point !== record.point) this.#closePoint()
    this.#current.push(record)
    this.#recorded += 1
    this.#counts[record.status] += 1
    if (record.status === 'ok') return
    const { index, point, policy, replicate, seed, status, problem, replay } = record
    const name = this.#plan.policies[policy]!.name
    this.#failures.push({ index, point, policy: name, replicate, seed, status, problem, replay })
  }

  finish(engine: string): SweepSummary {
    if (this.#current.length > 0) this.#closePoint()
    const { name, title, kind, seed, base, parameters, policies } = this.#plan
    return {
      format: 'solvent-sweep-summary/1',
      name,
      title,
      kind,
      engine,
      seed,
      baseHash: base.hash,
      confidence: CONFIDENCE,
      runs: { planned: runCount(this.#plan), recorded: this.#recorded, ...this.#counts },
      parameters,
      policies: policies.map((policy) => policy.name),
      points: this.#points,
      failures: this.#failures,
    }
  }

  #closePoint(): void {
    const { point } = this.#current[0]!
    const { policies, points } = this.#plan
    const arms = policies.map((_, policy) => this.#current.filter((record) => record.policy === policy))
    const columns = arms.map(columnsOf)
    this.#points.push({
      point,
      values: points[point]!,
      policies: policies.map(({ name }, policy) => ({
        policy: name,
        runs: arms[policy]!.length,
        ok: arms[policy]!.filter(({ status }) => status === 'ok').length,
        metrics: estimates(columns[policy]!, (values) => values),
      })),
      differences: policies.slice(1).map(({ name }, index) => ({
        policy: name,
        against: policies[0]!.name,
        metrics: estimates(columns[index + 1]!, (values, metric) =>
          differences(columns[0]!.get(metric) ?? [], values),
        ),
      })),
    })
    this.#current = []
  }
}

type Columns = ReadonlyMap<string, readonly (number | null)[]>

/** Metric → values by replicate, of the runs that are ok; names in the order of code units. */
function columnsOf(records: readonly RunRecord[]): Columns {
  const columns = new Map<string, (number | null)[]>()
  for (const { status, replicate, metrics } of records) {
    if (status !== 'ok') continue
    for (const [metric, value] of Object.entries(metrics)) {
      let column = columns.get(metric)
      if (column === undefined) {
        column = []
        columns.set(metric, column)
      }
      while (column.length < replicate) column.push(null)
      column.push(numberOf(value))
    }
  }
  return new Map([...columns].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Statistics are floating point; amounts keep all their digits in the tables. */
export function numberOf(value: MetricValue): number {
  return typeof value === 'number' ? value : Number(value)
}

function estimates(
  columns: Columns,
  sample: (values: readonly (number | null)[], metric: string) => readonly (number | null)[],
): Record<string, Estimate> {
  const found: Record<string, Estimate> = {}
  for (const [metric, values] of columns) {
    const made = estimate(present(sample(values, metric)), CONFIDENCE)
    if (made !== null) found[metric] = made
  }
  return found
}
