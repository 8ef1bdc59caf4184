// What two threads of this machine gain over one at most: a loop that reads and writes one array at random, in which nothing is
// loaded, sent or shared. An array the size of the tables of two learners has to be fetched past the first cache as theirs are;
// one of a few numbers shows what the cores themselves can do, which is less than twice where they are two halves of one.
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

/** Two firms, 225 states, 15 prices and the head of each record. */
const TABLE_NUMBERS = 2 * 225 * 17
const FEW_NUMBERS = 64

interface Stint {
  readonly numbers: number
  readonly steps: number
}

export interface ThreadGain {
  readonly array: string
  /** By the clock. */
  readonly times: number
  /** By processor time, as if two threads found two free cores: below 2 when one slows the other. */
  readonly timesAtMost: number
}

/** Q(c) ← Q(c) + α (δ Q(c′) − Q(c)) in cells that a generator draws. */
function learnBarely({ numbers, steps }: Stint): number {
  const values = new Float64Array(numbers).fill(1)
  let state = 1
  let from = 0
  for (let step = 0; step < steps; step++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const to = Math.imul(state >>> 16, numbers) >>> 16
    values[from] =
      (values[from] as number) + 0.15 * (0.95 * (values[to] as number) - (values[from] as number))
    from = to
  }
  return values[from] as number
}

/** Twice the steps in one thread against the steps in each of two that are up and warm. */
export async function threadGains(steps: number): Promise<ThreadGain[]> {
  const workers = [0, 1].map(() => new Worker(new URL(import.meta.url)))
  const stint = (worker: Worker, work: Stint): Promise<void> =>
    new Promise((done, failed) => {
      worker.once('message', () => done())
      worker.once('error', failed)
      worker.postMessage(work)
    })
  const timed = async (threads: readonly Worker[], work: Stint): Promise<Spent> =>
    spentOn(async () => void (await Promise.all(threads.map((worker) => stint(worker, work)))))
  const gains: ThreadGain[] = []
  for (const [array, numbers] of [
    ['64 numbers', FEW_NUMBERS],
    ["the learners' tables", TABLE_NUMBERS],
  ] as const) {
    await timed(workers, { numbers, steps: steps / 4 })
    const one = await timed(workers.slice(0, 1), { numbers, steps: 2 * steps })
    const two = await timed(workers, { numbers, steps })
    gains.push({
      array,
      times: one.clock / two.clock,
      timesAtMost: (2 * one.processor) / two.processor,
    })
  }
  await Promise.all(workers.map((worker) => worker.terminate()))
  return gains
}

export interface Spent {
  readonly clock: number
  /** Of all threads of the process. */
  readonly processor: number
}

/** Seconds that something takes. */
export async function spentOn(work: () => Promise<void>): Promise<Spent> {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { clock: (performance.now() - begin) / 1e3, processor: (user + system) / 1e6 }
}

if (!isMainThread) parentPort?.on('message', (work: Stint) => parentPort?.postMessage(learnBarely(work)))
