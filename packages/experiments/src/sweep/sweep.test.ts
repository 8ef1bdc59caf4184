import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Executor } from './executor.ts'
import { sweep } from './open-sweep.ts'
import { batchOf } from './record-batch.ts'
import { createRunner } from './runner.ts'
import { FACTS, inlineExecutor, queuePlan, temporaryDirectory, textOf } from './sweep.testing.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { ThreadExecutor } from './thread-executor.ts'

const SWEEP = `
parameters: [{ path: arrivalRate, values: [0.3, 0.8] }]
policies: [{ name: slow }, { name: fast, set: { serviceRate: 2 } }]
replicates: 12
`

async function swept(plan: SweepPlan, workers: number | null) {
  const directory = join(await temporaryDirectory(), 'out')
  const summary = await sweep({
    directory,
    plan,
    how: 'create',
    facts: FACTS,
    createExecutor: () =>
      workers === null ? inlineExecutor(plan) : new ThreadExecutor({ plan, engine: FACTS.engine, workers }),
  })
  return { directory, summary, text: await textOf(directory, 'summary.json') }
}

describe('a sweep', () => {
  it('gives the same bytes in this thread, with one worker and with two', async () => {
    const plan = await queuePlan(SWEEP)
    const texts = await Promise.all([null, 1, 2].map((workers) => swept(plan, workers)))
    expect(texts[1]!.text).toBe(texts[0]!.text)
    expect(texts[2]!.text).toBe(texts[0]!.text)
    expect(texts[0]!.summary.runs).toMatchObject({ planned: 48, recorded: 48, ok: 48 })
  })

  it('meets the same chances under every policy: the difference varies less than what it is the difference of', async () => {
    const { summary } = await swept(await queuePlan(SWEEP.replace('12', '40')), null)
    for (const { policies, differences } of summary.points) {
      const [slow, fast] = policies.map(({ metrics }) => metrics.meanWaitS!.sd!)
      const independent = Math.sqrt(slow! ** 2 + fast! ** 2)
      expect(differences[0]!.metrics.meanWaitS!.sd!).toBeLessThan(0.95 * independent)
    }
  })

  it('records every run that fails, says how, and goes on', async () => {
    const kinds = {
      throw: 'crashed',
      exit: 'crashed',
      hang: 'hung',
      memory: 'out-of-memory',
      breach: 'broken',
    } as const
    for (const [kind, status] of Object.entries(kinds)) {
      const plan = await queuePlan(
        `replicates: 3\nlimits: { secondsPerRun: ${kind === 'hang' ? 0.3 : 60}, memoryMb: 64 }\nseed: 3\n`,
        `events: 40\nfailures: { kind: ${kind}, share: 0.3 }\n`,
      )
      const { summary } = await swept(plan, 1)
      expect(summary.runs.recorded).toBe(3)
      const shown = summary.failures.map((failure) => [failure.status, failure.replay])
      expect([...new Set(shown.map(([what]) => what))], kind).toEqual([status])
      expect(summary.runs.ok + shown.length).toBe(3)
      expect(summary.runs[status]).toBe(shown.length)
      expect(summary.points[0]!.policies[0]!.metrics.served!.n).toBe(summary.runs.ok)
      expect(shown[0]![1]).toMatch(/^npm run -s solvent -- replay DIR \d+$/)
    }
  })

  it('stops a point when the interval is narrow enough, all policies at once, and not before', async () => {
    const text = (workers: number | null) =>
      queuePlan(
        `${SWEEP.replace('12', '400')}stopping: { metric: meanServiceS, halfWidth: 0.05, atLeast: 20, every: 10 }\n`,
        'events: 400\n',
      ).then((plan) => swept(plan, workers))
    const [one, two] = [await text(null), await text(2)]
    expect(two.text).toBe(one.text)
    for (const { policies } of one.summary.points) {
      expect(policies[0]!.runs).toBe(policies[1]!.runs)
      expect(policies[0]!.runs % 10).toBe(0)
      expect(policies[0]!.runs).toBeLessThan(400)
      for (const { metrics } of policies) expect(metrics.meanServiceS!.halfWidth!).toBeLessThanOrEqual(0.05)
    }
  })

  it('says which names no run answers to', async () => {
    const notes: string[] = []
    const plan = await queuePlan(
      "metrics: ['mean*', '[', nosuch]\nreplicates: 2\nstopping: { metric: nosuch, halfWidth: 1, atLeast: 2 }\n",
    )
    const directory = join(await temporaryDirectory(), 'out')
    const createExecutor = () => inlineExecutor(plan)
    await sweep({
      directory,
      plan,
      how: 'create',
      facts: FACTS,
      createExecutor,
      onNote: (line) => notes.push(line),
    })
    expect(notes).toEqual([
      'no run has a figure that metrics names "["',
      'no run has a figure that metrics names "nosuch"',
      'no run has the figure of the stopping rule, "nosuch": no point stopped early',
    ])
  })

  it('stops by hand: after two, four, six replicates, where Student and a pencil say so', async () => {
    // Policy b less a is 1, 3, 2, 2, 2, 2, …: half widths 12.706 · 1.41421 / √2 = 12.7, then 3.1824 · 0.81650 / 2 = 1.2992, then 2.5706 · 0.63246 / √6 = 0.6637.
    const values = [1, 3, 2, 2, 2, 2, 2, 2]
    const stopped = async (halfWidth: number) => {
      const plan = await queuePlan(
        `policies: [{ name: a }, { name: b, set: { serviceRate: 2 } }]\nreplicates: 8\nstopping: { metric: figure, of: difference, halfWidth: ${halfWidth}, atLeast: 2, every: 2 }\n`,
      )
      const { record } = await createRunner(plan, FACTS.engine)
      const executor: Executor = {
        ...inlineExecutor(plan),
        run: async (indexes) =>
          batchOf(
            indexes.map(record).map((run) => ({
              ...run,
              metrics: { figure: 100 * run.replicate ** 2 + run.policy * values[run.replicate]! },
            })),
          ),
      }
      const directory = join(await temporaryDirectory(), 'out')
      const summary = await sweep({
        directory,
        plan,
        how: 'create',
        facts: FACTS,
        createExecutor: () => executor,
      })
      return summary.points[0]!
    }
    expect((await stopped(13)).policies[0]!.runs).toBe(2)
    expect((await stopped(1.3)).policies[0]!.runs).toBe(4)
    expect((await stopped(1.29)).policies[0]!.runs).toBe(6)
    const { mean, sd, halfWidth } = (await stopped(0.67)).differences[0]!.metrics.figure!
    expect([mean, sd, halfWidth].map((value) => value!.toFixed(4))).toEqual(['2.0000', '0.6325', '0.6637'])
  })

  it('leaves a directory that says it is complete', async () => {
    const { directory } = await swept(await queuePlan('replicates: 2\n'), null)
    for (const name of [
      'plan.json',
      'manifest.json',
      'seg-00001.jsonl',
      'summary.json',
      'SHA256SUMS',
      'COMPLETE',
    ])
      expect(existsSync(join(directory, name)), name).toBe(true)
    expect(existsSync(join(directory, 'lock'))).toBe(false)
  })
})
