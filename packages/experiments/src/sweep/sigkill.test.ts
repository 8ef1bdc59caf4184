// Sixty processes that end by SIGKILL, on the disk of this machine: at chosen operations of the store, half of a write included, and at
// moments that nobody chose. Each goes on where the one before it was killed. What a kill or a power cut leaves at
// each single operation is asked of a disk in memory (resume.test.ts).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { queuePlan, temporaryDirectory, textOf } from './sweep.testing.ts'

const KILLS = 60
const LANES = 2
/** Every fourth kill comes from outside, so many ms after the process has begun, at most. */
const MOST_DELAY_MS = 60
const LIMIT_MS = 180_000
const PROGRAM = join(import.meta.dirname, 'sweep-process.testing.ts')

type Kill = { readonly operation: number } | { readonly delayMs: number }

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly said: string
}

it(
  'killed sixty times, a sweep has the results of an undisturbed one',
  async () => {
    const root = await temporaryDirectory()
    const planFile = join(root, 'plan.json')
    await writeFile(planFile, JSON.stringify(await queuePlan('replicates: 60\n')))

    const live = (directory: string, kill: Kill | null) =>
      new Promise<Ended>((resolve) => {
        const dieAt = kill !== null && 'operation' in kill ? kill.operation : 0
        const child = spawn(process.execPath, [PROGRAM, directory, planFile, String(dieAt)], {
          stdio: ['ignore', 'pipe', 'inherit'],
          // The first process compiles for all others.
          env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'compiled') },
        })
        let said = ''
        child.stdout.on('data', (text: Buffer) => {
          if (said === '' && kill !== null && 'delayMs' in kill)
            setTimeout(() => child.kill('SIGKILL'), kill.delayMs)
          said += text
        })
        child.on('close', (_, signal) => resolve({ signal, said }))
      })

    const whole = join(root, 'whole')
    const operations = Number((await live(whole, null)).said.split('\n')[1])
    expect(operations).toBeGreaterThan(40)
    const wanted = await textOf(whole, 'summary.json')
    const check = async (directory: string) => {
      expect(existsSync(join(directory, 'COMPLETE'))).toBe(true)
      expect(await textOf(directory, 'summary.json')).toBe(wanted)
    }

    /** Kills that a sweep survived are tried again on the next one. */
    const lane = async (name: string, kills: readonly Kill[]): Promise<number> => {
      let sweeps = 0
      let killed = 0
      for (const kill of kills) {
        for (let isKilled = false; !isKilled; ) {
          const directory = join(root, `${name}-${sweeps}`)
          const { signal } = await live(directory, kill)
          isKilled = signal === 'SIGKILL'
          if (isKilled) killed += 1
          else {
            await check(directory)
            sweeps += 1
          }
        }
      }
      const last = join(root, `${name}-${sweeps}`)
      expect((await live(last, null)).signal).toBeNull()
      await check(last)
      return killed
    }

    const kills = Array.from({ length: KILLS }, (_, at): Kill => {
      // Coprime steps: early and late ones take turns, and none comes twice.
      if (at % 4 === 3) return { delayMs: (at * 37) % MOST_DELAY_MS }
      return { operation: 1 + ((at * 17) % operations) }
    })
    const lanes = Array.from({ length: LANES }, (_, which) =>
      lane(
        `lane${which}`,
        kills.filter((_, at) => at % LANES === which),
      ),
    )
    const killed = (await Promise.all(lanes)).reduce((sum, each) => sum + each, 0)
    expect(killed).toBe(KILLS)
  },
  LIMIT_MS,
)
