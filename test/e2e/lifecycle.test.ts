// How networks of processes begin and end: by themselves, by Ctrl-C at any moment, and with a node lost in between.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Command, ROOT, solvent } from './command-line.ts'
import { samplesIn } from './exposition.ts'
import { networkNodes, pidOf, pidsOf, survivors, sweep, until } from './node-processes.ts'

const DEVNET = 'configs/networks/devnet.yaml'
const FIFTEEN = 'configs/scenarios/fifteen.yaml'
const FIFTEEN_NODES = 14
/** What only a launcher can do to processes; appended to the scenario's faults. */
const TROUBLES = `
  - { kind: suspend, atSeconds: 50, node: atlas, forSeconds: 10 }
  - { kind: crash, atSeconds: 60, node: bob, disk: kept, restartAfterSeconds: 10, heapMegabytes: 96 }
`
const START_LIMIT_MS = 240_000
const TEST_LIMIT_MS = 300_000
/** What is promised of Ctrl-C. */
const END_LIMIT_MS = 5_000
/** For this process to hear of it on a busy machine. */
const SLACK_MS = 2_000

const bases: string[] = []
let base = ''

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'solvent-e2e-'))
  bases.push(base)
})

afterAll(() => {
  for (const each of bases) {
    sweep(each)
    rmSync(each, { recursive: true, force: true })
  }
})

/** A live run keeps its network in a temporary directory of its own: here, the only one. */
function runDirectory(): string | null {
  const [name] = readdirSync(base).filter((entry) => networkNodes(join(base, entry)) !== null)
  return name === undefined ? null : join(base, name)
}

/** Temporary directories of runs that are over. */
const networksLeft = () => readdirSync(base).filter((name) => name.startsWith('solvent-'))

const allStarted = (directory: string | null, count: number): boolean =>
  directory !== null && pidsOf(directory).length === count

test('Ctrl-C ends a network within five seconds, stopped and lost nodes and all', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const directory = join(base, 'network')
  const env = { SOLVENT_NETWORK: directory }
  const up = new Command(['up', DEVNET], { env })
  await up.says('stdout', /16 nodes are up/, START_LIMIT_MS)
  const pids = pidsOf(directory)
  expect(pids).toHaveLength(16)

  const second = await solvent(['up', DEVNET], { env })
  expect(second).toMatchObject({ code: 4, stderr: expect.stringContaining('already runs') })

  expect(await solvent(['fault', 'kill', 'atlas'], { env })).toMatchObject({ code: 0 })
  await up.says('stderr', /lost atlas: it ended \(SIGKILL\)/)
  expect(await until(() => pidsOf(directory).length === 15, END_LIMIT_MS)).toBe(true)
  expect(await solvent(['fault', 'stop', 'cygnus'], { env })).toMatchObject({ code: 0 })

  const before = performance.now()
  up.kill('SIGINT')
  expect(await survivors(pids, END_LIMIT_MS + SLACK_MS)).toEqual([])
  expect(performance.now() - before).toBeLessThan(END_LIMIT_MS + SLACK_MS)
  expect(await up.end()).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('all processes have ended'),
  })
  // A second network finds the place tidy.
  expect(pidsOf(directory)).toEqual([])
})

test('Ctrl-C during the start ends what has started', { timeout: TEST_LIMIT_MS }, async () => {
  const directory = join(base, 'network')
  const up = new Command(['up', DEVNET], { env: { SOLVENT_NETWORK: directory } })
  expect(await until(() => allStarted(directory, 16), START_LIMIT_MS)).toBe(true)
  const pids = pidsOf(directory)
  up.kill('SIGINT')
  expect(await survivors(pids, END_LIMIT_MS + SLACK_MS)).toEqual([])
  const { code, stdout } = await up.end()
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
})

test('a launcher that is killed during the start takes its processes with it', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const directory = join(base, 'network')
  const up = new Command(['up', DEVNET], { env: { SOLVENT_NETWORK: directory } })
  expect(await until(() => allStarted(directory, 16), START_LIMIT_MS)).toBe(true)
  const pids = pidsOf(directory)
  up.kill('SIGKILL')
  await up.end()
  // They hear of it when they have loaded.
  expect(await survivors(pids, 60_000)).toEqual([])
})

test('a run goes on without a solver that is killed, ends by itself and says what was lost', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const out = join(base, 'results')
  const file = join(base, 'troubled.yaml')
  writeFileSync(file, readFileSync(join(ROOT, FIFTEEN), 'utf8') + TROUBLES)
  const args = ['run', file, '--runtime', 'libp2p', '--json', '--out', out, '--metrics-port', '0']
  const run = new Command(args, { env: { TMPDIR: base } })
  expect(await until(() => allStarted(runDirectory(), FIFTEEN_NODES), START_LIMIT_MS)).toBe(true)
  const pids = pidsOf(runDirectory()!)
  // In the middle: orders are out.
  await run.says('stderr', /^running .* orders [1-9]/m, START_LIMIT_MS)
  const metrics = /^metrics: (http:\S+)$/m.exec(run.stderr)?.[1] ?? ''
  const sample = async (name: string) => samplesIn(await (await fetch(metrics)).text()).get(name)
  const isUp = () => sample('solvent_node_up{node="cygnus",role="solver"}')
  expect(await until(async () => (await isUp()) === 1, END_LIMIT_MS)).toBe(true)
  process.kill(pidOf(runDirectory()!, 'cygnus'), 'SIGKILL')
  expect(await until(async () => (await isUp()) === 0, START_LIMIT_MS)).toBe(true)
  expect(await sample('solvent_orders_total')).toBeGreaterThan(0)
  expect(await sample('solvent_bridge_backing_ratio{subject="lone/rsETH"}')).toBeGreaterThan(0)
  expect(await sample('solvent_solver_equity{subject="atlas"}')).toBeGreaterThan(0)
  const { code, stdout, stderr } = await run.end(START_LIMIT_MS)
  expect(stderr).toContain('lost cygnus: it ended (SIGKILL)')
  expect(stderr).toMatch(/^lost during the run: cygnus \(SIGKILL\)$/m)
  const { runtime, orders, invariants } = JSON.parse(stdout)
  expect({ code, runtime, broken: invariants.broken }).toEqual({ code: 0, runtime: 'libp2p', broken: [] })
  // Also of bob, who is killed with orders out and comes back with a heap of 96 MB (the resource row of the fault catalogue).
  expect(invariants.checked['R-4']).toBeGreaterThan(0)
  // With this seed it wins 2 of the 8 orders; the other solvers fill theirs, and are repaid or stranded as without it.
  expect(orders.signed).toBe(8)
  expect(orders.filled).toBeGreaterThanOrEqual(6)
  expect(orders.settled).toBeGreaterThanOrEqual(3)
  // The scheduled troubles pass: the suspended goes on, the crashed comes back.
  const events = readFileSync(join(out, 'events.jsonl'), 'utf8').trim().split('\n')
  const told = events.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(
    told.flatMap(({ node, kind, fault, target, phase }) =>
      node === 'operator' && kind === 'fault' ? [`${fault} ${target} ${phase}`] : [],
    ),
  ).toEqual(['suspend atlas begin', 'suspend atlas end', 'crash bob begin', 'crash bob end'])
  expect(told.filter(({ kind }) => kind === 'node-restarted')).toMatchObject([{ node: 'bob' }])
  expect(JSON.parse(readFileSync(join(out, 'lost.json'), 'utf8'))).toMatchObject([
    { node: 'cygnus', how: 'SIGKILL' },
  ])
  expect(await survivors(pids, END_LIMIT_MS)).toEqual([])
  expect(networksLeft()).toEqual([])
})

test('Ctrl-C ends a run, its processes and its temporary directory, and leaves no half result', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const out = join(base, 'results')
  const env = { TMPDIR: base }
  const run = new Command(['run', FIFTEEN, '--runtime', 'libp2p', '--out', out], { env })
  await run.says('stderr', /^running /m, START_LIMIT_MS)
  const pids = pidsOf(runDirectory()!)
  expect(pids).toHaveLength(FIFTEEN_NODES)
  run.kill('SIGINT')
  expect(await survivors(pids, END_LIMIT_MS + SLACK_MS)).toEqual([])
  expect(await run.end()).toMatchObject({
    code: 130,
    stdout: '',
    stderr: expect.stringContaining('interrupted'),
  })
  expect(existsSync(out)).toBe(false)
  expect(networksLeft()).toEqual([])
})
