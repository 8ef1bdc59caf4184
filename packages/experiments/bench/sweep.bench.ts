/**
 * Whole sweeps with their store, as `solvent sweep` runs them: small runs of the queue (2,000 events each) with one worker and
 * with two, and runs of a small network with 50 orders each. The yardsticks: the same runs in one loop of this thread, with nothing
 * recorded, and of the small runs the queue alone in a bare loop (bare-queue.ts). On a machine that others use, only processor time
 * and its ratios say something.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planSweep, readSweep, type SweepPlan, sweep, ThreadExecutor } from '@solvent/experiments/sweep'
import { createRunner } from '../src/sweep/runner.ts'
import { bareQueue } from './bare-queue.ts'

export const name = 'sweep: many small runs, and many small networks, recorded'

const SMALL_RUNS = 10_000
const NETWORK_RUNS = 600
const SMALL_EVENTS = 2_000
const ORDERS = 50
/** From this share of the runs on it is measured: a thread's first forty networks, which V8 compiles meanwhile, take up to twice as long. */
const WARM = { small: 0.1, network: 0.5 }
/** 5,000 runs a second on two cores where one core makes 22,000 bare loops a second, and 200 networks. */
const GOALS = { small: 5_000, smallLoops: 8.8, network: 200, networkLoops: 220, speedUp: 1.85 }

export async function run(): Promise<void> {
  const small = await planOf('queue', SMALL_RUNS, `events: ${SMALL_EVENTS}\n`)
  const network = await planOf('run', NETWORK_RUNS, NETWORK)
  await requireSettled(network)
  const [bareSmall, bareNetwork] = [await bareRate(small, 3_000), await bareRate(network, 100)]
  const one = await sweptRate(small, 1, WARM.small)
  const two = await sweptRate(small, 2, WARM.small)
  const networks = await sweptRate(network, 2, WARM.network)
  console.table([
    row('small runs, one loop of this thread', bareSmall, bareSmall),
    row('small runs, one worker', one, bareSmall),
    row('small runs, two workers', two, bareSmall, GOALS.small),
    row('networks, one loop of this thread', bareNetwork, bareNetwork),
    row('networks, two workers', networks, bareNetwork, GOALS.network),
  ])
  const loopMs = bareLoopMs()
  tellLoops('a small run', two.busyMs / loopMs, GOALS.smallLoops)
  tellLoops('a network', networks.busyMs / loopMs, GOALS.networkLoops)
  const speedUp = two.rate / one.rate
  console.log(`speed-up of the second worker ${speedUp.toFixed(2)} (goal ${verdict(speedUp, GOALS.speedUp)})`)
  // With one worker the parent has the other core; with two it takes its time from both.
  const worker = two.busyMs - two.parentMs
  const free = (2 * worker) / two.busyMs
  console.log(
    `the parent takes ${(1_000 * two.parentMs).toFixed(1)} µs a run: on two free cores the speed-up is ${free.toFixed(2)} (goal ${verdict(free, GOALS.speedUp)})`,
  )
  console.log(
    `heap of the parent grew by ${Math.round(two.grownMb)} MB over the last nine tenths, garbage included (sweep-parent.bench.ts has what stays)`,
  )
}

function tellLoops(what: string, loops: number, goal: number): void {
  console.log(
    `${what} with everything around it takes the processors ${loops.toFixed(1)} bare loops (goal: at most ${goal}, ${loops <= goal ? 'met' : 'missed'})`,
  )
}

/** Processor time of one run of the queue alone, ms. */
function bareLoopMs(): number {
  let sum = 0
  for (let seed = 1; seed < 2_000; seed++) sum += bareQueue(seed, SMALL_EVENTS)
  const begin = markNow()
  for (let seed = 1; seed <= SMALL_RUNS; seed++) sum += bareQueue(seed, SMALL_EVENTS)
  if (!(sum > 0)) throw new Error('nobody waited')
  return rateOf(SMALL_RUNS, begin, markNow()).busyMs
}

interface Rate {
  /** Runs a second. */
  readonly rate: number
  /** Processor time of all threads, ms a run: what is left of the figures on a machine that others use too. */
  readonly busyMs: number
}

function row(what: string, { rate, busyMs }: Rate, bare: Rate, goal?: number): Record<string, string> {
  return {
    what,
    'runs a second': count(rate),
    'to the loop': (rate / bare.rate).toFixed(2),
    'processor ms a run': busyMs.toFixed(3),
    'two free cores would make': count(2_000 / busyMs),
    goal: goal === undefined ? '' : verdict(rate, goal),
  }
}

/**
 * A network of five nodes that trade (two producers of blocks, a verifier, a solver, a user), the relayer of its bridge and the
 * watcher that audits every block. All 50 orders are quoted, opened, filled, attested, delivered and claimed: 200 transactions in
 * about 80 blocks. (Of orders from 100 to 1,000 USDC two of five are worth less than the gas of their fill, and nobody fills them.)
 */
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
    orders: ${ORDERS}
    untilSeconds: 400
    value: { from: "1000", to: "10000" }
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

/** From a share of the runs that is committed to the last run: without the start of the threads. */
async function sweptRate(
  plan: SweepPlan,
  workers: number,
  warmShare: number,
): Promise<Rate & { grownMb: number; parentMs: number }> {
  const root = mkdtempSync(join(tmpdir(), 'solvent-bench-'))
  const marks: (Mark & { done: number; heap: number; parentMs: number })[] = []
  try {
    const summary = await sweep({
      directory: join(root, 'out'),
      plan,
      how: 'create',
      createExecutor: (_, engine) => new ThreadExecutor({ plan, engine, workers }),
      onProgress: ({ done, total }) => {
        // Records are committed in groups, and all of a group are told as one.
        if (done < (marks.length === 0 ? total * warmShare : total) || marks.length === 2) return
        marks.push({ done, ...markNow(), heap: process.memoryUsage().heapUsed, parentMs: parentNow() })
      },
    })
    if (summary.runs.ok !== plan.replicates) throw new Error(`only ${summary.runs.ok} runs are sound`)
    const [warm, last] = marks as [(typeof marks)[0], (typeof marks)[0]]
    const runs = last.done - warm.done
    return {
      ...rateOf(runs, warm, last),
      grownMb: (last.heap - warm.heap) / 1e6,
      parentMs: (last.parentMs - warm.parentMs) / runs,
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Orders that nobody fills would be cheap ones. */
async function requireSettled(plan: SweepPlan): Promise<void> {
  const runner = await createRunner(plan, 'bench')
  for (let index = 0; index < 5; index++) {
    const settled = runner.record(index).metrics['orders.settled']
    if (settled !== ORDERS) throw new Error(`only ${settled} of ${ORDERS} orders are settled`)
  }
}

async function bareRate(plan: SweepPlan, runs: number): Promise<Rate> {
  const runner = await createRunner(plan, 'bench')
  for (let index = 0; index < runs / 2; index++) runner.record(index)
  const begin = markNow()
  for (let index = 0; index < runs; index++) runner.record(index)
  return rateOf(runs, begin, markNow())
}

interface Mark {
  readonly atMs: number
  readonly busyMs: number
}

function markNow(): Mark {
  const { user, system } = process.cpuUsage()
  return { atMs: performance.now(), busyMs: (user + system) / 1_000 }
}

/** Processor time of this thread, ms. */
function parentNow(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function rateOf(runs: number, begin: Mark, end: Mark): Rate {
  return { rate: (1_000 * runs) / (end.atMs - begin.atMs), busyMs: (end.busyMs - begin.busyMs) / runs }
}

function verdict(measured: number, goal: number): string {
  return `${goal.toLocaleString('en')} ${measured >= goal ? 'met' : 'missed'}`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
