// Workers elsewhere behind a queue (BullMQ on Redis). A job is one run and its id is the run's key, so that handing one in
// twice adds nothing; a worker that dies loses its lock on the job, which is given to another; and what is recorded
// once is not recorded again. So a run is executed at least once and recorded exactly once.
import { createHash } from 'node:crypto'
import { type Job, Queue, QueueEvents } from 'bullmq'
import type { EngineFacts } from '../sweep/engine-facts.ts'
import type { Executor } from '../sweep/executor.ts'
import type { RunOutcome } from '../sweep/run-record.ts'
import { failedOutcome } from '../sweep/runner.ts'
import { type PlannedRun, runKey, type SweepPlan } from '../sweep/sweep-plan.ts'
import { connectRedis, redisOptions } from './redis-connection.ts'

/** A job: which run of which plan. */
export interface QueuedRun {
  /** SHA-256 of the plan, under which it lies in Redis. */
  readonly plan: string
  readonly run: PlannedRun
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
  readonly #queue: Queue<QueuedRun, RunOutcome>
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

  async run(batch: readonly PlannedRun[]): Promise<readonly RunOutcome[]> {
    await this.#ready
    const jobs = await this.#queue.addBulk(
      batch.map((run) => ({
        name: 'run',
        data: { plan: this.#planHash, run },
        opts: { jobId: runKey(this.#engine, this.#plan, run), removeOnComplete: false, removeOnFail: false },
      })),
    )
    return Promise.all(jobs.map((job, place) => this.#outcomeOf(job, batch[place]!)))
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

  async #outcomeOf(job: Job<QueuedRun, RunOutcome>, run: PlannedRun): Promise<RunOutcome> {
    try {
      const outcome = await job.waitUntilFinished(this.#events)
      await job.remove().catch(() => undefined)
      return outcome
    } catch (error) {
      if (this.#isClosed) throw error
      // Given up after it took several workers with it, or the worker refused it.
      const reason = await job.getState().catch(() => 'unknown')
      if (reason !== 'failed') throw error
      await job.remove().catch(() => undefined)
      return failedOutcome(run.index, 'crashed', 'E_WORKER', `The run ended ${MOST_ATTEMPTS} workers.`)
    }
  }
}
