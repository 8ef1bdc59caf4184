// A sweep's directory as it grows: read only, again whenever its files have changed.
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  CONFIDENCE,
  estimate,
  numberOf,
  type RecordedSweep,
  type RunRecord,
  type RunStatus,
  readRecords,
  replayLine,
  runCount,
  valueLabels,
} from '@solvent/experiments/sweep'
import type { Changing } from './change-stream.ts'
import type { SweepArm, SweepFrame, SweepRun, SweepState } from './sweep-frame.ts'

const LOOK_MS = 1_000
/** Reading takes at most this share of the time. */
const READING_SHARE = 0.1

export class WatchedSweep implements Changing {
  readonly directory: string
  readonly #listeners = new Set<() => void>()
  #sweep: RecordedSweep
  #metrics: readonly string[]
  #problem: string | null = null
  #version = 1
  #signature = ''
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  private constructor(directory: string, sweep: RecordedSweep) {
    this.directory = directory
    this.#sweep = sweep
    this.#metrics = metricsOf(sweep)
    this.#look(LOOK_MS)
  }

  /** Null when the directory is not one of a sweep. @throws SolventError E_RESULTS when a record is damaged */
  static async open(directory: string): Promise<WatchedSweep | null> {
    const place = resolve(directory)
    const sweep = await readRecords(place)
    return sweep === null ? null : new WatchedSweep(place, sweep)
  }

  get version(): number {
    return this.#version
  }

  get plan(): RecordedSweep['plan'] {
    return this.#sweep.plan
  }

  get frame(): SweepFrame {
    const { name, title, kind, parameters, points, policies } = this.plan
    return {
      name,
      title,
      directory: this.directory,
      parameters,
      points,
      labels: parameters.map((_, place) => valueLabels(points.map((values) => values[place]))),
      policies: policies.map((policy) => policy.name),
      opensRuns: kind === 'run',
    }
  }

  since(): SweepState {
    const counts: Record<RunStatus, number> = { ok: 0, broken: 0, crashed: 0, hung: 0, 'out-of-memory': 0 }
    for (const { status } of this.#sweep.records) counts[status] += 1
    return {
      version: this.#version,
      planned: runCount(this.plan),
      counts,
      metrics: this.#metrics,
      firstThatVaries: this.#metrics.find((metric) => isVaried(this.#sweep, metric)) ?? null,
      isComplete: this.#sweep.isComplete,
      problem: this.#problem,
    }
  }

  /** A metric at every point and under every policy of which there are runs. */
  arms(metric: string): SweepArm[] {
    const found = new Map<number, { runs: number; ok: number; values: number[] }>()
    for (const record of this.#sweep.records) {
      const place = record.point * this.plan.policies.length + record.policy
      const arm = found.get(place) ?? { runs: 0, ok: 0, values: [] }
      found.set(place, arm)
      arm.runs += 1
      if (record.status !== 'ok') continue
      arm.ok += 1
      const value = metricOf(record, metric)
      if (value !== null) arm.values.push(numberOf(value))
    }
    return [...found].map(([place, { runs, ok, values }]) => {
      const { mean = null, halfWidth = null } = estimate(values, CONFIDENCE) ?? {}
      const policies = this.plan.policies.length
      return { point: Math.floor(place / policies), policy: place % policies, runs, ok, mean, halfWidth }
    })
  }

  /** What is recorded of a point. */
  runsOf(point: number, metric: string): SweepRun[] {
    return this.#sweep.records
      .filter((record) => record.point === point)
      .map((record) => {
        const { index, policy, replicate, seed, status, problem } = record
        const told = problem === null ? null : `${problem.code}: ${problem.message}`
        const value = metricOf(record, metric)
        const replay = replayLine(index).replace('DIR', this.directory)
        return {
          index,
          policy,
          replicate,
          seed,
          status,
          problem: told,
          value: value === null ? null : String(value),
          replay,
        }
      })
  }

  record(index: number): RunRecord | undefined {
    return this.#sweep.records.find((record) => record.index === index)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #look(inMs: number): void {
    if (this.#isClosed || this.#sweep.isComplete) return
    this.#timer = setTimeout(() => {
      const started = performance.now()
      this.#refresh()
        .catch((error: unknown) => this.#complain(error))
        .finally(() => this.#look(Math.max(LOOK_MS, (performance.now() - started) / READING_SHARE)))
    }, inMs)
    this.#timer.unref()
  }

  async #refresh(): Promise<void> {
    const signature = await sizesOf(this.directory)
    if (signature === this.#signature) return
    const sweep = await readRecords(this.directory)
    if (sweep === null) throw new Error('The sweep is gone.')
    this.#signature = signature
    this.#sweep = sweep
    this.#metrics = metricsOf(sweep)
    this.#problem = null
    this.#changed()
  }

  #complain(error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error)
    if (problem === this.#problem) return
    this.#problem = problem
    this.#changed()
  }

  #changed(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

const metricOf = ({ metrics }: RunRecord, metric: string) =>
  Object.hasOwn(metrics, metric) ? metrics[metric]! : null

/** In the order of code units. */
function metricsOf({ records }: RecordedSweep): string[] {
  const names = new Set<string>()
  for (const { metrics } of records) for (const name of Object.keys(metrics)) names.add(name)
  return [...names].sort()
}

function isVaried({ records }: RecordedSweep, metric: string): boolean {
  const [first, ...others] = records
  return first !== undefined && others.some((other) => metricOf(other, metric) !== metricOf(first, metric))
}

async function sizesOf(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => /^seg-\d{5}\.jsonl$|^COMPLETE$/.test(name)).sort()
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).size))
  return names.map((name, at) => `${name} ${sizes[at]}`).join('\n')
}
