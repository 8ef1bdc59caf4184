// What befalls nodes: crash, suspension, a wrong clock.
import { asNodeId, assertNever } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultOf, ResolvedFault } from './fault-context.ts'

export type NodeFault = FaultOf<'crash' | 'suspend' | 'clock-skew'>

export function checkNodeFault(fault: NodeFault, { scenario, path, findings }: FaultCheck): void {
  findings.reference([...path, 'node'], 'node', fault.node, allNodeNames(scenarioNodes(scenario)))
}

export function resolveNodeFault(fault: NodeFault): ResolvedFault {
  switch (fault.kind) {
    case 'crash':
      return [
        {
          kind: 'crash',
          node: asNodeId(fault.node),
          disk: fault.disk,
          restartAfterMs: fault.restartAfterSeconds === null ? null : fault.restartAfterSeconds * 1_000,
        },
      ]
    case 'suspend':
      return [{ kind: 'suspend', node: asNodeId(fault.node), durationMs: fault.forSeconds * 1_000 }]
    case 'clock-skew':
      return [{ kind: 'clock-skew', node: asNodeId(fault.node), skewMs: fault.skewMs }]
    default:
      return assertNever(fault)
  }
}
