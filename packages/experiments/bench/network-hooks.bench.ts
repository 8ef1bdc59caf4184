/**
 * What watching costs: the whole network with trace digest, a fault in force and every invariant checked, against the
 * same network with none of them. The watcher is a node of the network and counts wholly as a hook: what it receives,
 * reads and audits, and the report that it makes at the end.
 */
import { assemble, type NetworkPlan } from '@solvent/experiments'
import { asNodeId } from '@solvent/primitives'
import { simulate } from '../src/run/simulate.ts'
import { simulateBare } from './bare-network.ts'
import { networkScenario } from './network-scenario.ts'

export const name = 'network hooks: trace digest, faults and invariants on and off'

const ROUNDS = 5
const LOAD = { orders: 1_000, durationSeconds: 4_500 }
/** What the hooks may add to the time of a run. */
const GOAL = 0.25

export function run(): void {
  const { scenario, hash } = networkScenario(LOAD)
  const seconds: Record<'on' | 'off', number[]> = { on: [], off: [] }
  for (let round = -1; round < ROUNDS; round++) {
    const plan = assemble({ scenario, hash, seed: round + 2, signatures: 'stand-in' })
    const times = {
      off: timeOf(() => simulateBare(plan)),
      on: timeOf(() => simulate({ plan: withFault(plan), codec: 'objects', links: {} })),
    }
    if (round < 0) continue
    seconds.off.push(times.off)
    seconds.on.push(times.on)
  }
  const [off, on] = [median(seconds.off), median(seconds.on)]
  const cost = on / off - 1
  console.log(`medians of ${ROUNDS} rounds of ${LOAD.orders.toLocaleString('en')} orders`)
  console.table([
    { what: 'hooks off', seconds: off.toFixed(2), verdict: '' },
    {
      what: 'hooks on',
      seconds: on.toFixed(2),
      verdict: `costs ${Math.round(100 * cost)} %, goal ${100 * GOAL} % ${cost <= GOAL ? 'met' : 'missed'}`,
    },
  ])
}

/** The plan with a fault on two links, which gossip finds its way around. */
function withFault(plan: NetworkPlan): NetworkPlan {
  const [from, ...to] = ['retail', 'funds', 'desk'].map(asNodeId)
  const fault = {
    kind: 'link' as const,
    from: [from!],
    to,
    loss: 1,
    duplicate: 0,
    delayMs: 0,
    jitterMs: 0,
    durationMs: plan.durationMs,
  }
  return { ...plan, faults: [{ atMs: 0, label: 'two links lose everything', fault }] }
}

function timeOf(work: () => unknown): number {
  const begin = performance.now()
  work()
  return (performance.now() - begin) / 1_000
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((p, q) => p - q)
  return sorted[sorted.length >> 1]!
}
