// Workers elsewhere behind a queue (BullMQ on Redis). A job is one run and its id is the run's key, so that handing one in
// twice adds nothing; a worker that dies loses its lock on the job, which is given to another; and what is recorded
// once is not recorded again. So a run is executed at least once and recorded exactly once.
import { createHash } from 'node:crypto'
import { type Job, Queue, QueueEvents } from 'bullmq'
import type { EngineFacts } from '../sweep/engine-facts.ts'
import type { Executor } from '../sweep/executor.ts'
import { batchOf, type RecordBatch } from '../sweep/record-batch.ts'
import { type RunRecord, recordOf } from '../sweep/run-record.ts'
import { failedOutcome } from '../sweep/runner.ts'
import { plannedRun, runKey, type SweepPlan } from '../sweep/sweep-plan.ts'
import { connectRedis, redisOptions } from './redis-connection.ts'

/** A job: which run of which plan. */
export interface QueuedRun {
  /** SHA-256 of the plan, under which it lies in Redis. */
  readonly plan: string
  readonly index: number
}

/** Batches in hand; the queue holds them, so that workers never wait for the parent. */
const WIDTH = 16
const BATCH = 32
/** A job is given to a worker at most so often: then it is the job that kills workers. */
export const MOST_ATTEMPTS = 3

/** Workers of another engine listen to another queue. */
export function queueName(facts: EngineFacts): string {
  return `solvent-${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)}`
}

export function planKey(plan: string): string {
  return `solvent/plan/${plan}`
}

export class QueueExecutor implements Executor {
  readonly width = WIDTH
  readonly #plan: SweepPlan
  readonly #planHash: string
  readonly #engine: string
  readonly #queue: Queue<QueuedRun, RunRecord>
  readonly #events: QueueEvents
  readonly #ready: Promise<void>
  #isClosed = false

  constructor(options: { readonly plan: SweepPlan; readonly url: string; readonly facts: EngineFacts }) {
    const { plan, url, facts } = options
    const name = queueName(facts)
    const text = JSON.stringify(plan)
    this.#plan = plan
    this.#planHash = createHash('sha256').update(text).digest('hex')
    this.#engine = facts.engine
    this.#queue = new Queue(name, { connection: redisOptions(url) })
    this.#events = new QueueEvents(name, { connection: redisOptions(url) })
    this.#events.setMaxListeners(0)
    this.#queue.setMaxListeners(0)
    this.#ready = this.#open(url, text)
    this.#ready.catch(() => undefined)
  }

  batchSize(): number {
    return BATCH
  }

  async run(indexes: readonly number[]): Promise<RecordBatch> {
    await this.#ready
    const jobs = await this.#queue.addBulk(
      indexes.map((index) => ({
        name: 'run',
        data: { plan: this.#planHash, index },
        opts: {
          jobId: runKey(this.#engine, this.#plan, plannedRun(this.#plan, index)),
          removeOnComplete: false,
          removeOnFail: false,
        },
      })),
    )
    return batchOf(await Promise.all(jobs.map((job, place) => this.#recordOf(job, indexes[place]!))))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled([this.#events.close(), this.#queue.close()])
  }

  async #open(url: string, text: string): Promise<void> {
    const redis = connectRedis(url)
    await redis.set(planKey(this.#planHash), text)
    redis.disconnect()
    await this.#events.waitUntilReady()
  }

  async #recordOf(job: Job<QueuedRun, RunRecord>, index: number): Promise<RunRecord> {
    try {
      const record = await job.waitUntilFinished(this.#events)
      await job.remove().catch(() => undefined)
      return record
    } catch (error) {
      if (this.#isClosed) throw error
      // Given up after it took several workers with it, or the worker refused it.
      const reason = await job.getState().catch(() => 'unknown')
      if (reason !== 'failed') throw error
      await job.remove().catch(() => undefined)
      const lost = failedOutcome(index, 'crashed', 'E_WORKER', `The run ended ${MOST_ATTEMPTS} workers.`)
      return recordOf(this.#plan, this.#engine, plannedRun(this.#plan, index), lost)
    }
  }
}
