// Shocks to operators: while one stands still, nobody whom it serves pays. A shock of x to a sequencer is a shock of x to the contracts on
// all its chains.
import type { ExposureNetwork } from '@solvent/contagion'
import type { StressModel } from './stress-request.ts'

/** What a shock to a node is a share of; the other models shock amounts of cash and prices, which no operator has. */
const SHARE_OF: Partial<Record<StressModel, (node: ExposureNetwork['nodes'][number]) => number>> = {
  debtrank: () => 1,
  'debtrank-single': () => 1,
  threshold: () => 1,
  neva: ({ externalAssets }) => externalAssets,
}

/** The shocks with those to operators put on the nodes that wait for them, the largest where several meet. */
export function withoutOperators(
  { nodes, operators = [], dependences = [] }: ExposureNetwork,
  model: StressModel,
  shocks: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const named = new Set(operators.map(({ id }) => id))
  const size = SHARE_OF[model]
  if (size === undefined || ![...shocks.keys()].some((id) => named.has(id))) return shocks
  const waitingOn = new Map<string, string[]>()
  for (const { node, on } of dependences) waitingOn.set(on, [...(waitingOn.get(on) ?? []), node])
  const resolved = new Map([...shocks].filter(([id]) => !named.has(id)))
  for (const [operator, level] of shocks) {
    if (!named.has(operator)) continue
    const struck = reached(waitingOn, operator)
    for (const node of nodes)
      if (struck.has(node.id)) resolved.set(node.id, Math.max(resolved.get(node.id) ?? 0, level * size(node)))
  }
  return resolved
}

function reached(waitingOn: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const seen = new Set<string>([from])
  const open = [from]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const node of waitingOn.get(next) ?? [])
      if (!seen.has(node)) {
        seen.add(node)
        open.push(node)
      }
  return seen
}
