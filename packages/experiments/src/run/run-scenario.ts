// One scenario to its end on one runtime: the summary, and the report behind it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExposureNetwork } from '@solvent/contagion'
import type { RunMeasures, RunReport } from '@solvent/nodes'
import { assemble } from '../assembly/assemble.ts'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { counterfactualOf } from '../competition/counterfactual.ts'
import { exposureNetwork, type SnapshotPlace } from '../exposures/exposure-network.ts'
import { drawFaults } from '../faults/draw-faults.ts'
import { unplayedInSimulator, unplayedOnLibp2p } from '../faults/runtime-limits.ts'
import type { LaunchProgress } from '../live/live-network.ts'
import type { LostNode } from '../live/running-network.ts'
import type { LoadedScenario } from '../scenario/load-scenario.ts'
import { runLabels } from './competition-summary.ts'
import { EventLog } from './event-log.ts'
import { refusalsIn } from './refusals.ts'
import { demandsOf } from './run-demands.ts'
import { type RunSummary, summarise } from './run-summary.ts'
import { simulate } from './simulate.ts'
import { type SeriesPoint, seriesAt } from './time-series.ts'

export interface RunScenarioOptions {
  readonly loaded: LoadedScenario
  readonly seed: number
  readonly runtime: 'sim' | 'libp2p'
  /** The simulator's signatures and frames; the scenario's own by default. */
  readonly crypto?: 'stand-in' | 'real'
  readonly codec?: 'objects' | 'real'
  /** libp2p only: a process for each node, which is the default, or all nodes in this one. */
  readonly hosting?: 'processes' | 'one-process'
  /** libp2p only: metrics for Prometheus on this port of loopback; none when left out. */
  readonly metricsPort?: number
  /** The program of one node, for libp2p. */
  readonly nodeProgram: string
  readonly onProgress?: (progress: RunProgress) => void
  readonly onLaunch?: (progress: LaunchProgress) => void
  readonly onNote?: (line: string) => void
  readonly signal?: AbortSignal
  /** How often the watcher's measures are kept, at equal distances of time (about equal on libp2p); never when left out. */
  readonly samples?: number
}

export interface RunProgress {
  readonly elapsedSeconds: number
  /** Null while the watcher cannot be asked. */
  readonly report: RunReport | null
}

/** A finished run in memory. */
export interface ScenarioRun {
  readonly plan: NetworkPlan
  readonly summary: RunSummary
  readonly report: RunReport
  /** Who owed whom, in order of time; the last is of the end. */
  readonly exposures: readonly ExposureNetwork[]
  /** JSON lines. */
  readonly events: string
  /** In order of time; empty unless samples were asked for. */
  readonly series: readonly SeriesPoint[]
  /** Nodes that ended before the run did; only processes can. */
  readonly lost: readonly LostNode[]
}

/** Runs a scenario; `writeResults` keeps it. */
export async function runScenario(options: RunScenarioOptions): Promise<ScenarioRun> {
  return options.runtime === 'sim' ? runSimulated(options) : await runOnLibp2p(options)
}

function runSimulated(options: RunScenarioOptions): ScenarioRun {
  const { loaded, seed, crypto, codec, onProgress, onNote, samples = 0 } = options
  const { scenario, hash } = loaded
  const { simulator } = scenario
  const started = performance.now()
  const isReal = (crypto ?? simulator.crypto) === 'real'
  const plan = assemble({ scenario, hash, seed, signatures: isReal ? 'secp256k1' : 'stand-in' })
  for (const line of unplayedInSimulator(plan.faults)) onNote?.(line)
  const log = new EventLog()
  const series: SeriesPoint[] = []
  const { latencyMs, ...mishaps } = simulator.links
  const {
    report,
    exposures: snapshots,
    result,
    traceDigest,
  } = simulate({
    plan,
    codec: codec ?? simulator.codec,
    links: { minLatencyMs: latencyMs.min, meanLatencyMs: latencyMs.mean, ...mishaps },
    onEvent: (atMs, node, event) => log.add(atMs, node, event),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: (elapsedMs: number) => onProgress({ elapsedSeconds: elapsedMs / 1_000, report: null }),
        }),
    ...(samples === 0
      ? {}
      : {
          samples: {
            everyMs: sampleEveryMs(plan, samples),
            onSample: (atMs: number, measures: RunMeasures) => series.push(...seriesAt(atMs, measures)),
          },
        }),
  })
  const wallMs = Math.round(performance.now() - started)
  const { events, messages, nowMs } = result
  const eventLog = log.text()
  const exposures = snapshots.map((snapshot) => exposureNetwork(snapshot, placeOf(plan)))
  const facts = {
    scenario: scenario.name,
    seed,
    runtime: 'sim',
    traceDigest,
    virtualTimeMs: Math.min(plan.durationMs, nowMs - plan.spec.genesisMs),
    wallMs,
    timekeeping: null,
    events,
    messages,
    faults: drawFaults(scenario, plan.seed),
    refusals: refusalsIn(eventLog, plan.spec.genesisMs),
    exposures,
    labels: runLabels(scenario),
    counterfactual: counterfactualOf(loaded, seed),
  } as const
  return {
    plan,
    summary: summarise(facts, report, scenario.expectations, demandsOf(plan, scenario)),
    report,
    exposures,
    events: eventLog,
    series,
    lost: [],
  }
}

const sampleEveryMs = ({ durationMs }: NetworkPlan, samples: number): number =>
  Math.max(1, Math.ceil(durationMs / samples))

function placeOf({ spec, scenario }: NetworkPlan): SnapshotPlace {
  return { genesisMs: spec.genesisMs, numeraire: scenario.numeraire }
}

async function runOnLibp2p({
  loaded,
  seed,
  hosting,
  metricsPort,
  samples = 0,
  nodeProgram,
  onProgress,
  onLaunch,
  onNote,
  signal,
}: RunScenarioOptions): Promise<ScenarioRun> {
  // libp2p is loaded only now: a simulated run starts sooner without it, and also where it could not be loaded.
  const { runLive } = await import('../live/run-live.ts')
  const { scenario, hash } = loaded
  const plan = assemble({ scenario, hash, seed, signatures: 'secp256k1' })
  for (const line of unplayedOnLibp2p(plan.faults)) onNote?.(line)
  const directory = await mkdtemp(join(tmpdir(), 'solvent-'))
  onNote?.(`look on from another terminal: npm run -s solvent -- view ${directory}`)
  try {
    const live = await runLive({
      plan,
      directory,
      hosting: hosting ?? 'processes',
      nodeProgram,
      acceleration: scenario.live.acceleration,
      ...(metricsPort === undefined ? {} : { metricsPort }),
      ...(samples === 0 ? {} : { sampleEveryMs: sampleEveryMs(plan, samples) }),
      ...(onProgress === undefined
        ? {}
        : {
            onProgress: ({ elapsedMs, report }) => onProgress({ elapsedSeconds: elapsedMs / 1_000, report }),
          }),
      ...(onLaunch === undefined ? {} : { onLaunch }),
      ...(onNote === undefined ? {} : { onNote }),
      ...(signal === undefined ? {} : { signal }),
    })
    const exposures = live.exposures.map((snapshot) => exposureNetwork(snapshot, placeOf(plan)))
    const facts = {
      scenario: scenario.name,
      seed,
      runtime: 'libp2p',
      traceDigest: null,
      virtualTimeMs: plan.durationMs,
      wallMs: live.wallMs,
      timekeeping: live.timekeeping,
      events: live.events,
      messages: live.messages,
      faults: drawFaults(scenario, plan.seed),
      refusals: refusalsIn(live.eventLog, plan.spec.genesisMs),
      exposures,
      labels: runLabels(scenario),
      counterfactual: counterfactualOf(loaded, seed),
    } as const
    return {
      plan,
      summary: summarise(facts, live.report, scenario.expectations, demandsOf(plan, scenario)),
      report: live.report,
      exposures,
      events: live.eventLog,
      series: live.series,
      lost: live.lost,
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
