// The program of a worker: runs of one plan, one after the other. What a run throws is its outcome; what ends the
// thread, the pool sees.
import { setFlagsFromString } from 'node:v8'
import { threadId } from 'node:worker_threads'
import { workerData } from 'piscina'
import { batchOf, type RecordBatch } from './record-batch.ts'
import type { RunRecord } from './run-record.ts'
import { createRunner } from './runner.ts'
import type { SweepPlan } from './sweep-plan.ts'

export interface ThreadData {
  readonly plan: SweepPlan
  readonly engine: string
}

export interface ThreadTask {
  readonly indexes: readonly number[]
  /** Two words: the place in `indexes` of the run that is at work, -1 before the first and after the last; and the thread. */
  readonly progress: SharedArrayBuffer
}

export interface ThreadResult {
  readonly batch: RecordBatch
  /** Time at work, without the wait for a free thread. */
  readonly elapsedMs: number
}

/**
 * Runs live on as many threads as there are cores. V8 would collect each one's young objects with helpers on all cores, which take their
 * time from the other runs: a fortieth of the processor time of small networks.
 *
 * And a run's objects end with it. V8 would allocate those that it sees survive a collection in the middle of a run among the old ones,
 * which are collected seldom: once dead they keep alive what they point to, and so nearly all of their run, which is copied, promoted and
 * marked. A tenth of the processor time of small networks.
 */
setFlagsFromString('--no-parallel-scavenge')
setFlagsFromString('--no-allocation-site-pretenuring')

const { plan, engine } = workerData as ThreadData
const runner = createRunner(plan, engine)

export default async function work({ indexes, progress }: ThreadTask): Promise<ThreadResult> {
  const place = new Int32Array(progress)
  Atomics.store(place, 1, threadId)
  const { record } = await runner
  const begin = performance.now()
  const records: RunRecord[] = []
  for (const [at, index] of indexes.entries()) {
    Atomics.store(place, 0, at)
    records.push(record(index))
  }
  const batch = batchOf(records)
  Atomics.store(place, 0, -1)
  return { batch, elapsedMs: performance.now() - begin }
}
