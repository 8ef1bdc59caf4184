import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mergeShards } from './merge-shards.ts'
import { sweep } from './open-sweep.ts'
import { codeOf, FACTS, inlineExecutor, queuePlan, temporaryDirectory, textOf } from './sweep.testing.ts'

const SWEEP = 'parameters: [{ path: arrivalRate, values: [0.3, 0.5, 0.8] }]\nreplicates: 20\n'

it.each([
  ['without a rule', SWEEP],
  [
    'with a stopping rule',
    `${SWEEP}stopping: { metric: meanServiceS, halfWidth: 0.3, atLeast: 5, every: 5 }\n`,
  ],
])('parts of a sweep %s make, merged, the results of a whole one', async (_, text) => {
  const root = await temporaryDirectory()
  const plan = await queuePlan(text)
  const part = (name: string, shard?: { index: number; of: number }) =>
    sweep({
      directory: join(root, name),
      plan,
      how: 'create',
      facts: FACTS,
      shard,
      createExecutor: () => inlineExecutor(plan),
    })
  await part('whole')
  for (const index of [0, 1, 2]) await part(`part-${index}`, { index, of: 3 })
  const shards = [2, 0, 1].map((index) => join(root, `part-${index}`))
  await mergeShards({ directory: join(root, 'merged'), shards })
  expect(await textOf(join(root, 'merged'), 'summary.json')).toBe(
    await textOf(join(root, 'whole'), 'summary.json'),
  )

  const refused = (given: string[]) => codeOf(mergeShards({ directory: join(root, 'other'), shards: given }))
  expect(await refused(shards.slice(1))).toBe('E_STORE_FOREIGN')
  expect(await refused([shards[0]!, ...shards])).toBe('E_STORE_FOREIGN')
  expect(await refused([join(root, 'whole')])).toBe('E_STORE_FOREIGN')
  await rm(join(shards[0]!, 'COMPLETE'))
  expect(await refused(shards)).toBe('E_STORE_FOREIGN')
})
