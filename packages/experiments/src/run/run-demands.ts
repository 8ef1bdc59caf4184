// Which invariants a run must have evaluated: those that its network and its traffic ask for, and those that the scenario
// says it exercises.
import { invariantIds, needsMet, type RunDemands, type RunTraffic } from '@solvent/audit'
import { hashCanonical } from '@solvent/primitives'
import { type Call, liarsNeeded, type Measure } from '@solvent/protocol'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

const MS_PER_SECOND = 1_000

/** Nodes that trade on markets of their own accord, or provide for them. */
const TRADERS: ReadonlySet<string> = new Set(['arbitrageur', 'market-maker', 'provider-crowd', 'trader'])

/** What is asked of a run, and how long it has for it. */
export interface ScenarioDemands extends RunDemands {
  readonly durationSeconds: number
  readonly shortestSlotSeconds: number
}

export function demandsOf(
  plan: NetworkPlan,
  { exercises, durationSeconds, chains }: Scenario,
): ScenarioDemands {
  return {
    met: needsMet(trafficOf(plan)),
    exercises: invariantIds.filter((id) => exercises.includes(id)),
    durationSeconds,
    shortestSlotSeconds: Math.min(...Object.values(chains).map(({ slotMs }) => slotMs)) / MS_PER_SECOND,
  }
}

/** What a plan's participants are going to send. */
export function trafficOf(plan: NetworkPlan): RunTraffic {
  const flows = plan.nodes.flatMap((node) => (node.role === 'user' ? [node.init.flow] : []))
  const countOf = ({ arrivals, orders }: (typeof flows)[number]): number =>
    orders.length + (arrivals.kind === 'count' ? arrivals.count : arrivals.perHour > 0 ? 1 : 0)
  const orders = flows.reduce((sum, flow) => sum + countOf(flow), 0)
  const auctioned = flows.reduce((sum, flow) => sum + (flow.awards.auctioneer > 0 ? countOf(flow) : 0), 0)
  const steps = plan.nodes.flatMap((node) => (node.role === 'actor' ? node.init.steps : []))
  return {
    spec: plan.spec,
    orders,
    auctioned,
    divisible: flows.reduce((sum, flow) => sum + (flow.awards.parts > 0 ? countOf(flow) : 0), 0),
    scripted: steps.length,
    trades:
      steps.filter(({ action }) => action.kind === 'call' && isMarketCall(action.call)).length +
      plan.nodes.filter(({ role }) => TRADERS.has(role)).length,
    loans: steps.filter(({ action }) => action.kind === 'call' && action.call.kind === 'borrow').length,
    exchanges: steps.filter(
      ({ action }) => action.kind === 'call' && action.call.kind === 'exchange-stablecoin',
    ).length,
    draws: steps.filter(({ action }) => action.kind === 'call' && action.call.kind === 'draw-window').length,
    rotations:
      steps.filter(({ action }) => action.kind === 'rotate-key').length +
      Object.keys(plan.scenario.accountRotations ?? {}).length,
    outages: declaredOutages(plan),
    measures: askedMeasures(plan).length,
    holds: askedMeasures(plan).filter(({ kind }) => kind === 'freeze' || kind === 'halt').length,
    crossings: orders > 0 ? scriptedCrossings(plan) + rebalancers(plan) : scriptedCrossings(plan),
  }
}

function askedMeasures({ faults }: NetworkPlan): Measure[] {
  return faults.flatMap(({ fault }) =>
    fault.kind === 'control' && fault.message.kind === 'propose-measure' ? [fault.message.measure] : [],
  )
}

function isMarketCall({ kind }: Call): boolean {
  return (
    kind === 'swap' ||
    kind === 'add-liquidity' ||
    kind === 'remove-liquidity' ||
    kind === 'mint-range' ||
    kind === 'burn-range' ||
    kind === 'mint-vault-shares' ||
    kind === 'burn-vault-shares' ||
    kind === 'place-orders'
  )
}

function declaredOutages({ faults }: NetworkPlan): number {
  return faults.filter(({ fault }) => fault.kind === 'control' && fault.message.kind === 'declare-outage')
    .length
}

function scriptedCrossings(plan: NetworkPlan): number {
  const sent = plan.nodes.flatMap((node) =>
    node.role === 'actor'
      ? node.init.steps.filter(({ action }) => action.kind === 'call' && action.call.kind === 'bridge-out')
      : [],
  )
  return sent.length + forgedCrossings(plan)
}

/** Solvers that move a wrapped asset when orders have shifted what they hold. */
function rebalancers({ nodes, spec }: NetworkPlan): number {
  if (!spec.bridges.some(({ routes }) => routes.length > 0)) return 0
  return nodes.filter((node) => node.role === 'solver' && node.init.rebalance !== null).length
}

/** Messages that enough verifiers are made to believe. */
function forgedCrossings({ faults, spec }: NetworkPlan): number {
  const believers = new Map<string, number>()
  const forged = new Set<string>()
  for (const { fault } of faults) {
    if (fault.kind !== 'source-report') continue
    const digest = hashCanonical(fault.message)
    believers.set(digest, (believers.get(digest) ?? 0) + 1)
    const bridge = spec.bridges.find(({ address }) => address === fault.message.bridge)
    if (bridge !== undefined && believers.get(digest) === liarsNeeded(bridge.verification).length)
      forged.add(digest)
  }
  return forged.size
}
