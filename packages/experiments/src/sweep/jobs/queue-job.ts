// A queue with one server (M/M/1) on the kernel: a run of a fraction of a millisecond whose truth is known, so that a
// sweep itself can be checked and measured. Service times are exponential with mean 1/`serviceRate`; in the long run
// a customer waits ρ/(μ − λ) before service (L. Kleinrock, "Queueing Systems", vol. 1, 1975, §3.2). On request
// a share of the runs fails, in each of the ways a run can fail.
import { createKernel, KernelMemory } from '@solvent/kernel'
import { hashCanonical, ln } from '@solvent/primitives'
import { z } from 'zod'
import { scenarioError } from '../../scenario/scenario-error.ts'
import { schemaProblems } from '../../scenario/schema-problems.ts'
import { share, whole } from '../../scenario/schema-scalars.ts'
import type { JobKind, JobOutcome } from './job-kind.ts'

const rate = z.number().positive().max(1_000)

const queueSchema = z.strictObject({
  /** Customers a second. */
  arrivalRate: rate.default(0.8),
  serviceRate: rate.default(1),
  /** Events of the kernel: arrivals and departures. */
  events: whole(2, 10_000_000).default(2_000),
  failures: z
    .strictObject({
      kind: z.enum(['throw', 'exit', 'hang', 'memory', 'breach']),
      /** Of the runs, by their seeds. */
      share,
    })
    .optional(),
})
type Queue = z.infer<typeof queueSchema>

const MS = 1_000

/** Of this thread, whose runs follow each other. */
const memory = new KernelMemory()

export const queueJob: JobKind<Queue> = {
  name: 'queue',

  prepare(file, tree, locate) {
    const parsed = queueSchema.safeParse(tree, { reportInput: true })
    if (!parsed.success) {
      const schema = z.toJSONSchema(queueSchema, { io: 'input', target: 'draft-7' })
      throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, schema))
    }
    return { config: parsed.data, tree: parsed.data, hash: hashCanonical(parsed.data) }
  },

  run: serve,
}

function serve(queue: Queue, seed: number): JobOutcome {
  const { arrivalRate, serviceRate, events } = queue
  const kernel = createKernel({ seed, limits: { maxEvents: events }, memory })
  const { streams } = kernel
  const arrivals = streams.stream('arrivals')
  const services = streams.stream('services')
  const breaches = queue.failures === undefined ? [] : failuresOf(queue, streams.stream('failures').uniform())
  let waiting: number[] = []
  let head = 0
  let isBusy = false
  const seen = { served: 0, service: 0, wait: 0, longest: 0 }
  const begin = (arrivedMs: number) => {
    isBusy = true
    const serviceS = -ln(1 - services.uniform()) / serviceRate
    seen.served += 1
    seen.service += serviceS
    seen.wait += (kernel.now() - arrivedMs) / MS
    kernel.after(Math.round(serviceS * MS), 1, depart)
  }
  const depart = kernel.handler(() => {
    isBusy = false
    if (head === waiting.length) return
    begin(waiting[head++]!)
    if (head > 1_024) {
      waiting = waiting.slice(head)
      head = 0
    }
  })
  const arrive = kernel.handler(() => {
    kernel.after(Math.round((-ln(1 - arrivals.uniform()) / arrivalRate) * MS), 0, arrive)
    if (!isBusy) begin(kernel.now())
    else {
      waiting.push(kernel.now())
      seen.longest = Math.max(seen.longest, waiting.length - head)
    }
  })
  kernel.at(0, 0, arrive)
  kernel.run()
  return {
    metrics: {
      served: seen.served,
      meanServiceS: seen.service / seen.served,
      meanWaitS: seen.wait / seen.served,
      longestQueue: seen.longest,
    },
    digest: null,
    broken: breaches,
    events: () => `${JSON.stringify({ atMs: kernel.now(), node: 'server', kind: 'closed' })}\n`,
  }
}

/** Fails as the file asks; what it returns are breaches. */
function failuresOf({ failures }: Queue, u: number): JobOutcome['broken'] {
  if (failures === undefined || u >= failures.share) return []
  switch (failures.kind) {
    case 'throw':
      throw new Error('the server was told to fail')
    case 'exit':
      return process.exit(9)
    case 'hang':
      for (;;) Math.sqrt(u)
    case 'memory': {
      const hoard: number[][] = []
      for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + u))
    }
    case 'breach':
      return [{ id: 'Q-1', detail: 'the queue was told to break' }]
  }
}
