// How often 95 % intervals hold what is known to be true: between 92 and 98 times in a hundred. The seeds are fixed.

import { join } from 'node:path'
import { createStreams } from '@solvent/kernel'
import { ln } from '@solvent/primitives'
import { expect, it } from 'vitest'
import { sweep } from '../sweep/open-sweep.ts'
import { FACTS, inlineExecutor, queuePlan, temporaryDirectory } from '../sweep/sweep.testing.ts'
import { bootstrap } from './bootstrap.ts'
import { ascending, expectedShortfall, type Interval, quantileEstimate } from './quantile.ts'
import { sobolIndices } from './sobol-indices.ts'

const TRIALS = 400
const OPTIONS = { confidence: 0.95, resamples: 300, seed: 9 }

function coverage(intervals: readonly (Interval | null)[], truth: number): number {
  return (
    intervals.filter((found) => found !== null && found.low <= truth && truth <= found.high).length /
    intervals.length
  )
}

function expectNominal(share: number, what: string): void {
  expect(share, what).toBeGreaterThanOrEqual(0.92)
  expect(share, what).toBeLessThanOrEqual(0.98)
}

it('means of a sweep and their paired differences hold the truth', async () => {
  // Services of a queue take 1/rate seconds on average at every point, whatever the arrivals.
  const plan = await queuePlan(
    `design: { kind: latin-hypercube, points: ${TRIALS} }
parameters: [{ path: arrivalRate, range: { from: 0.3, to: 0.6 } }]
policies: [{ name: slow }, { name: fast, set: { serviceRate: 2 } }]
replicates: 10
`,
    'events: 200\n',
  )
  const summary = await sweep({
    directory: join(await temporaryDirectory(), 'out'),
    plan,
    how: 'create',
    facts: FACTS,
    createExecutor: () => inlineExecutor(plan, 100),
  })
  const interval = ({ mean, halfWidth }: { mean: number; halfWidth: number | null }) => ({
    low: mean - halfWidth!,
    high: mean + halfWidth!,
  })
  const means = summary.points.map(({ policies }) => interval(policies[0]!.metrics.meanServiceS!))
  expectNominal(coverage(means, 1), 'mean')
  const paired = summary.points.map(({ differences }) => interval(differences[0]!.metrics.meanServiceS!))
  expectNominal(coverage(paired, 0.5 - 1), 'difference')
})

it('quantiles and bootstraps of skewed samples hold the truth', () => {
  const stream = createStreams(21).stream('coverage')
  const exponential = (n: number) => Array.from({ length: n }, () => -ln(1 - stream.uniform()))
  const samples = Array.from({ length: TRIALS }, () => exponential(60))
  // Of the standard exponential: the median is ln 2, the mean 1, the expected shortfall at 50 % 1 + ln 2.
  const sorted = samples.map(ascending)
  expectNominal(
    coverage(
      sorted.map((each) => quantileEstimate(each, 0.5, 0.95).interval),
      ln(2),
    ),
    'median',
  )
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  expectNominal(
    coverage(
      samples.map((each) => bootstrap(each, mean, OPTIONS)),
      1,
    ),
    'mean',
  )
  const tail = (values: Float64Array) => expectedShortfall(values.sort(), 0.5)
  expectNominal(
    coverage(
      samples.map((each) => bootstrap(each, tail, OPTIONS)),
      1 + ln(2),
    ),
    'expected shortfall',
  )
})

it('sensitivity indices hold the truth', () => {
  // f = 2x + y with x and y uniform: V = 5/12, of which x brings about 4/5 and y 1/5, nothing together.
  const stream = createStreams(5).stream('coverage')
  const point = () => [stream.uniform(), stream.uniform()] as const
  const found = Array.from({ length: TRIALS }, () => {
    const blocks = Array.from({ length: 100 }, () => {
      const [[x, y], [otherX, otherY]] = [point(), point()]
      return { a: 2 * x + y, b: 2 * otherX + otherY, mixed: [2 * otherX + y, 2 * x + otherY] }
    })
    return sobolIndices(blocks, { ...OPTIONS, resamples: 100 })!
  })
  expectNominal(
    coverage(
      found.map(([x]) => x!.firstInterval),
      0.8,
    ),
    'first order',
  )
  expectNominal(
    coverage(
      found.map(([, y]) => y!.totalInterval),
      0.2,
    ),
    'total order',
  )
})
