// The faults of a schedule that only a launcher can do to a process: kill it, start it again, stop it, let it go on.
// The nodes apply all others to themselves.
import type { DomainEvent, Fault } from '@solvent/protocol'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import type { LiveNetwork } from './live-network.ts'

export interface ProcessFaultsOptions {
  readonly plan: NetworkPlan
  readonly network: Pick<LiveNetwork, 'startedAtWallMs' | 'kill' | 'restart' | 'signal'>
  readonly acceleration: number
  /** Something was done, at this virtual time. */
  readonly onEvent: (atMs: number, event: DomainEvent) => void
  /** A node could not be started again. */
  readonly onFailure: (node: string, error: unknown) => void
}

/** Plans them all; the returned function takes back what has not happened yet. */
export function scheduleProcessFaults(options: ProcessFaultsOptions): () => void {
  const { plan, network, acceleration } = options
  const timers = plan.faults
    .flatMap(({ atMs, fault }) =>
      stepsOf(options, fault).map((step) => ({ ...step, atMs, kind: fault.kind })),
    )
    .map(({ atMs, afterMs, kind, node, phase, act }) => {
      const dueMs = atMs + afterMs
      const waitMs = network.startedAtWallMs + dueMs / acceleration - Date.now()
      return setTimeout(
        () => {
          act()
          options.onEvent(plan.spec.genesisMs + dueMs, { kind: 'fault', fault: kind, target: node, phase })
        },
        Math.max(0, waitMs),
      )
    })
  return () => {
    for (const timer of timers) clearTimeout(timer)
  }
}

interface Step {
  readonly afterMs: number
  readonly node: string
  readonly phase: 'begin' | 'end'
  readonly act: () => void
}

function stepsOf({ network, onFailure }: ProcessFaultsOptions, fault: Fault): Step[] {
  if (fault.kind === 'crash') {
    const { node, restartAfterMs } = fault
    // What a process wrote and the disk had not yet taken survives a kill: only a machine's end loses it.
    const disk = fault.disk === 'lost' ? 'lost' : 'kept'
    const restart = () => {
      network.restart(node, disk).catch((error: unknown) => onFailure(node, error))
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
      network.restart(node, 'kept').catch((error: unknown) => onFailure(node, error))
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
