// The faults of a schedule that only a launcher can do to a process: kill it, start it again, stop it, let it go on.
// The nodes apply all others to themselves.
import type { DomainEvent, Fault } from '@solvent/protocol'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import type { LiveNetwork } from './live-network.ts'
import type { Comeback } from './restart-request.ts'

export interface ProcessFaultsOptions {
  readonly plan: NetworkPlan
  readonly network: Pick<LiveNetwork, 'pace' | 'kill' | 'restart' | 'signal'>
  /** Something was done, at this virtual time. */
  readonly onEvent: (atMs: number, event: DomainEvent) => void
  /** A node could not be started again. */
  readonly onFailure: (node: string, error: unknown) => void
}

/** Plans them all; the returned function takes back what has not happened yet. */
export function scheduleProcessFaults(options: ProcessFaultsOptions): () => void {
  const { plan, network } = options
  const steps = plan.faults
    .flatMap(({ atMs, fault }) =>
      stepsOf(options, fault).map(({ afterMs, ...step }) => ({
        ...step,
        dueMs: atMs + afterMs,
        kind: fault.kind,
      })),
    )
    .sort((a, b) => a.dueMs - b.dueMs)
  let timer: NodeJS.Timeout | undefined
  // Time may go on faster or slower meanwhile: a long wait is looked at again and again.
  const wait = () => {
    const first = steps[0]
    if (first === undefined) return
    timer = setTimeout(act, Math.min(network.pace.wallMsUntil(first.dueMs), LONGEST_WAIT_MS))
  }
  const act = () => {
    while (steps[0] !== undefined && steps[0].dueMs <= network.pace.elapsedMs()) {
      const { dueMs, kind, node, phase, act: apply } = steps.shift()!
      apply()
      options.onEvent(plan.spec.genesisMs + dueMs, { kind: 'fault', fault: kind, target: node, phase })
    }
    wait()
  }
  wait()
  return () => clearTimeout(timer)
}

const LONGEST_WAIT_MS = 100

interface Step {
  readonly afterMs: number
  readonly node: string
  readonly phase: 'begin' | 'end'
  readonly act: () => void
}

function stepsOf({ network, onFailure }: ProcessFaultsOptions, fault: Fault): Step[] {
  if (fault.kind === 'crash') {
    const { node, restartAfterMs } = fault
    const comeback = comebackOf(fault)
    const restart = () => {
      network.restart(node, comeback).catch((error: unknown) => onFailure(node, error))
    }
    const end: Step[] =
      restartAfterMs === null ? [] : [{ afterMs: restartAfterMs, node, phase: 'end', act: restart }]
    return [{ afterMs: 0, node, phase: 'begin', act: () => network.kill(node) }, ...end]
  }
  if (fault.kind === 'disk-full') {
    const { node, restartAfterMs } = fault
    if (restartAfterMs === null) return []
    // The node ends by itself at its next write; one that wrote nothing is ended here.
    const again = () => {
      network.kill(node)
      network.restart(node, { disk: 'kept' }).catch((error: unknown) => onFailure(node, error))
    }
    return [{ afterMs: restartAfterMs, node, phase: 'end', act: again }]
  }
  if (fault.kind !== 'suspend') return []
  const { node, durationMs } = fault
  return [
    { afterMs: 0, node, phase: 'begin', act: () => network.signal(node, 'SIGSTOP') },
    { afterMs: durationMs, node, phase: 'end', act: () => network.signal(node, 'SIGCONT') },
  ]
}

/** What a process wrote and the disk had not yet taken survives a kill: only a machine's end loses it. */
export function comebackOf({ disk, heapMegabytes }: Extract<Fault, { kind: 'crash' }>): Comeback {
  const heap = heapMegabytes === undefined ? {} : { heapMegabytes }
  return { disk: disk === 'lost' ? 'lost' : 'kept', ...heap }
}
