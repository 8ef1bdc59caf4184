// What a launcher writes down of its network for the processes and terminals that look for it: one write after the other,
// each of which replaces the file as a whole.
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { describeNetwork } from './describe-network.ts'
import { writeNetworkFile } from './network-file.ts'
import type { NetworkPace } from './network-pace.ts'
import type { NodeChild } from './node-child.ts'

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
    const { directory, children, ...facts } = this.#options
    return writeNetworkFile(
      directory,
      describeNetwork({ ...facts, pidOf: (node) => children.get(node)?.pid ?? null }),
    )
  }
}
