// What a network's file says of a plan that runs.
import type { NetworkPlan } from '../assembly/network-plan.ts'
import type { NetworkFile } from './network-file.ts'
import type { NetworkPace } from './network-pace.ts'
import { PLAN_FILE } from './plan-file.ts'

export interface NetworkFacts {
  readonly plan: NetworkPlan
  readonly pace: Pick<NetworkPace, 'acceleration' | 'pace'>
  /** In the order of the plan. */
  readonly ports: readonly number[]
  /** Null of a node without a process of its own, which could be stopped or ended. */
  readonly pidOf: (node: string) => number | null
}

export function describeNetwork({ plan, pace, ports, pidOf }: NetworkFacts): NetworkFile {
  return {
    format: 'solvent-network/1',
    name: plan.name,
    seed: plan.seed,
    plan: PLAN_FILE,
    genesisMs: plan.spec.genesisMs,
    acceleration: pace.acceleration,
    startedAtWallMs: pace.pace?.startedAtWallMs ?? null,
    launcherPid: process.pid,
    nodes: plan.nodes.map(({ id, role }, index) => ({
      id,
      role,
      port: ports[index]!,
      pid: pidOf(id),
      directory: id,
    })),
  }
}
