/**
 * Whole sweeps with their store, as `solvent sweep` runs them: small runs of the queue (2,000 events each) with one worker and
 * with two, and runs of a small network with 50 orders each. The yardstick of the small runs is the same runs in one loop of this
 * thread, with nothing recorded.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planSweep, readSweep, type SweepPlan, sweep, ThreadExecutor } from '@solvent/experiments/sweep'
import { createRunner } from '../src/sweep/runner.ts'
import { plannedRun } from '../src/sweep/sweep-plan.ts'

export const name = 'sweep: many small runs, and many small networks, recorded'

const SMALL_RUNS = 10_000
const NETWORK_RUNS = 1_000
const GOALS = { small: 5_000, network: 200, speedUp: 1.85 }

export async function run(): Promise<void> {
  const small = await planOf('queue', SMALL_RUNS, 'events: 2000\n')
  const network = await planOf('run', NETWORK_RUNS, NETWORK)
  const bare = await bareRate(small, 2_000)
  const one = await sweptRate(small, 1)
  const two = await sweptRate(small, 2)
  const networks = await sweptRate(network, 2)
  console.table([
    {
      what: 'small runs a second, two workers',
      measured: count(two.rate),
      goal: verdict(two.rate, GOALS.small),
    },
    { what: 'small runs a second, one worker', measured: count(one.rate), goal: '' },
    {
      what: 'speed-up of the second worker',
      measured: (two.rate / one.rate).toFixed(2),
      goal: verdict(two.rate / one.rate, GOALS.speedUp),
    },
    { what: 'bare loop in one thread, runs a second', measured: count(bare), goal: '' },
    {
      what: 'networks a second, two workers',
      measured: count(networks.rate),
      goal: verdict(networks.rate, GOALS.network),
    },
    { what: 'heap of the parent grew by', measured: `${Math.round(two.grownMb)} MB`, goal: 'flat' },
  ])
}

/** A network of five nodes that trade (two sequencers, a verifier, a solver, a user) and the watcher. */
const NETWORK = `name: bench-small
title: Two chains and one solver
start: 2026-01-01T00:00:00Z
durationSeconds: 900
assets:
  ETH: { decimals: 18, price: "2000" }
  USDC: { decimals: 6, price: "1" }
chains:
  ethereum: { kind: l1, id: 1, slotMs: 12000, epochSlots: 4 }
  other: { kind: l1, id: 2, slotMs: 12000, epochSlots: 4 }
bridges:
  hub: { verification: { kind: quorum, verifiers: 1, threshold: 1 }, finality: unsafe }
auctioneers: 0
solvers:
  atlas:
    strategy: { kind: cost-plus, marginBps: 8 }
    inventory:
      ethereum: { ETH: "100", USDC: "1000000" }
      other: { ETH: "100", USDC: "1000000" }
users:
  alice:
    orders: 50
    untilSeconds: 400
    value: { from: "100", to: "1000" }
    award: { auctioneer: 0, user: 1 }
    auctionSeconds: 15
    pairs:
      - { from: { chain: ethereum, asset: USDC }, to: { chain: other, asset: USDC }, prover: hub }
`

async function planOf(kind: string, replicates: number, base: string): Promise<SweepPlan> {
  const text = `name: bench\ntitle: Bench\nkind: ${kind}\nbase: base.yaml\nreplicates: ${replicates}\nmetrics: [orders.*, meanWaitS]\n`
  const encode = (each: string) => new TextEncoder().encode(each)
  const read = readSweep({ file: 'bench.yaml', bytes: encode(text) })
  return planSweep(read, { file: 'base.yaml', bytes: encode(base) })
}

/** From the first run that is committed to the last: without the start of the threads. */
async function sweptRate(plan: SweepPlan, workers: number): Promise<{ rate: number; grownMb: number }> {
  const root = mkdtempSync(join(tmpdir(), 'solvent-bench-'))
  const marks: { done: number; atMs: number; heap: number }[] = []
  try {
    const summary = await sweep({
      directory: join(root, 'out'),
      plan,
      how: 'create',
      createExecutor: () => new ThreadExecutor({ plan, workers }),
      onProgress: ({ done, total }) => {
        if (done === 1 || done === Math.round(total / 10) || done === total)
          marks.push({ done, atMs: performance.now(), heap: process.memoryUsage().heapUsed })
      },
    })
    if (summary.runs.ok !== plan.replicates) throw new Error(`only ${summary.runs.ok} runs are sound`)
    const [, warm, last] = marks
    return {
      rate: (1_000 * (last!.done - warm!.done)) / (last!.atMs - warm!.atMs),
      grownMb: (last!.heap - warm!.heap) / 1e6,
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function bareRate(plan: SweepPlan, runs: number): Promise<number> {
  const runner = await createRunner(plan)
  for (let index = 0; index < runs / 4; index++) runner.run(plannedRun(plan, index))
  const begin = performance.now()
  for (let index = 0; index < runs; index++) runner.run(plannedRun(plan, index))
  return (1_000 * runs) / (performance.now() - begin)
}

function verdict(measured: number, goal: number): string {
  return `${goal.toLocaleString('en')} ${measured >= goal ? 'met' : 'missed'}`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
