// What befalls links between nodes: partitions, links that lose, repeat, spoil and delay, jams, and connections that break.
import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { DelayedFault, FaultCheck, FaultFamily, FaultOf, FaultResolution } from './fault-context.ts'
import type { ScenarioFault } from './fault-schema.ts'

interface Sides {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

type LinkFault = Extract<Fault, { kind: 'link' }>

const NO_TROUBLE = { loss: 0, duplicate: 0, delayMs: 0, jitterMs: 0 }
/** How much later than the mean latency what comes out of order is (settlement.md §9: jitter ≥ 3 × delay). */
const REORDER_FACTOR = 3

type NetworkFaultKind =
  | 'partition'
  | 'link'
  | 'spike'
  | 'clog'
  | 'slow-peer'
  | 'reset'
  | 'refused'
  | 'eclipse'
  | 'strangers'

export const networkFaults: FaultFamily<NetworkFaultKind> = {
  partition: {
    check: checkPartition,
    resolve({ symmetric, forSeconds, mode, delayMs, ...fault }, resolution) {
      const span = { ...nodesOf(partitioned(fault, resolution)), symmetric, durationMs: forSeconds * 1_000 }
      if (mode === 'stopped') return [{ kind: 'partition', ...span }]
      const trouble = mode === 'slowed' ? { delayMs } : { jam: 'until-end' as const }
      return [{ kind: 'link', ...span, ...NO_TROUBLE, ...trouble }]
    },
  },
  link: {
    check: checkSides,
    resolve(fault, { scenario }) {
      const { loss, duplicate, corrupt, delayMs, jitterMs, symmetric, reorder, tailShare, tailMs } = fault
      const span = { ...nodesOf(fault), symmetric, durationMs: fault.forSeconds * 1_000 }
      const plain: LinkFault = { kind: 'link', ...span, loss, duplicate, delayMs, jitterMs, corrupt }
      const late = REORDER_FACTOR * scenario.simulator.links.latencyMs.mean
      const tails = [
        { share: reorder, delayMs: late },
        { share: tailShare, delayMs: tailMs },
      ].filter((tail) => tail.share > 0)
      return [plain, ...tails.map((tail): LinkFault => ({ kind: 'link', ...span, ...NO_TROUBLE, tail }))]
    },
  },
  spike: {
    check: checkSides,
    /** The least latency grows by the factor, and what is above it by twice the factor at most: the mean is factor times the mean. */
    resolve({ forSeconds, factor, ...sides }, { scenario }) {
      const { min, mean } = scenario.simulator.links.latencyMs
      const more = factor - 1
      return [
        {
          kind: 'link',
          ...nodesOf(sides),
          ...NO_TROUBLE,
          delayMs: more * min,
          jitterMs: 2 * more * (mean - min),
          durationMs: forSeconds * 1_000,
        },
      ]
    },
  },
  clog: { check: checkApart, resolve: clogged },
  'slow-peer': {
    check: checkNode,
    resolve({ node, forSeconds, bytesPerSecond }, { scenario }) {
      const others = allNodeNames(scenarioNodes(scenario)).filter((each) => each !== node)
      return [
        {
          kind: 'link',
          ...nodesOf({ from: [node], to: others }),
          ...NO_TROUBLE,
          bytesPerSecond,
          durationMs: forSeconds * 1_000,
        },
      ]
    },
  },
  reset: {
    check: checkApart,
    resolve: ({ where, ...sides }) => [
      { kind: 'reset', ...nodesOf(sides), ...(where === 'inside-frame' ? { where } : {}) },
    ],
  },
  refused: {
    check: checkApart,
    resolve: ({ forSeconds, ...sides }) => [
      { kind: 'refused', ...nodesOf(sides), durationMs: forSeconds * 1_000 },
    ],
  },
  eclipse: {
    check: checkEclipse,
    resolve({ node, forSeconds, outbound }, { scenario, stream }) {
      const eclipse = { kind: 'eclipse', node: asNodeId(node), durationMs: forSeconds * 1_000 } as const
      if (outbound === undefined) return [eclipse]
      const others = allNodeNames(scenarioNodes(scenario)).filter((each) => each !== node)
      return [{ ...eclipse, keeps: stream('outbound').shuffle(others).slice(0, outbound).map(asNodeId) }]
    },
  },
  strangers: {
    check: checkNode,
    resolve: ({ node, forSeconds, connections, manner }) => [
      { kind: 'strangers', node: asNodeId(node), connections, manner, durationMs: forSeconds * 1_000 },
    ],
  },
}

/** Links jam one after the other in the first half, and are released in another order in the second. */
function clogged(
  { forSeconds, ...sides }: Extract<ScenarioFault, { kind: 'clog' }>,
  { stream }: FaultResolution,
): DelayedFault[] {
  const halfMs = forSeconds * 500
  const links = sides.from.flatMap((from) => sides.to.map((to) => ({ from: [from], to: [to] })))
  const order = stream('clog')
  const ends = order.shuffle(links.map((_, index) => index))
  return links.map((link, index) => {
    const afterMs = Math.floor((halfMs * index) / links.length)
    const endMs = halfMs + Math.ceil((halfMs * (ends[index]! + 1)) / links.length)
    const fault: Fault = {
      kind: 'link',
      ...nodesOf(link),
      ...NO_TROUBLE,
      jam: 'until-end',
      durationMs: endMs - afterMs,
    }
    return { afterMs, fault }
  })
}

type Partition = Pick<FaultOf<'partition'>, 'from' | 'to' | 'size'>

function checkPartition(fault: FaultOf<'partition'>, check: FaultCheck): void {
  const { from, to, size, kind } = fault
  const { path, findings, scenario } = check
  if (size === undefined && from !== undefined && to !== undefined)
    return checkApart({ from, to, kind }, check)
  if (size === undefined || from !== undefined || to !== undefined)
    return findings.add(
      'E_VALUE',
      path,
      'a partition is between two lists of nodes, or of a number of nodes that the seed draws',
      {
        got: Object.entries({ from, to, size })
          .flatMap(([key, value]) => (value === undefined ? [] : [key]))
          .join(', '),
        allowed: 'from and to, or size',
      },
    )
  const nodes = allNodeNames(scenarioNodes(scenario)).length
  if (size >= nodes)
    findings.add('E_RANGE', [...path, 'size'], 'nobody is left on the other side', {
      got: String(size),
      allowed: `1 to ${nodes - 1}`,
    })
}

/** The sides as they are named, or as the seed draws them: every choice of members is as likely. */
function partitioned({ from = [], to = [], size }: Partition, { scenario, stream }: FaultResolution): Sides {
  if (size === undefined) return { from, to }
  const shuffled = stream('members').shuffle(allNodeNames(scenarioNodes(scenario)))
  return { from: shuffled.slice(0, size), to: shuffled.slice(size) }
}

function checkNode({ node }: { readonly node: string }, { scenario, path, findings }: FaultCheck): void {
  findings.reference([...path, 'node'], 'node', node, allNodeNames(scenarioNodes(scenario)))
}

function checkEclipse({ node, outbound }: FaultOf<'eclipse'>, check: FaultCheck): void {
  checkNode({ node }, check)
  const others = allNodeNames(scenarioNodes(check.scenario)).length - 1
  if (outbound !== undefined && outbound > others)
    check.findings.add('E_RANGE', [...check.path, 'outbound'], 'there are not so many other nodes', {
      got: String(outbound),
      allowed: `0 to ${others}`,
    })
}

function checkSides(fault: Sides, { scenario, path, findings }: FaultCheck): void {
  const nodes = allNodeNames(scenarioNodes(scenario))
  for (const side of ['from', 'to'] as const)
    fault[side].forEach((node, index) => findings.reference([...path, side, index], 'node', node, nodes))
}

function checkApart(fault: Sides & { readonly kind: string }, check: FaultCheck): void {
  checkSides(fault, check)
  const both = fault.from.filter((node) => fault.to.includes(node))
  if (both.length > 0)
    check.findings.add('E_CYCLE', check.path, `a node is on both sides of the ${fault.kind}`, {
      got: both.join(', '),
      allowed: 'each node in from or in to',
    })
}

function nodesOf({ from, to }: Sides) {
  return { from: from.map(asNodeId), to: to.map(asNodeId) }
}
