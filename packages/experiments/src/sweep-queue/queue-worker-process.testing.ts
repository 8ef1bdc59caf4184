// A program that works off the queue of the tests' engine at the given Redis, and prints a line for each run: Redis, ms of a lock.
import { workQueue } from './queue-worker.ts'

await workQueue({
  url: process.argv[2]!,
  facts: { engine: '0.1.0', commit: 'abc', lockfile: 'def', node: 'v24', platform: 'linux-x64' },
  workers: 1,
  lockMs: Number(process.argv[3]),
  onRun: ({ index }) => process.stdout.write(`${index}\n`),
  signal: new AbortController().signal,
})
