// What befalls nodes: crash, suspension, a wrong clock, a bad disk.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily } from './fault-context.ts'

type NodeFaultKind =
  | 'crash'
  | 'suspend'
  | 'clock-skew'
  | 'clock-drift'
  | 'disk-stall'
  | 'disk-full'
  | 'loop-block'
  | 'version-mix'

export const nodeFaults: FaultFamily<NodeFaultKind> = {
  crash: {
    check(fault, check) {
      checkNode(fault, check)
      if (fault.heapMegabytes !== undefined && fault.restartAfterSeconds === null)
        check.findings.add(
          'E_VALUE',
          [...check.path, 'heapMegabytes'],
          'a node that stays down has no heap',
          {
            got: String(fault.heapMegabytes),
            allowed: 'only with restartAfterSeconds',
          },
        )
    },
    resolve: ({ node, disk, restartAfterSeconds, heapMegabytes }) => [
      {
        kind: 'crash',
        node: asNodeId(node),
        disk,
        restartAfterMs: msOrNull(restartAfterSeconds),
        ...(heapMegabytes === undefined ? {} : { heapMegabytes }),
      },
    ],
  },
  suspend: {
    check: checkNode,
    resolve: ({ node, forSeconds }) => [
      { kind: 'suspend', node: asNodeId(node), durationMs: Math.round(forSeconds * 1_000) },
    ],
  },
  'clock-skew': {
    check: checkNode,
    resolve: ({ node, skewMs }) => [{ kind: 'clock-skew', node: asNodeId(node), skewMs }],
  },
  'clock-drift': {
    check: checkNode,
    resolve: ({ node, ppm, forSeconds }) => [
      { kind: 'clock-drift', node: asNodeId(node), ppm, durationMs: forSeconds * 1_000 },
    ],
  },
  'disk-stall': {
    check: checkNode,
    resolve: ({ node, forSeconds }) => [
      { kind: 'disk-stall', node: asNodeId(node), durationMs: forSeconds * 1_000 },
    ],
  },
  'disk-full': {
    check: checkNode,
    resolve: ({ node, restartAfterSeconds, error }) => [
      { kind: 'disk-full', node: asNodeId(node), restartAfterMs: msOrNull(restartAfterSeconds), error },
    ],
  },
  'loop-block': {
    check: checkNode,
    resolve: ({ node, forMs }) => [{ kind: 'loop-block', node: asNodeId(node), durationMs: forMs }],
  },
  'version-mix': {
    check: checkNode,
    resolve: ({ node, lacks, atSeconds, forSeconds }, { scenario }) => [
      {
        kind: 'control',
        to: asNodeId(node),
        message: {
          kind: 'misbehave',
          misconduct: {
            conduct: 'lack-types',
            types: lacks,
            untilMs: Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds),
          },
        },
      },
    ],
  },
}

function msOrNull(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000
}

function checkNode({ node }: { readonly node: string }, { scenario, path, findings }: FaultCheck): void {
  findings.reference([...path, 'node'], 'node', node, allNodeNames(scenarioNodes(scenario)))
}
