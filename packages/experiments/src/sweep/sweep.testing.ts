// Small sweeps of the queue for tests, run in this thread.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { onTestFinished } from 'vitest'
import type { Executor } from './executor.ts'
import type { CreateSweepTables } from './finish-sweep.ts'
import { planSweep, readSweep } from './load-sweep.ts'
import { batchOf } from './record-batch.ts'
import { createRunner } from './runner.ts'
import type { SweepPlan } from './sweep-plan.ts'

const encode = (text: string) => new TextEncoder().encode(text)

export const FACTS = {
  engine: '0.1.0',
  commit: 'abc',
  lockfile: 'def',
  node: 'v24',
  platform: 'linux-x64',
} as const

/** A plan over a queue of few events. */
export async function queuePlan(sweepText: string, baseText = 'events: 40\n'): Promise<SweepPlan> {
  const text = `name: test\ntitle: A test\nkind: queue\nbase: queue.yaml\n${sweepText}`
  const read = readSweep({ file: 'sweep.yaml', bytes: encode(text) })
  return planSweep(read, { file: 'queue.yaml', bytes: encode(baseText) })
}

/** One batch at a time in this thread. */
export function inlineExecutor(plan: SweepPlan, batch = 3): Executor {
  const runner = createRunner(plan, FACTS.engine)
  return {
    width: 1,
    batchSize: () => batch,
    run: async (indexes) => batchOf(indexes.map((await runner).record)),
    close: async () => undefined,
  }
}

/** Tables in which a test can read which runs they have; Parquet is written by a library of some size. */
export const plainTables: CreateSweepTables = async () => {
  const runs: number[] = []
  return {
    add: ({ index }) => runs.push(index),
    files: async () => new Map([['tables/runs.txt', encode(runs.join('\n'))]]),
    close: async () => undefined,
  }
}

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-sweep-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export const textOf = (directory: string, name: string) => readFile(join(directory, name), 'utf8')

export const codeOf = (action: Promise<unknown>) =>
  action.then(
    () => 'done',
    (error: unknown) => (isSolventError(error) ? error.code : String(error)),
  )
