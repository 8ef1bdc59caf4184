import { describe, expect, it } from 'vitest'
import { MemoryDisk } from '../durable/memory-disk.testing.ts'
import { sweep } from './open-sweep.ts'
import { codeOf, FACTS, inlineExecutor, plainTables, queuePlan } from './sweep.testing.ts'
import type { SweepPlan } from './sweep-plan.ts'

const DIRECTORY = '/sweep'
const SEGMENT = `${DIRECTORY}/seg-00001.jsonl`
const SUMMARY = `${DIRECTORY}/summary.json`

const plan = await queuePlan(
  'parameters: [{ path: arrivalRate, values: [0.3, 0.8] }]\nreplicates: 30\nstopping: { metric: meanServiceS, halfWidth: 0.25, atLeast: 10, every: 5 }\n',
)

const on = (
  disk: MemoryDisk,
  how: 'create' | 'resume',
  other: { plan?: SweepPlan; facts?: typeof FACTS } = {},
) =>
  sweep({
    directory: DIRECTORY,
    plan: other.plan ?? plan,
    how,
    disk,
    facts: other.facts ?? FACTS,
    segmentBytes: 1_000,
    createTables: plainTables,
    createExecutor: (planned) => inlineExecutor(planned),
  })

async function undisturbed(): Promise<MemoryDisk> {
  const disk = new MemoryDisk()
  await on(disk, 'create')
  return disk
}

/** The disk of a sweep all of whose runs are recorded and that was killed before it had results. */
async function unfinished(): Promise<MemoryDisk> {
  const disk = (await undisturbed()).after('kill')
  for (const name of ['summary.json', 'SHA256SUMS', 'COMPLETE']) disk.names.delete(`${DIRECTORY}/${name}`)
  return disk
}

const lastSegment = (disk: MemoryDisk) =>
  [...disk.names.keys()]
    .filter((name) => name.includes('seg-'))
    .sort()
    .at(-1)!

describe('a sweep that is gone on with', () => {
  it.each(['kill', 'power cut'] as const)(
    'after a %s at any operation has the results of an undisturbed one',
    async (what) => {
      const whole = await undisturbed()
      const operations = whole.operations
      expect(operations).toBeGreaterThan(30)
      for (let failAt = 1; failAt < operations; failAt++) {
        const dying = new MemoryDisk()
        dying.failAt = failAt
        await on(dying, 'create').catch(() => undefined)
        const found = dying.after(what)
        const isBegun = found.names.has(`${DIRECTORY}/plan.json`)
        await on(found, isBegun ? 'resume' : 'create')
        expect(found.text(SUMMARY), `killed at operation ${failAt}`).toBe(whole.text(SUMMARY))
        expect(found.names.has(`${DIRECTORY}/COMPLETE`)).toBe(true)
      }
    },
  )

  it('does again what of its last two records is cut off, at every byte', async () => {
    const whole = await undisturbed()
    const lines = (await unfinished()).text(lastSegment(whole)).trimEnd().split('\n')
    const tail = lines.slice(-2).join('\n').length + 1
    for (let cut = 1; cut <= tail; cut++) {
      const disk = await unfinishedCopy(whole)
      const inode = disk.names.get(lastSegment(disk))!
      inode.bytes = inode.bytes.subarray(0, inode.bytes.length - cut)
      await on(disk, 'resume')
      expect(disk.text(SUMMARY), `${cut} bytes cut`).toBe(whole.text(SUMMARY))
    }
  })

  it('is refused when a byte of a record in the middle is another one, and nothing is changed', async () => {
    const whole = await undisturbed()
    const [header = '', first = ''] = whole.text(SEGMENT).split('\n')
    const start = header.length + 1
    for (let at = start; at <= start + first.length; at++) {
      const disk = await unfinishedCopy(whole)
      const inode = disk.names.get(SEGMENT)!
      inode.bytes = Buffer.from(inode.bytes)
      inode.bytes[at]! ^= 1
      const before = disk.text(SEGMENT)
      expect(await codeOf(on(disk, 'resume')), `byte ${at}`).toBe('E_STORE_DAMAGED')
      expect(disk.text(SEGMENT)).toBe(before)
      expect(disk.names.has(SUMMARY)).toBe(false)
    }
  })

  it('is refused for another engine, commit or plan, and when plan or manifest were changed', async () => {
    const other = await queuePlan('replicates: 9\n')
    for (const facts of [
      { ...FACTS, engine: '0.2.0' },
      { ...FACTS, commit: 'xyz' },
    ])
      expect(await codeOf(on(await unfinished(), 'resume', { facts: facts as typeof FACTS }))).toBe(
        'E_STORE_ENGINE',
      )
    expect(await codeOf(on(await unfinished(), 'resume', { plan: other }))).toBe('E_STORE_FOREIGN')
    const changed = await unfinished()
    const manifest = changed.names.get(`${DIRECTORY}/manifest.json`)!
    manifest.bytes = Buffer.from(manifest.bytes.toString().replace('"startedAt": "2', '"startedAt": "3'))
    expect(await codeOf(on(changed, 'resume'))).toBe('E_STORE_DAMAGED')
  })

  it.each(['ENOSPC', 'EROFS', 'EIO', 'EMFILE'])(
    'says %s by name, keeps what was recorded, and goes on later',
    async (code) => {
      const whole = await undisturbed()
      const disk = new MemoryDisk()
      disk.failAt = 22
      disk.refusal = code
      const error = await on(disk, 'create').catch((cause: Error) => cause)
      expect(error).toMatchObject({ code: 'E_STORE_WRITE', details: { system: code } })
      const mended = disk.after('kill')
      await on(mended, 'resume')
      expect(mended.text(SUMMARY)).toBe(whole.text(SUMMARY))
    },
  )

  it('refuses a second sweep in a directory, at work or not', async () => {
    const disk = await undisturbed()
    const before = [...disk.names.keys()]
    expect(await codeOf(on(disk, 'create'))).toBe('E_STORE_FOREIGN')
    expect([...disk.names.keys()]).toEqual(before)
    const held = await unfinished()
    const locks: Promise<unknown>[] = [on(held, 'resume'), on(held, 'resume')]
    const codes = await Promise.all(locks.map(codeOf))
    expect(codes.sort()).toEqual(['E_STORE_LOCKED', 'done'])
  })

  it('is complete already: its sums are checked and nothing is run', async () => {
    const disk = await undisturbed()
    const before = disk.operations
    expect((await on(disk, 'resume')).runs.recorded).toBeGreaterThan(19)
    expect(disk.operations).toBe(before)
    disk.names.get(SUMMARY)!.bytes[5]! ^= 1
    expect(await codeOf(on(disk, 'resume'))).toBe('E_STORE_DAMAGED')
  })
})

async function unfinishedCopy(whole: MemoryDisk): Promise<MemoryDisk> {
  const disk = whole.after('kill')
  for (const name of ['summary.json', 'SHA256SUMS', 'COMPLETE']) disk.names.delete(`${DIRECTORY}/${name}`)
  return disk
}
