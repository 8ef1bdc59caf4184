// A plan as a network of real processes, to its end: starts it, applies what only the outside can (kill, stop),
// follows its progress through the operator, asks the watcher for its report, ends all processes.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunReport } from '@solvent/nodes'
import { asNodeId, SolventError } from '@solvent/primitives'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { type LaunchProgress, LiveNetwork } from './live-network.ts'
import { gatherAudits, readNodeAudit } from './node-audit.ts'
import { connectOperator, type Operator } from './operator.ts'

export interface RunLiveOptions {
  readonly plan: NetworkPlan
  /** For the network's files; emptied first. */
  readonly directory: string
  readonly nodeProgram: string
  readonly acceleration: number
  readonly onProgress?: (progress: { readonly elapsedMs: number; readonly report: RunReport | null }) => void
  readonly onLaunch?: (progress: LaunchProgress) => void
  readonly onNote?: (line: string) => void
  /** Ends the run early; all processes are gone when `runLive` rejects. */
  readonly signal?: AbortSignal
}

export interface LiveRun {
  readonly report: RunReport
  /** Events and messages that the nodes counted. */
  readonly events: number
  readonly messages: number
  readonly wallMs: number
  /** Nodes whose process ended before the run did. */
  readonly lost: readonly string[]
  /** JSON lines of all nodes, in order of time. */
  readonly eventLog: string
}

const POLL_MS = 1_000
/** After the horizon, for the last blocks to reach the watcher (wall). */
const SETTLE_MS = 1_000

export async function runLive(options: RunLiveOptions): Promise<LiveRun> {
  const { plan, acceleration } = options
  const lost: string[] = []
  const started = performance.now()
  const network = await LiveNetwork.launch({
    plan,
    directory: options.directory,
    nodeProgram: options.nodeProgram,
    acceleration,
    ...(options.onLaunch === undefined ? {} : { onProgress: options.onLaunch }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onLost: (node, how) => {
      lost.push(node)
      options.onNote?.(`lost ${node}: its process ended (${how})`)
    },
  })
  const faults = scheduleProcessFaults(plan, network, acceleration, lost)
  let operator: Operator | null = null
  try {
    operator = await connectOperator(options.directory)
    await follow(options, network, operator)
    const report = await operator.report()
    await operator.close()
    operator = null
    await network.end()
    const readings = plan.nodes.map(({ id }) => readNodeAudit(join(options.directory, id)))
    return {
      ...(await gatherAudits(report, readings)),
      wallMs: Math.round(performance.now() - started),
      lost,
      eventLog: await mergeEventLogs(plan, options.directory),
    }
  } finally {
    for (const timer of faults) clearTimeout(timer)
    await operator?.close()
    await network.end()
  }
}

/** Waits for the horizon, asking the watcher now and then how far things are. */
async function follow(options: RunLiveOptions, network: LiveNetwork, operator: Operator): Promise<void> {
  const endMs = network.startedAtWallMs + options.plan.durationMs / options.acceleration + SETTLE_MS
  while (Date.now() < endMs) {
    options.signal?.throwIfAborted()
    await sleep(
      Math.max(1, Math.min(POLL_MS, endMs - Date.now())),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    )
    if (options.onProgress === undefined) continue
    const elapsedMs = Math.max(
      0,
      Math.min(options.plan.durationMs, (Date.now() - network.startedAtWallMs) * options.acceleration),
    )
    const report = await operator.report().catch((error: unknown) => {
      if (error instanceof SolventError) return null
      throw error
    })
    options.onProgress({ elapsedMs, report })
  }
}

/** Kills and stops that the schedule asks for: only the launcher can do them to a process. */
function scheduleProcessFaults(
  plan: NetworkPlan,
  network: LiveNetwork,
  acceleration: number,
  lost: string[],
): NodeJS.Timeout[] {
  const wallMs = (atMs: number) => Math.max(0, network.startedAtWallMs + atMs / acceleration - Date.now())
  return plan.faults.flatMap(({ atMs, fault }) => {
    if (fault.kind === 'crash') {
      return [
        setTimeout(() => {
          lost.push(fault.node)
          network.kill(fault.node)
        }, wallMs(atMs)),
        ...(fault.restartAfterMs === null
          ? []
          : [setTimeout(() => void network.restart(fault.node), wallMs(atMs + fault.restartAfterMs))]),
      ]
    }
    if (fault.kind !== 'suspend') return []
    return [
      setTimeout(() => network.signal(fault.node, 'SIGSTOP'), wallMs(atMs)),
      setTimeout(() => network.signal(fault.node, 'SIGCONT'), wallMs(atMs + fault.durationMs)),
    ]
  })
}

/** The nodes' event logs as one, in order of virtual time; ties keep the order of the plan. */
async function mergeEventLogs(plan: NetworkPlan, directory: string): Promise<string> {
  const logs = await Promise.all(
    plan.nodes.map(async ({ id }) => {
      const text = await readFile(join(directory, asNodeId(id), 'events.jsonl'), 'utf8').catch(() => '')
      return text
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => ({ atMs: Number(/"atMs":(\d+)/.exec(line)?.[1] ?? 0), line }))
    }),
  )
  const lines = logs.flat().sort((a, b) => a.atMs - b.atMs)
  return lines.map(({ line }) => `${line}\n`).join('')
}
