// What options must hold before anything is built on them.
import type { Vocabulary } from '@solvent/ports'
import { type NodeId, nearestName, SolventError } from '@solvent/primitives'
import type { Fault, ScheduledFault } from '@solvent/protocol'
import { MOST_NODES } from './gossip-layer.ts'
import type {
  GossipOptions,
  LinkOptions,
  LocalDelays,
  SimulationOptions,
  SnapshotOptions,
} from './options.ts'

const MOST_OFFERS = 100

/**
 * Checks nodes and faults.
 *
 * @throws E_NODE when two nodes share a name, a fault names a node that is not there, or a fault needs injections
 *   that are not given; E_RANGE for probabilities and times out of range, or more than 65,536 nodes
 */
export function checkNodesAndFaults<V extends Vocabulary>(options: SimulationOptions<V>): void {
  whole('nodes', options.nodes.length, 0, MOST_NODES)
  const ids = new Set<NodeId>()
  for (const { id } of options.nodes) {
    if (ids.has(id)) {
      throw new SolventError({
        code: 'E_NODE',
        message: 'Two nodes have the same name.',
        details: { node: id },
      })
    }
    ids.add(id)
  }
  for (const item of options.faults ?? []) checkFault(item, ids, options.injections !== undefined)
}

/** @throws E_RANGE for numbers that are not of their kind */
export function checkNumbers(
  links: LinkOptions,
  gossip: GossipOptions,
  delays: LocalDelays,
  snapshots: SnapshotOptions,
): void {
  whole('links.minLatencyMs', links.minLatencyMs, 0)
  if (!(links.meanLatencyMs >= links.minLatencyMs && links.meanLatencyMs < Number.POSITIVE_INFINITY)) {
    throw outOfRange('links.meanLatencyMs', links.meanLatencyMs, 'minLatencyMs or more')
  }
  for (const name of ['loss', 'duplicate', 'reorder'] as const) probability(`links.${name}`, links[name])
  whole('gossip.degree', gossip.degree, 1)
  whole('gossip.heartbeatMs', gossip.heartbeatMs, 1)
  whole('gossip.offers', gossip.offers, 0, MOST_OFFERS)
  for (const name of ['storeMs', 'executionMs', 'doorMs'] as const) whole(`delays.${name}`, delays[name], 0)
  whole('snapshots.everyMs', snapshots.everyMs, 1)
}

function checkFault(
  { label, fault, atMs }: ScheduledFault,
  ids: ReadonlySet<NodeId>,
  canInject: boolean,
): void {
  whole(`${label}: atMs`, atMs, 0)
  for (const node of nodesOf(fault)) {
    if (ids.has(node)) continue
    const nearest = nearestName(node, [...ids])
    throw new SolventError({
      code: 'E_NODE',
      message: 'A fault names a node that is not there.',
      details: { fault: label, node },
      ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
    })
  }
  if ((fault.kind === 'control' || fault.kind === 'source-report') && !canInject) {
    throw new SolventError({
      code: 'E_NODE',
      message: 'A fault comes as a message, and nothing says how such a message looks.',
      details: { fault: label, kind: fault.kind },
      hint: 'Give `injections`.',
    })
  }
  if (fault.kind === 'link') {
    probability(`${label}: loss`, fault.loss)
    probability(`${label}: duplicate`, fault.duplicate)
    probability(`${label}: corrupt`, fault.corrupt ?? 0)
    probability(`${label}: tail`, fault.tail?.share ?? 0)
    whole(`${label}: delayMs`, fault.delayMs, 0)
    whole(`${label}: jitterMs`, fault.jitterMs, 0)
  }
  if ('durationMs' in fault) whole(`${label}: durationMs`, fault.durationMs, 0)
}

function nodesOf(fault: Fault): readonly NodeId[] {
  switch (fault.kind) {
    case 'partition':
    case 'link':
    case 'reset':
    case 'refused':
      return [...fault.from, ...fault.to]
    case 'eclipse':
      return [fault.node, ...(fault.keeps ?? [])]
    case 'control':
    case 'source-report':
      return [fault.to]
    default:
      return [fault.node]
  }
}

function probability(what: string, got: number): void {
  if (!(got >= 0 && got <= 1)) throw outOfRange(what, got, 'a probability, 0 to 1')
}

function whole(what: string, got: number, least: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isInteger(got) && got >= least && got <= most)) {
    throw outOfRange(what, got, `a whole number from ${least} to ${most}`)
  }
}

function outOfRange(what: string, got: number, allowed: string): SolventError {
  return new SolventError({
    code: 'E_RANGE',
    message: 'An option of the simulation is out of range.',
    details: { option: what, got, allowed },
  })
}
