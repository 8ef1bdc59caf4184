// How long N node processes take to start and to stand in full meshes, and how long a signed order takes from its
// publisher to all of them: TCP on loopback, noise, yamux, gossipsub, every hop decoding and checking (secp256k1).
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { asNodeId } from '@solvent/primitives'
import { peerEntryOf } from '../src/index.ts'
import { SEED } from '../src/testing/order-network.ts'
import { freePorts } from '../src/testing/word-network.ts'
import type { FromNode, NodeConfig, ToNode } from './gossip-node.ts'

export const name = 'libp2p: start of 12 node processes, and gossip of signed orders to all of them'

const NODES = 12
const ORDERS = 120
const WARM_UP = 24
const GAP_MS = 100
const GOAL_START_MS = 15_000
const GOAL_P99_MS = 250
const program = fileURLToPath(new URL('./gossip-node.ts', import.meta.url))

type Report = Extract<FromNode, { kind: 'report' }>

export async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-bench-'))
  const names = Array.from({ length: NODES }, (_, i) => asNodeId(`node-${i}`))
  const ports = await freePorts(NODES)
  const peers = await Promise.all(names.map((id, i) => peerEntryOf(SEED, id, ports[i] as number)))
  const startedMs = performance.now()
  const children = names.map(() => start())
  try {
    const loads = await Promise.all(children.map((child) => next(child, 'loaded')))
    const loadedMs = performance.now() - startedMs
    for (const [i, child] of children.entries()) {
      const config: NodeConfig = {
        node: names[i] as string,
        port: ports[i] as number,
        peers,
        directory: join(directory, names[i] as string),
        degree: NODES,
      }
      send(child, { kind: 'config', config })
    }
    await Promise.all(children.map((child) => next(child, 'ready')))
    const readyMs = performance.now() - startedMs
    print('processes loaded', loadedMs, null)
    print('of it importing, mean', loads.reduce((sum, { loadedMs: ms }) => sum + ms, 0) / NODES, null)
    print('full meshes stand', readyMs, GOAL_START_MS)
    await gossip(children)
  } finally {
    for (const child of children) send(child, { kind: 'stop' })
    await Promise.all(children.map(gone))
    await rm(directory, { recursive: true, force: true })
  }
}

async function gossip(children: readonly ChildProcess[]): Promise<void> {
  for (let n = 0; n < WARM_UP + ORDERS; n++) {
    send(children[n % NODES] as ChildProcess, { kind: 'publish', n })
    await sleep(GAP_MS)
  }
  await sleep(1_500)
  for (const child of children) send(child, { kind: 'report' })
  const reports = await Promise.all(children.map((child) => next(child, 'report')))
  const sent = reports
    .flatMap((report) => report.sent)
    .sort((a, b) => a[1] - b[1])
    .slice(WARM_UP)
  const arrivals = reports.map((report) => new Map(report.arrived))
  const each: number[] = []
  const all: number[] = []
  for (const [key, atMs] of sent) {
    const delays = arrivals.flatMap((arrived) =>
      arrived.has(key) ? [(arrived.get(key) as number) - atMs] : [],
    )
    each.push(...delays)
    if (delays.length === NODES - 1) all.push(Math.max(...delays))
  }
  console.log(`  orders that reached all ${NODES - 1} others: ${all.length} of ${sent.length}`)
  print('delivery, p50', quantile(each, 0.5), null)
  print('delivery, p99', quantile(each, 0.99), null)
  print('order at all nodes, p50', quantile(all, 0.5), null)
  print('order at all nodes, p99', quantile(all, 0.99), GOAL_P99_MS)
  printResources(reports)
}

function printResources(reports: readonly Report[]): void {
  const mean = (pick: (report: Report) => number) =>
    reports.reduce((sum, report) => sum + pick(report), 0) / reports.length
  console.log(
    `  per process: ${mean((r) => r.rssMiB).toFixed(0)} MiB resident, ${mean((r) => r.cpuMs).toFixed(0)} ms CPU in all (${cpus().length} cores)`,
  )
}

function print(what: string, ms: number, goalMs: number | null): void {
  const goal = goalMs === null ? '' : `   goal < ${goalMs} ms: ${ms < goalMs ? 'met' : 'MISSED'}`
  console.log(`  ${what.padEnd(28)} ${ms.toFixed(1).padStart(9)} ms${goal}`)
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

function start(): ChildProcess {
  return fork(program, {
    execArgv: [
      '--disable-proto=delete',
      '--disallow-code-generation-from-strings',
      '--disable-warning=ExperimentalWarning',
    ],
  })
}

function send(child: ChildProcess, message: ToNode): void {
  if (child.connected) child.send(message)
}

function next<K extends FromNode['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<FromNode, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromNode): void => {
      if (message.kind !== kind) return
      child.off('message', listen)
      resolve(message as Extract<FromNode, { kind: K }>)
    }
    child.on('message', listen)
    child.once('exit', (code) =>
      reject(new Error(`A node process ended with ${code} before it was ${kind}.`)),
    )
  })
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await new Promise((resolve) => child.once('exit', resolve))
  clearTimeout(killer)
}
