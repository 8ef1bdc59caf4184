// A program that sweeps in this thread, in the directory that it is given, from wherever an earlier one was killed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { planSweep, readSweep } from './load-sweep.ts'
import { sweep } from './open-sweep.ts'
import { createRunner } from './runner.ts'

const directory = process.argv[2]!
const encode = (text: string) => new TextEncoder().encode(text)
const text = 'name: test\ntitle: A test\nkind: queue\nbase: queue.yaml\nreplicates: 60\n'
const read = readSweep({ file: 'sweep.yaml', bytes: encode(text) })
const plan = await planSweep(read, { file: 'queue.yaml', bytes: encode('events: 4000\n') })
const runner = await createRunner(plan)
await sweep({
  directory,
  plan,
  how: existsSync(join(directory, 'plan.json')) ? 'resume' : 'create',
  createExecutor: () => ({
    width: 1,
    batchSize: () => 2,
    run: async (runs) => runs.map(runner.run),
    close: async () => undefined,
  }),
})
