// A plan as a live network, to its end: starts it, applies what only the outside can (kill, stop), follows its
// progress through the operator, asks the watcher for its report, ends all nodes.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExposureSnapshot, RunReport } from '@solvent/nodes'
import { isSolventError, SolventError } from '@solvent/primitives'
import { OPERATOR } from '../assembly/assemble-spec.ts'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { EventLog } from '../run/event-log.ts'
import type { SeriesPoint } from '../run/time-series.ts'
import { withKeptBack } from './kept-back.ts'
import { type LaunchProgress, LiveNetwork } from './live-network.ts'
import { LiveSamples } from './live-samples.ts'
import { mergedEventLog } from './merged-event-log.ts'
import { serveMetrics } from './metrics/serve-metrics.ts'
import { gatherAudits, readNodeAudit } from './node-audit.ts'
import { OneProcessNetwork } from './one-process-network.ts'
import { connectOperator, type Operator } from './operator.ts'
import type { Timekeeping } from './pacer.ts'
import { scheduleProcessFaults } from './process-faults.ts'
import { describeLoss, type LostNode, type RunningNetwork } from './running-network.ts'

export interface RunLiveOptions {
  readonly plan: NetworkPlan
  /** For the network's files; must be empty. */
  readonly directory: string
  /** A process for each node, which is `nodeProgram`, or all nodes in this one. */
  readonly hosting: 'processes' | 'one-process'
  readonly nodeProgram: string
  readonly acceleration: number
  /** Metrics for Prometheus on this port of loopback, 0: any that is free; none when left out. */
  readonly metricsPort?: number
  /** How far apart the watcher's measures that are kept are, virtual ms; none are kept when left out. */
  readonly sampleEveryMs?: number
  readonly onProgress?: (progress: { readonly elapsedMs: number; readonly report: RunReport | null }) => void
  readonly onLaunch?: (progress: LaunchProgress) => void
  readonly onNote?: (line: string) => void
  /** Ends the run early; all processes are gone when `runLive` rejects. */
  readonly signal?: AbortSignal
}

export interface LiveRun {
  readonly report: RunReport
  /** Who owed whom, in order of time; empty when the watcher did not answer. */
  readonly exposures: readonly ExposureSnapshot[]
  /** What the watcher measured on the way, in order of time. */
  readonly series: readonly SeriesPoint[]
  /** Events and messages that the nodes counted. */
  readonly events: number
  readonly messages: number
  readonly wallMs: number
  /** Nodes that ended before the run did, unless they came back. */
  readonly lost: readonly LostNode[]
  readonly timekeeping: Timekeeping
  /** JSON lines of all nodes, in order of time. */
  readonly eventLog: string
}

const POLL_MS = 1_000
/** After the horizon, for the last blocks to reach the watcher (wall). */
const SETTLE_MS = 1_000
/** A busy machine may let the watcher miss one. */
const REPORT_ATTEMPTS = 6

/**
 * @throws SolventError E_LAUNCH when the network does not start; E_NO_REPORT when nobody is left to ask for the outcome; E_PORT when
 *   the port for metrics cannot be had
 */
export async function runLive(options: RunLiveOptions): Promise<LiveRun> {
  const { plan, metricsPort } = options
  if (metricsPort === undefined) return await runWatched(options, async () => undefined)
  const metrics = await serveMetrics(plan, metricsPort)
  options.onNote?.(`metrics: ${metrics.url}`)
  return await runWatched(options, metrics.follow).finally(metrics.close)
}

/** @param onRunning is told when the network of the directory runs */
async function runWatched(
  options: RunLiveOptions,
  onRunning: (directory: string) => Promise<void>,
): Promise<LiveRun> {
  const { plan, directory } = options
  const started = performance.now()
  const losses = new Losses(plan)
  const launcherLog = new EventLog()
  const network = await launch(options, losses)
  let takeBack = () => {}
  let operator: Operator | null = null
  try {
    if (network instanceof LiveNetwork) {
      takeBack = scheduleProcessFaults({
        plan,
        network,
        onEvent: (atMs, event) => launcherLog.add(atMs, OPERATOR, event),
        onFailure: (node, error) =>
          options.onNote?.(
            `${node} could not be started again: ${error instanceof Error ? error.message : String(error)}`,
          ),
      })
    }
    operator = await connectOperator(directory)
    await onRunning(directory)
    const samples = new LiveSamples(options.sampleEveryMs)
    await follow(options, { network, operator, losses, samples })
    const report = await finalReport(operator, losses)
    samples.take(report)
    const exposures = (await operator.exposures().catch(nullIfUnanswered)) ?? []
    if (network instanceof LiveNetwork) losses.settle(network.ended)
    await operator.close()
    takeBack()
    await network.end()
    const readings = plan.nodes.map(({ id }) => readNodeAudit(join(directory, id)))
    const eventLog = await mergedEventLog(plan, directory, launcherLog.text())
    return {
      ...(await gatherAudits(withKeptBack(report, plan.spec, eventLog), readings)),
      exposures,
      series: samples.points,
      wallMs: Math.round(performance.now() - started),
      lost: losses.all,
      timekeeping: network.pace.timekeeping,
      eventLog,
    }
  } finally {
    takeBack()
    await operator?.close()
    await network.end()
  }
}

/** Who is gone, and what it said last. */
class Losses {
  readonly #watcher: string
  #lost: LostNode[] = []

  constructor(plan: NetworkPlan) {
    this.#watcher = plan.nodes.find(({ role }) => role === 'watcher')!.id
  }

  get all(): readonly LostNode[] {
    return this.#lost
  }

  add(lost: LostNode): void {
    this.#lost.push(lost)
  }

  /** At the end: those who came back are not lost, those who were killed on purpose are. */
  settle(ended: readonly { readonly node: string; readonly how: string }[]): void {
    this.#lost = ended.map(
      ({ node, how }) => this.#lost.findLast((lost) => lost.node === node) ?? { node, how, lastWords: '' },
    )
  }

  /** Without the watcher nobody knows the outcome. */
  throwIfBlind(): void {
    const lost = this.#lost.find(({ node }) => node === this.#watcher)
    if (lost === undefined) return
    throw new SolventError({
      code: 'E_NO_REPORT',
      message: 'The watcher is gone, and with it the outcome of the run.',
      details: { node: lost.node, how: lost.how, said: lost.lastWords },
    })
  }
}

async function launch(options: RunLiveOptions, losses: Losses): Promise<RunningNetwork> {
  const { plan, directory, acceleration, nodeProgram, hosting, signal } = options
  const onSlower = (slower: number) =>
    options.onNote?.(
      `the machine cannot keep up: virtual time goes on at ${Math.round(slower)} times real time`,
    )
  const onLost = (lost: LostNode) => {
    losses.add(lost)
    options.onNote?.(describeLoss(lost))
  }
  if (hosting === 'one-process')
    return await OneProcessNetwork.launch({ plan, directory, acceleration, onLost, onSlower })
  return await LiveNetwork.launch({
    plan,
    directory,
    nodeProgram,
    acceleration,
    onSlower,
    onLost,
    ...(options.onLaunch === undefined ? {} : { onProgress: options.onLaunch }),
    ...(signal === undefined ? {} : { signal }),
  })
}

interface Followed {
  readonly network: RunningNetwork
  readonly operator: Operator
  readonly losses: Losses
  readonly samples: LiveSamples
}

/** Waits for the horizon, asking the watcher now and then how far things are. */
async function follow(
  { plan, signal, onProgress }: RunLiveOptions,
  { network: { pace }, operator, losses, samples }: Followed,
): Promise<void> {
  const options = signal === undefined ? {} : { signal }
  for (let elapsedMs = pace.elapsedMs(); elapsedMs < plan.durationMs; elapsedMs = pace.elapsedMs()) {
    signal?.throwIfAborted()
    losses.throwIfBlind()
    await sleep(Math.max(1, Math.min(POLL_MS, pace.wallMsUntil(plan.durationMs))), undefined, options)
    const reachedMs = Math.min(plan.durationMs, pace.elapsedMs())
    if (onProgress === undefined && !samples.isDue(reachedMs)) continue
    const report = await operator.report().catch(nullIfUnanswered)
    if (report !== null && samples.isDue(reachedMs)) samples.take(report)
    onProgress?.({ elapsedMs: reachedMs, report })
  }
  await sleep(SETTLE_MS, undefined, options)
}

async function finalReport(operator: Operator, losses: Losses): Promise<RunReport> {
  for (let attempt = 1; attempt < REPORT_ATTEMPTS; attempt += 1) {
    losses.throwIfBlind()
    const report = await operator.report().catch(nullIfUnanswered)
    if (report !== null) return report
  }
  return await operator.report()
}

function nullIfUnanswered(error: unknown): null {
  if (isSolventError(error)) return null
  throw error
}
