// `solvent worker --redis URL`: runs of sweeps that stand in a queue, on any machine.
import { availableParallelism } from 'node:os'
import { engineFacts, refuseUnreachable, workQueue } from '@solvent/experiments/sweep-queue'
import { EXIT } from '../exit-code.ts'
import { note } from '../output/streams.ts'
import { interruptible } from './interrupt.ts'

const TOLD_EVERY = 100

export async function worker(options: {
  readonly redis: string
  readonly workers?: number | undefined
}): Promise<number> {
  await refuseUnreachable(options.redis)
  let runs = 0
  note('waiting for runs; Ctrl-C ends')
  await interruptible((signal) =>
    workQueue({
      url: options.redis,
      facts: engineFacts(),
      workers: options.workers ?? availableParallelism(),
      onRun: () => {
        runs += 1
        if (runs % TOLD_EVERY === 0) note(`${runs} runs`)
      },
      signal,
    }),
  )
  note(`${runs} runs`)
  return EXIT.ok
}
