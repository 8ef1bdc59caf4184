// The figures of a finished sweep by run, read from its records: what an analysis is made of.
import { resolve } from 'node:path'
import { nearestName, SolventError } from '@solvent/primitives'
import { type Disk, nodeDisk } from '../durable/disk.ts'
import { readSegments } from '../durable/segment-log.ts'
import { storeForeign } from '../durable/store-error.ts'
import { metricFilter } from '../sweep/metric-filter.ts'
import { readComplete } from '../sweep/open-sweep.ts'
import type { RunRecord } from '../sweep/run-record.ts'
import { COMPLETE } from '../sweep/sweep-files.ts'
import type { SweepManifest } from '../sweep/sweep-manifest.ts'
import { runCount, runIndex, type SweepPlan } from '../sweep/sweep-plan.ts'
import { numberOf } from '../sweep/sweep-summary.ts'

/** Metrics that are taken when none are named. */
const MOST_METRICS = 6

export interface SweepColumns {
  readonly plan: SweepPlan
  readonly manifest: SweepManifest
  readonly recorded: number
  readonly ok: number
  /** Metric → figures by the number of the run; NaN of a run that was not made, or is not ok, or does not have it. */
  readonly metrics: ReadonlyMap<string, Float64Array>
}

/**
 * Reads a whole sweep's figures.
 *
 * @param names metrics, `*` standing for any text; the first six that vary when there are none
 * @throws SolventError E_STORE_FOREIGN, E_STORE_DAMAGED, E_USAGE for a name that no metric has
 */
export async function readColumns(directory: string, names: readonly string[]): Promise<SweepColumns> {
  const disk = nodeDisk
  const place = resolve(directory)
  await disk.size(`${place}/${COMPLETE}`).catch(() => {
    throw storeForeign(
      place,
      'There is no complete sweep.',
      {},
      'A sweep that was interrupted goes on with: solvent sweep --resume DIR',
    )
  })
  const { plan, manifest } = await readComplete(disk, place)
  if (manifest.shard !== null)
    throw storeForeign(place, 'This is a part of a sweep.', {}, 'Make one of all parts first: solvent merge.')
  const { ranges, recorded, ok } = await scan(disk, place)
  const chosen = chooseMetrics(ranges, names)
  const metrics = new Map(chosen.map((name) => [name, new Float64Array(runCount(plan)).fill(Number.NaN)]))
  await eachOk(disk, place, ({ index, metrics: figures }) => {
    for (const name of chosen) {
      const figure = figures[name]
      if (figure !== undefined) metrics.get(name)![index] = numberOf(figure)
    }
  })
  return { plan, manifest, recorded, ok, metrics }
}

/** Figures of one point and policy, by replicate. */
export function replicatesOf(
  plan: SweepPlan,
  column: Float64Array,
  point: number,
  policy: number,
): Float64Array {
  const from = runIndex(plan, point, policy, 0)
  return column.subarray(from, from + plan.replicates)
}

interface Range {
  low: number
  high: number
}

async function scan(disk: Disk, directory: string) {
  const ranges = new Map<string, Range>()
  let ok = 0
  const recorded = await eachOk(disk, directory, ({ metrics }) => {
    ok += 1
    for (const [name, value] of Object.entries(metrics)) {
      const figure = numberOf(value)
      const range = ranges.get(name)
      if (range === undefined) ranges.set(name, { low: figure, high: figure })
      else {
        range.low = Math.min(range.low, figure)
        range.high = Math.max(range.high, figure)
      }
    }
  })
  return { ranges, recorded, ok }
}

/** @returns how many records there are, ok or not */
async function eachOk(disk: Disk, directory: string, see: (record: RunRecord) => void): Promise<number> {
  let recorded = 0
  await readSegments(disk, directory, (json, { offset }) => {
    // The first line of a file says whose records follow.
    if (offset === 0) return
    recorded += 1
    const record = JSON.parse(json) as RunRecord
    if (record.status === 'ok') see(record)
  })
  return recorded
}

function chooseMetrics(ranges: ReadonlyMap<string, Range>, names: readonly string[]): string[] {
  const known = [...ranges.keys()].sort()
  if (names.length === 0) {
    const varying = known.filter((name) => ranges.get(name)!.low < ranges.get(name)!.high)
    return (varying.length > 0 ? varying : known).slice(0, MOST_METRICS)
  }
  const chosen = names.flatMap((name) => {
    const found = known.filter(metricFilter([name]) ?? (() => true))
    if (found.length === 0) throw unknownMetric(name, known)
    return found
  })
  return [...new Set(chosen)]
}

function unknownMetric(name: string, known: readonly string[]): SolventError {
  const near = nearestName(name, known)
  return new SolventError({
    code: 'E_USAGE',
    message: `No run of the sweep has a metric ${name}.`,
    details: { allowed: known.length === 0 ? 'none: no run is ok' : known.slice(0, 20) },
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  })
}
