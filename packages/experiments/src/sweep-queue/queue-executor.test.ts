// Against a real Redis: the one of SOLVENT_REDIS, or one that is started here when redis-server is on the path.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../sweep/open-sweep.ts'
import {
  codeOf,
  FACTS,
  inlineExecutor,
  queuePlan,
  temporaryDirectory,
  textOf,
} from '../sweep/sweep.testing.ts'
import { QueueExecutor } from './queue-executor.ts'
import { connectRedis, refuseUnreachable } from './redis-connection.ts'

const hasServer = spawnSync('redis-server', ['--version']).status === 0
const given = process.env.SOLVENT_REDIS
const isAble = hasServer || given !== undefined
const WHY = isAble ? '' : ' (skipped: no redis-server on the path; on Debian: apt-get install redis-server)'

/** For machines that are very busy; nothing here is judged by time. */
const LIMIT_MS = 180_000
/** What the worker that is killed had in hand is given out again soon after; the other never seems dead, however busy the machine. */
const LOCKS_MS = { killed: 1_000, living: 20_000 }

let server: ChildProcess | null = null
let url = given ?? ''

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

beforeAll(async () => {
  if (!isAble || given !== undefined) return
  const port = await freePort()
  server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  )
  url = `redis://127.0.0.1:${port}`
  const redis = connectRedis(url)
  await redis.ping()
  redis.disconnect()
}, LIMIT_MS)
afterAll(() => {
  server?.kill()
})

/** A process that works off the queue of the tests' engine. */
function startWorker(lockMs: number): ChildProcess {
  const program = join(import.meta.dirname, 'queue-worker-process.testing.ts')
  return spawn(process.execPath, [program, url, String(lockMs)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

describe.skipIf(!isAble)(`a sweep over Redis${WHY}`, { timeout: LIMIT_MS }, () => {
  it('with two workers, one killed at work, loses and doubles nothing', async () => {
    const root = await temporaryDirectory()
    const plan = await queuePlan(
      'parameters: [{ path: arrivalRate, values: [0.3, 0.8] }]\nreplicates: 30\n',
      'events: 30000\n',
    )
    const request = { plan, how: 'create', facts: FACTS } as const
    await sweep({ ...request, directory: join(root, 'here'), createExecutor: () => inlineExecutor(plan) })
    const workers = [startWorker(LOCKS_MS.killed), startWorker(LOCKS_MS.living)]
    const victim = workers[0]!
    // As soon as it has run something it is at work on more.
    victim.stdout!.once('data', () => victim.kill('SIGKILL'))
    try {
      await sweep({
        ...request,
        directory: join(root, 'there'),
        createExecutor: () => new QueueExecutor({ plan, url, facts: FACTS }),
      })
    } finally {
      for (const worker of workers) worker.kill('SIGKILL')
    }
    expect(victim.signalCode).toBe('SIGKILL')
    expect(await textOf(join(root, 'there'), 'summary.json')).toBe(
      await textOf(join(root, 'here'), 'summary.json'),
    )
  })

  it('says by name that nobody answers', async () => {
    expect(await codeOf(refuseUnreachable(`redis://127.0.0.1:${await freePort()}`, 100))).toBe('E_REDIS')
    expect(await codeOf(refuseUnreachable('http://127.0.0.1'))).toBe('E_USAGE')
  })
})
