import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calvanoBaseline, createSessions, type LearningStudy } from '@solvent/collusion'
import { expect, it, onTestFinished } from 'vitest'
import type { SessionPool } from '../../learning/session-pool.ts'
import { studySessions } from './study-sessions.ts'

const STUDY: LearningStudy = {
  kind: 'pricing',
  study: {
    ...calvanoBaseline(),
    grid: { points: 3, margin: 0.1 },
    exploration: { kind: 'epsilon-greedy', decays: [0.01, 0.01] },
    window: 50,
  },
}

/** Runs sessions here, and tells which. */
function pool(): SessionPool & { readonly played: number[] } {
  const played: number[] = []
  return {
    played,
    run: (async (study: LearningStudy, seed: number, session: number) => {
      played.push(session)
      return createSessions(study, seed)(session)
    }) as SessionPool['run'],
    close: async () => undefined,
  }
}

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'solvent-kept-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const run = async (threads: ReturnType<typeof pool>, keep: string | undefined, sessions: number) =>
  studySessions({ pool: threads, study: STUDY, seed: 1, sessions, keep })

it('sessions that were kept are not run again, one of them but to see that it still comes out the same', async () => {
  const keep = directory()
  await run(pool(), keep, 3)
  const [file = ''] = readdirSync(keep)
  // A process that was killed while it wrote.
  appendFileSync(join(keep, file), '{"session":4,"outc')
  const second = pool()
  const resumed = await run(second, keep, 5)
  expect(second.played.sort()).toEqual([1, 4, 5])
  expect(resumed).toEqual(await run(pool(), undefined, 5))
  const third = pool()
  expect(await run(third, keep, 5)).toEqual(resumed)
  expect(third.played).toEqual([1])
})

it('sessions of other code are refused', async () => {
  const keep = directory()
  await run(pool(), keep, 2)
  const file = join(keep, readdirSync(keep)[0]!)
  const other = readFileSync(file, 'utf8').replace(/"periods":\d+/, '"periods":7')
  writeFileSync(file, other)
  await expect(run(pool(), keep, 2)).rejects.toThrow(/another version.*session: 1/s)
})
