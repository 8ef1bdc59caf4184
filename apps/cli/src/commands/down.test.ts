// How a network ends from another terminal, with processes that only speak with their launcher: what real nodes do is tested
// end to end.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assemble, loadScenario } from '@solvent/experiments'
import { LiveNetwork, readNetworkFile } from '@solvent/experiments/live'
import { asNodeId } from '@solvent/primitives'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { EXIT } from '../exit-code.ts'
import { PROJECT_ROOT } from '../project.ts'
import { down } from './down.ts'
import { isRunning } from './running-process.ts'

const LIMIT_MS = 60_000
/** The launcher's words are answered at once; `deaf` does not hear SIGTERM. */
const PROGRAM = `
process.on('message', () => process.send({ kind: 'ready' }))
process.on('SIGTERM', () => { if (!process.argv.includes('deaf')) process.exit(0) })
process.send({ kind: 'loaded' })
setInterval(() => {}, 1_000)
`

let directory = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'solvent-down-'))
  process.env.SOLVENT_NETWORK = directory
  onTestFinished(() => {
    vi.restoreAllMocks()
    delete process.env.SOLVENT_NETWORK
    rmSync(directory, { recursive: true })
  })
})

/** A network of three such processes. */
async function launch(ids: readonly string[] = ['a', 'b', 'c']): Promise<LiveNetwork> {
  const file = join(PROJECT_ROOT, 'configs/networks/devnet.yaml')
  const { scenario, hash } = loadScenario(file, readFileSync(file))
  const plan = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' })
  const nodes = ids.map((id, index) => ({ ...plan.nodes[index]!, id: asNodeId(id) }))
  const program = join(directory, 'node.mjs')
  writeFileSync(program, PROGRAM)
  const network = await LiveNetwork.launch({
    plan: { ...plan, nodes },
    directory,
    nodeProgram: program,
    acceleration: 1,
  })
  onTestFinished(() => network.end())
  return network
}

const entryOf = async (node: string) =>
  (await readNetworkFile(directory)).nodes.find(({ id }) => id === node)!
const running = async () => (await readNetworkFile(directory)).nodes.filter(isRunning).map(({ id }) => id)

/** Leaves word, as `solvent fault crash` does, that the process is to come back. */
async function askBack(node: string, pid: number, afterWallMs = 0): Promise<void> {
  writeFileSync(join(directory, node, 'restart.json'), JSON.stringify({ pid, afterWallMs, disk: 'kept' }))
}

function outputOf(stream: 'stdout' | 'stderr') {
  const spy = vi.spyOn(process[stream], 'write').mockReturnValue(true)
  return () => spy.mock.calls.flat().join('')
}

it('a node that is to come back after its end comes back, once', { timeout: LIMIT_MS }, async () => {
  await launch()
  const { pid } = await entryOf('a')
  await askBack('a', pid!)
  process.kill(pid!, 'SIGKILL')
  await vi.waitFor(
    async () => {
      const now = await entryOf('a')
      expect(now.pid).not.toBe(pid)
      expect(isRunning(now)).toBe(true)
    },
    { timeout: LIMIT_MS },
  )
  process.kill((await entryOf('a')).pid!, 'SIGKILL')
  await vi.waitFor(async () => expect((await entryOf('a')).pid).toBeNull(), { timeout: LIMIT_MS })
})

it('nobody comes back to a network that ends, whatever was asked before', { timeout: LIMIT_MS }, async () => {
  const network = await launch()
  const stdout = outputOf('stdout')
  const [a, b] = [(await entryOf('a')).pid!, (await entryOf('b')).pid!]
  await askBack('a', a)
  await askBack('b', b, 500)
  process.kill(b, 'SIGKILL')
  await vi.waitFor(async () => expect((await entryOf('b')).pid).toBeNull(), { timeout: LIMIT_MS })
  expect(await down()).toBe(EXIT.ok)
  expect(stdout()).toBe('all processes have ended\n')
  await network.allEnded()
  await sleep(1_000)
  expect(await running()).toEqual([])
})

it('a word about a process that has ended before concerns no later one', { timeout: LIMIT_MS }, async () => {
  await launch()
  const { pid } = await entryOf('b')
  await askBack('b', pid! + 1)
  process.kill(pid!, 'SIGKILL')
  await vi.waitFor(async () => expect((await entryOf('b')).pid).toBeNull(), { timeout: LIMIT_MS })
  expect(await running()).toEqual(['a', 'c'])
})

it('a process that stands still goes on and ends; one that does not hear is killed by its number and named', {
  timeout: LIMIT_MS,
}, async () => {
  await launch(['a', 'deaf', 'c'])
  outputOf('stdout')
  const stderr = outputOf('stderr')
  const { pid } = await entryOf('deaf')
  process.kill((await entryOf('a')).pid!, 'SIGSTOP')
  expect(await down()).toBe(EXIT.ok)
  expect(stderr()).toBe(`deaf (process ${pid}) did not end by itself and is killed\n`)
  expect(await running()).toEqual([])
})
