import { expect, it } from 'vitest'
import { MemoryDisk } from '../durable/memory-disk.testing.ts'
import { batchOf } from './record-batch.ts'
import { createRunner } from './runner.ts'
import { codeOf, FACTS, queuePlan } from './sweep.testing.ts'
import { SweepStore } from './sweep-store.ts'

it('records a run once, whether it comes again in a batch, on its way to the disk, or later, and refuses another result', async () => {
  const plan = await queuePlan('replicates: 6\n')
  const { record } = await createRunner(plan, FACTS.engine)
  const disk = new MemoryDisk()
  const told: number[] = []
  const store = await SweepStore.create({
    ...{ disk, directory: '/sweep', plan, facts: FACTS, shard: null, startedAt: '2026-01-01T00:00:00Z' },
    onRecord: (index, isOk, read) => {
      expect([read().index, isOk]).toEqual([index, true])
      told.push(index)
    },
  })
  const [a, b, c] = [0, 1, 2].map(record)
  const first = store.append(batchOf([a!, b!, a!]))
  const second = store.append(batchOf([b!, c!]))
  store.flush()
  await Promise.all([first, second])
  await store.append(batchOf([c!]))
  expect(told).toEqual([0, 1, 2])
  expect(store.recorded).toBe(3)
  const other = { ...c!, metrics: { served: -1 } }
  expect(await codeOf(store.append(batchOf([other])))).toBe('E_RECORD_CONFLICT')
  await store.seal()
  // The header, and a line for each run.
  expect(disk.text('/sweep/seg-00001.jsonl').trimEnd().split('\n')).toHaveLength(4)
  const read: unknown[] = []
  for await (const each of store.records()) read.push(each)
  expect(read).toEqual([a, b, c])
})
