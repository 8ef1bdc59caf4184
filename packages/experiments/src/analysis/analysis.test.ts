import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sweep } from '../sweep/open-sweep.ts'
import { codeOf, FACTS, inlineExecutor, queuePlan, temporaryDirectory } from '../sweep/sweep.testing.ts'
import { type AnalysisRequest, analyseSweep } from './analyse-sweep.ts'

const RANGES = `parameters:
  - { path: arrivalRate, range: { from: 0.2, to: 0.6 } }
  - { path: serviceRate, range: { from: 0.8, to: 1.2 } }
`
const REQUEST: Omit<AnalysisRequest, 'directory'> = { metrics: [], confidence: 0.95, resamples: 100, seed: 1 }

async function swept(sweepText: string, baseText?: string): Promise<string> {
  const plan = await queuePlan(sweepText, baseText)
  const directory = join(await temporaryDirectory(), 'out')
  const createExecutor = () => inlineExecutor(plan, 64)
  await sweep({ directory, plan, how: 'create', facts: FACTS, createExecutor })
  return directory
}

it('finds policies that differ, with both tests, at each point and over all', async () => {
  const directory = await swept(
    'parameters: [{ path: arrivalRate, values: [0.3, 0.5] }]\npolicies: [{ name: slow }, { name: fast, set: { serviceRate: 2 } }]\nreplicates: 25\n',
  )
  const { comparisons, distributions } = await analyseSweep({
    ...REQUEST,
    directory,
    metrics: ['meanService*'],
  })
  expect(comparisons.map(({ point, n }) => [point, n])).toEqual([
    [null, 2],
    [0, 25],
    [1, 25],
  ])
  for (const { t, wilcoxon, interval } of comparisons.slice(1)) {
    expect(t!.p).toBeLessThan(1e-6)
    expect(wilcoxon!.p).toBeLessThan(1e-6)
    expect(interval!.high).toBeLessThan(0)
  }
  expect(distributions).toHaveLength(4)
  for (const { mean, quantiles, tails } of distributions) {
    expect(quantiles.map(({ at }) => at)).toEqual([0.05, 0.25, 0.5, 0.75, 0.95])
    expect(tails!.low.value).toBeLessThan(quantiles[0]!.value)
    expect(tails!.high.value).toBeGreaterThan(mean)
  }
})

it('tells by Sobol indices what a figure depends on: service times on the service rate, hardly on arrivals', async () => {
  const directory = await swept(`${RANGES}design: { kind: saltelli, blocks: 64 }\n`, 'events: 1000\n')
  const { sensitivities, distributions } = await analyseSweep({
    ...REQUEST,
    directory,
    metrics: ['meanServiceS'],
  })
  const [arrivals, services] = sensitivities.map(({ sobol }) => sobol!)
  expect(services!.blocks).toBe(64)
  expect(services!.totalInterval!.high).toBeGreaterThan(0.9)
  // All points of a block meet the same chances, so that what does not matter changes nearly nothing.
  expect(arrivals!.total).toBeLessThan(0.01)
  expect(sensitivities[1]!.spearman!.value).toBeLessThan(-0.8)
  expect(distributions).toEqual([])
})

it('tells the same by elementary effects, and has no indices then', async () => {
  const directory = await swept(`${RANGES}design: { kind: morris, trajectories: 10 }\n`, 'events: 1000\n')
  const { sensitivities } = await analyseSweep({ ...REQUEST, directory, metrics: ['meanServiceS'] })
  const [arrivals, services] = sensitivities.map(({ morris }) => morris!)
  expect(services!.n).toBe(10)
  // 1/0.8 − 1/1.2 = 0.417 through the whole range.
  expect(Math.abs(services!.meanSize - 0.417)).toBeLessThan(0.08)
  expect(arrivals!.meanSize).toBeLessThan(0.1 * services!.meanSize)
  expect(sensitivities.every(({ sobol }) => sobol === null)).toBe(true)
})

it('says how well a figure tells the runs in which something happened', async () => {
  const directory = await swept(
    'parameters: [{ path: arrivalRate, values: [0.2, 0.9] }]\nreplicates: 20\n',
    'events: 10\n',
  )
  const request = { ...REQUEST, directory, metrics: ['longestQueue', 'meanWaitS'], outcome: 'longestQueue' }
  const { foretelling } = await analyseSweep(request)
  expect(foretelling.map(({ metric, runs }) => [metric, runs])).toEqual([['meanWaitS', 40]])
  // Who waits has queued; some still queue when the run ends, and have not waited yet.
  expect(foretelling[0]!.auc).toBeGreaterThan(0.9)
  expect(foretelling[0]!.happened).toBeLessThan(40)
})

it('gives the same twice, and refuses what is no whole sweep and names that no metric has', async () => {
  const directory = await swept('replicates: 3\n')
  expect(await analyseSweep({ ...REQUEST, directory })).toEqual(await analyseSweep({ ...REQUEST, directory }))
  expect(await codeOf(analyseSweep({ ...REQUEST, directory, metrics: ['meanWait'] }))).toBe('E_USAGE')
  expect(await codeOf(analyseSweep({ ...REQUEST, directory: `${directory}/none` }))).toBe('E_STORE_FOREIGN')
})
