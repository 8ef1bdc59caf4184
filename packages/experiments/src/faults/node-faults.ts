// What befalls nodes: crash, suspension, a wrong clock.
import { asNodeId } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily } from './fault-context.ts'

export const nodeFaults: FaultFamily<'crash' | 'suspend' | 'clock-skew'> = {
  crash: {
    check: checkNode,
    resolve: ({ node, disk, restartAfterSeconds }) => [
      {
        kind: 'crash',
        node: asNodeId(node),
        disk,
        restartAfterMs: restartAfterSeconds === null ? null : restartAfterSeconds * 1_000,
      },
    ],
  },
  suspend: {
    check: checkNode,
    resolve: ({ node, forSeconds }) => [
      { kind: 'suspend', node: asNodeId(node), durationMs: forSeconds * 1_000 },
    ],
  },
  'clock-skew': {
    check: checkNode,
    resolve: ({ node, skewMs }) => [{ kind: 'clock-skew', node: asNodeId(node), skewMs }],
  },
}

function checkNode({ node }: { readonly node: string }, { scenario, path, findings }: FaultCheck): void {
  findings.reference([...path, 'node'], 'node', node, allNodeNames(scenarioNodes(scenario)))
}
