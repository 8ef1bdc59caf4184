// A worker of the queue: takes runs, executes them in threads of its own (a thread that computes does not renew locks, so
// the process itself stays free), and hands outcomes back.
import { Worker } from 'bullmq'
import type { EngineFacts } from '../sweep/engine-facts.ts'
import { recordAt } from '../sweep/record-batch.ts'
import type { RunRecord } from '../sweep/run-record.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { ThreadExecutor } from '../sweep/thread-executor.ts'
import { MOST_ATTEMPTS, planKey, type QueuedRun, queueName } from './queue-executor.ts'
import { connectRedis, redisOptions } from './redis-connection.ts'

export interface QueueWorkerOptions {
  readonly url: string
  readonly facts: EngineFacts
  readonly workers: number
  /** How long a worker may be silent before its job is given to another. */
  readonly lockMs?: number | undefined
  readonly onRun?: ((record: RunRecord) => void) | undefined
  readonly signal: AbortSignal
}

/** How often in the time of a lock somebody looks for jobs whose lock has run out: a job comes back soon after, however long locks are. */
const CHECKS_A_LOCK = 20

/** Works until the signal; what is at work then is given back by the queue. */
export async function workQueue(options: QueueWorkerOptions): Promise<void> {
  const { url, facts, workers, lockMs = 60_000, onRun, signal } = options
  const redis = connectRedis(url)
  // One plan at a time has threads; the last one that was asked for.
  let current: { readonly hash: string; readonly executor: Promise<ThreadExecutor> } | null = null
  const executorOf = (hash: string): Promise<ThreadExecutor> => {
    if (current?.hash === hash) return current.executor
    const before = current?.executor
    current = { hash, executor: open(hash) }
    before?.then((executor) => executor.close()).catch(() => undefined)
    return current.executor
  }
  const open = async (hash: string): Promise<ThreadExecutor> => {
    const text = await redis.get(planKey(hash))
    if (text === null) throw new Error('the plan is not in Redis any more')
    return new ThreadExecutor({ plan: JSON.parse(text) as SweepPlan, engine: facts.engine, workers })
  }
  const worker = new Worker<QueuedRun, RunRecord>(
    queueName(facts),
    async ({ data }) => {
      const record = recordAt(await (await executorOf(data.plan)).run([data.index]), 0)
      onRun?.(record)
      return record
    },
    {
      connection: redisOptions(url),
      concurrency: workers * 2,
      lockDuration: lockMs,
      stalledInterval: lockMs / CHECKS_A_LOCK,
      maxStalledCount: MOST_ATTEMPTS,
    },
  )
  worker.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await worker.close(true)
  await (current as { executor: Promise<ThreadExecutor> } | null)?.executor
    .then((executor) => executor.close())
    .catch(() => undefined)
  redis.disconnect()
}
