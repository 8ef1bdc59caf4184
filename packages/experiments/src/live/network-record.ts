// What a launcher writes down of its network for the processes and terminals that look for it: one write after the other,
// each of which replaces the file as a whole.
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { writeNetworkFile } from './network-file.ts'
import type { NetworkPace } from './network-pace.ts'
import type { NodeChild } from './node-child.ts'
import { PLAN_FILE } from './plan-file.ts'

export interface NetworkRecordOptions {
  readonly plan: NetworkPlan
  readonly directory: string
  readonly pace: NetworkPace
  /** In the order of the plan. */
  readonly ports: readonly number[]
  readonly children: ReadonlyMap<string, NodeChild>
}

export class NetworkRecord {
  readonly #options: NetworkRecordOptions
  #saving: Promise<void> = Promise.resolve()

  constructor(options: NetworkRecordOptions) {
    this.#options = options
  }

  /** Writes what holds when its turn has come. */
  save(): Promise<void> {
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#write())
    return this.#saving
  }

  #write(): Promise<void> {
    const { plan, pace, directory, ports, children } = this.#options
    return writeNetworkFile(directory, {
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
        pid: children.get(id)?.pid ?? null,
        directory: id,
      })),
    })
  }
}
