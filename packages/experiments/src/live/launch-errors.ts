// Why a network does not start, or a node not again.
import { SolventError } from '@solvent/primitives'
import type { NodeChild } from './node-child.ts'

export function didNotStart({ id, logFile }: NodeChild, why: string): SolventError {
  return new SolventError({
    code: 'E_LAUNCH',
    message: `Node ${id} did not start: ${why}`,
    details: { node: id, log: logFile },
  })
}

export function notInTime(late: {
  readonly phase: string
  readonly waitedMs: number
  readonly nodes: readonly string[]
  readonly directory: string
}): SolventError {
  const { phase, waitedMs, nodes, directory } = late
  return new SolventError({
    code: 'E_LAUNCH',
    message: 'Nodes did not come up in time.',
    details: { phase, waitedMs, nodes: nodes.join(', ') },
    hint: `Their logs are in ${directory}.`,
  })
}

export function stillThere({ id, pid }: NodeChild, waitedMs: number): SolventError {
  return new SolventError({
    code: 'E_LAUNCH',
    message: 'The node was to start again, and its old process has not ended.',
    details: { node: id, process: pid ?? 'unknown', waitedMs },
  })
}
