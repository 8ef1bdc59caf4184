// What befalls links between nodes: partitions, and links that lose, repeat and delay.
import { asNodeId } from '@solvent/primitives'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily } from './fault-context.ts'

interface Sides {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

export const networkFaults: FaultFamily<'partition' | 'link'> = {
  partition: {
    check(fault, check) {
      checkSides(fault, check)
      const both = fault.from.filter((node) => fault.to.includes(node))
      if (both.length > 0)
        check.findings.add('E_CYCLE', check.path, 'a node is on both sides of the partition', {
          got: both.join(', '),
          allowed: 'each node in from or in to',
        })
    },
    resolve: ({ symmetric, forSeconds, ...sides }) => [
      { kind: 'partition', ...nodesOf(sides), symmetric, durationMs: forSeconds * 1_000 },
    ],
  },
  link: {
    check: checkSides,
    resolve: ({ loss, duplicate, delayMs, jitterMs, forSeconds, ...sides }) => [
      {
        kind: 'link',
        ...nodesOf(sides),
        loss,
        duplicate,
        delayMs,
        jitterMs,
        durationMs: forSeconds * 1_000,
      },
    ],
  },
}

function checkSides(fault: Sides, { scenario, path, findings }: FaultCheck): void {
  const nodes = allNodeNames(scenarioNodes(scenario))
  for (const side of ['from', 'to'] as const)
    fault[side].forEach((node, index) => findings.reference([...path, side, index], 'node', node, nodes))
}

function nodesOf({ from, to }: Sides) {
  return { from: from.map(asNodeId), to: to.map(asNodeId) }
}
