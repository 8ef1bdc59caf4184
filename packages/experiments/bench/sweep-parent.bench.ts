/**
 * The parent of a sweep alone: its workers are a list of outcomes. What one run costs it bounds how much a second worker
 * adds, and what it holds must not grow with the runs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { planSweep, readSweep, sweep } from '@solvent/experiments/sweep'
import { batchOf } from '../src/sweep/record-batch.ts'
import { createRunner } from '../src/sweep/runner.ts'

export const name = 'sweep parent: what a run costs it, and what it holds'

const RUNS = [1_000, 5_000, 10_000, 20_000, 40_000]
const BATCH = 128
/** Metrics of a run: as many as a small network's `orders.*` and `solvers*`. */
const METRICS = 12

export async function run(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const rows: Record<string, string>[] = []
  for (const runs of RUNS) rows.push(await measured(runs, collect))
  console.table(rows)
}

async function measured(runs: number, collect: () => void): Promise<Record<string, string>> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const text = `name: bench\ntitle: Bench\nkind: queue\nbase: base.yaml\nreplicates: ${runs}\n`
  const plan = await planSweep(readSweep({ file: 'bench.yaml', bytes: encode(text) }), {
    file: 'base.yaml',
    bytes: encode('events: 2\n'),
  })
  const { record } = await createRunner(plan, 'bench')
  const root = mkdtempSync(join(tmpdir(), 'solvent-bench-'))
  collect()
  const before = process.memoryUsage()
  const busyMs = { workers: 0, runs: 0, finish: 0 }
  const begin = busyNow()
  let peak = before.rss
  let heap = 0
  try {
    await sweep({
      directory: join(root, 'out'),
      plan,
      how: 'create',
      createExecutor: () => ({
        width: 4,
        batchSize: () => BATCH,
        run: async (indexes) => {
          const from = busyNow()
          const batch = batchOf(indexes.map((index) => ({ ...record(index), metrics: metricsOf(index) })))
          busyMs.workers += busyNow() - from
          await new Promise(setImmediate)
          return batch
        },
        close: async () => undefined,
      }),
      onProgress: ({ done, total }) => {
        peak = Math.max(peak, process.memoryUsage().rss)
        if (done < total || busyMs.runs > 0) return
        busyMs.runs = busyNow() - begin - busyMs.workers
        collect()
        heap = process.memoryUsage().heapUsed
      },
    })
    busyMs.finish = busyNow() - begin - busyMs.workers - busyMs.runs
    const mb = (bytes: number) => (bytes / 1e6).toFixed(1)
    return {
      runs: runs.toLocaleString('en'),
      'µs a run, while they run': ((1_000 * busyMs.runs) / runs).toFixed(1),
      'µs a run, to finish': ((1_000 * busyMs.finish) / runs).toFixed(1),
      'heap grown by, MB': mb(heap - before.heapUsed),
      'RSS before, MB': mb(before.rss),
      'RSS at most while they run, MB': mb(peak),
      'RSS at the end, MB': mb(process.memoryUsage().rss),
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function metricsOf(index: number): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: METRICS }, (_, at) => [`orders.figure${at}`, index / (at + 3)]),
  )
}

/** Processor time of the process, ms. */
function busyNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
