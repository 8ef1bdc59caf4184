import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { planSweep, readSweep } from './load-sweep.ts'
import { queuePlan } from './sweep.testing.ts'
import { runCount, treeOf } from './sweep-plan.ts'
import { sweepJsonSchema } from './sweep-schema.ts'

const CONFIGS = join(import.meta.dirname, '../../../../configs')

const refusal = (text: string) =>
  queuePlan(text).then(
    () => 'accepted',
    (error: Error) => error.message,
  )

it.each([
  ['parameters: [{ path: arrivalRat, values: [1] }]', '5:16 parameters[0].path: ', /arrivalRat|unknown key/],
  [
    'parameters: [{ path: a.b, values: [1] }]',
    'parameters[0].path: the base has no such place',
    /arrivalRate/,
  ],
  ['parameters: [{ path: arrivalRate, values: [-1] }]', 'sweep.yaml:5:14 arrivalRate: too small', /got -1/],
  ['parameters: [{ path: arrivalRate }]', 'not clear what the parameter takes', /either values or range/],
  ['parameters: [{ path: arrivalRate, range: { from: 2, to: 1 } }]', 'the range is empty', /2 to 1/],
  [
    'parameters: [{ path: arrivalRate, range: { from: 0, to: 1, scale: log } }]',
    'begins above zero',
    /got 0/,
  ],
  ['policies: [{ name: a }, { name: b }]', 'the policy is the same as a at point 0', /got b/],
  [
    'metrics: [served]\nreplicates: 9\nstopping: { metric: meanWaitS, halfWidth: 1, atLeast: 2 }',
    'the figure of the rule is not among those that are recorded',
    /got meanWaitS/,
  ],
  ['policies: [{ name: a }, { name: a, set: { events: 50 } }]', 'the name is given twice', /got a/],
  [
    'design: { kind: list, points: [[1, 2]] }\nparameters: [{ path: events }]',
    'a value for each',
    /got 2 values/,
  ],
  [
    'stopping: { metric: served, halfWidth: 1, of: difference }\nreplicates: 50',
    'nothing to compare',
    /one policy/,
  ],
  ['stopping: { metric: served, halfWidth: 1 }', 'would never be looked at', /at most 1/],
  [
    'replicates: 1000000\nparameters: [{ path: events, range: { from: 40, to: 50 } }]',
    'too large',
    /5000000 runs/,
  ],
  ['replicats: 3', 'unknown key', /Did you mean replicates/],
  ['parameters: [{ path: "__proto__.x", values: [1] }]', 'parameters[0].path', /a path, e.g./],
])('refuses %s', async (text, what, detail) => {
  const message = await refusal(text)
  expect(message).toMatch(detail)
  if (!what.startsWith('5:16')) expect(message).toContain(what)
})

it('puts the point in first and the policy on top, and shares what neither touches', async () => {
  const plan = await queuePlan(
    'parameters: [{ path: arrivalRate, values: [0.1, 0.2] }]\npolicies: [{ name: a }, { name: b, set: { arrivalRate: 0.5 } }]\n',
  )
  expect(runCount(plan)).toBe(4)
  expect(treeOf(plan, 1, 0)).toMatchObject({ arrivalRate: 0.2, serviceRate: 1 })
  expect(treeOf(plan, 1, 1)).toMatchObject({ arrivalRate: 0.5, serviceRate: 1 })
})

it.each(globSync('sweeps/*.yaml', { cwd: CONFIGS }))('plans the project’s %s', async (name) => {
  const file = join(CONFIGS, name)
  const read = readSweep({ file, bytes: readFileSync(file) })
  const base = join(dirname(file), read.sweep.base)
  const plan = await planSweep(read, { file: base, bytes: readFileSync(base) })
  expect(plan.hashes).toHaveLength(plan.points.length * plan.policies.length)
})

it('has its JSON schema in configs', () => {
  const committed = JSON.parse(readFileSync(join(CONFIGS, 'sweep.schema.json'), 'utf8')) as unknown
  expect(committed).toEqual(JSON.parse(JSON.stringify(sweepJsonSchema())))
})
