// What befalls links between nodes: partitions, and links that lose, repeat and delay.
import { asNodeId, assertNever } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultOf, ResolvedFault } from './fault-context.ts'

export type NetworkFault = FaultOf<'partition' | 'link'>

export function checkNetworkFault(fault: NetworkFault, { scenario, path, findings }: FaultCheck): void {
  const nodes = allNodeNames(scenarioNodes(scenario))
  for (const side of ['from', 'to'] as const)
    fault[side].forEach((node, index) => findings.reference([...path, side, index], 'node', node, nodes))
  if (fault.kind === 'partition') {
    const both = fault.from.filter((node) => fault.to.includes(node))
    if (both.length > 0)
      findings.add('E_CYCLE', path, 'a node is on both sides of the partition', {
        got: both.join(', '),
        allowed: 'each node in from or in to',
      })
  }
}

export function resolveNetworkFault(fault: NetworkFault): ResolvedFault {
  switch (fault.kind) {
    case 'partition':
      return [
        {
          kind: 'partition',
          from: fault.from.map(asNodeId),
          to: fault.to.map(asNodeId),
          symmetric: fault.symmetric,
          durationMs: fault.forSeconds * 1_000,
        },
      ]
    case 'link':
      return [
        {
          kind: 'link',
          from: fault.from.map(asNodeId),
          to: fault.to.map(asNodeId),
          loss: fault.loss,
          duplicate: fault.duplicate,
          delayMs: fault.delayMs,
          jitterMs: fault.jitterMs,
          durationMs: fault.forSeconds * 1_000,
        },
      ]
    default:
      return assertNever(fault)
  }
}
