// A network whose nodes are all hosts of this process: the same sockets, gossip and files as with a process each, for a
// fraction of the memory. What only a process can suffer (kill, stop) it cannot.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { describeNetwork } from './describe-network.ts'
import { freePorts } from './free-ports.ts'
import { type NetworkFile, writeNetworkFile } from './network-file.ts'
import { NetworkPace } from './network-pace.ts'
import { NodeHost } from './node-host.ts'
import { writePlan } from './plan-file.ts'
import type { LostNode, RunningNetwork } from './running-network.ts'

export interface OneProcessOptions {
  readonly plan: NetworkPlan
  /** For plan, network file, logs and stores; created, must be empty of a running network. */
  readonly directory: string
  /** Virtual seconds a second; less while the machine cannot keep up. */
  readonly acceleration: number
  readonly onSlower?: (acceleration: number) => void
  /** A node's handler threw: the node is gone, the others go on. */
  readonly onLost?: (lost: LostNode) => void
}

/** What only a process can suffer. */
const OF_PROCESSES: readonly string[] = ['crash', 'suspend', 'disk-full']
const READY_TIMEOUT_MS = 60_000

/** All nodes of a plan in this process. */
export class OneProcessNetwork implements RunningNetwork {
  readonly pace: NetworkPace
  readonly #hosts: readonly NodeHost[]

  private constructor(hosts: readonly NodeHost[], pace: NetworkPace) {
    this.#hosts = hosts
    this.pace = pace
  }

  /**
   * Starts all nodes and lets virtual time begin.
   *
   * @throws SolventError E_LAUNCH when the plan crashes or suspends nodes; what a host throws that cannot start
   */
  static async launch(options: OneProcessOptions): Promise<OneProcessNetwork> {
    const { plan, directory } = options
    refuseProcessFaults(plan)
    for (const { id } of plan.nodes) await mkdir(join(directory, id), { recursive: true, mode: 0o700 })
    await writePlan(directory, plan)
    const hosts: NodeHost[] = []
    const ports = await freePorts(plan.nodes.length)
    const described = () => describeNetwork({ plan, pace, ports, pidOf: () => null })
    const save = () => writeNetworkFile(directory, described())
    const pace: NetworkPace = new NetworkPace({
      plan,
      asked: options.acceleration,
      takeLagMs: () => Math.max(...hosts.map((host) => host.takeLagMs())),
      tell: (next, fromWallMs) => {
        for (const host of hosts) host.pace(next, fromWallMs)
        save().catch(() => undefined)
      },
      onSlower: options.onSlower,
    })
    await save()
    const network = described()
    try {
      for (const { id } of plan.nodes) hosts.push(await hostOf(options, network, id))
      await Promise.all(hosts.map((host) => host.start(READY_TIMEOUT_MS)))
      const { startedAtWallMs } = pace.begin(Date.now())
      for (const host of hosts) host.begin(startedAtWallMs)
      await save()
      return new OneProcessNetwork(hosts, pace)
    } catch (error) {
      pace.stop()
      await Promise.allSettled(hosts.map((host) => host.stop()))
      throw error
    }
  }

  async end(): Promise<void> {
    this.pace.stop()
    await Promise.all(this.#hosts.map((host) => host.stop()))
  }
}

async function hostOf(options: OneProcessOptions, network: NetworkFile, node: string): Promise<NodeHost> {
  const { plan, directory } = options
  const lose = (error: unknown) =>
    options.onLost?.({
      node,
      how: error instanceof Error ? error.message : String(error),
      lastWords: error instanceof Error ? (error.stack ?? '') : '',
    })
  const host: NodeHost = await NodeHost.create({
    plan,
    network,
    directory,
    node,
    begun: null,
    onFatal: (error) => {
      lose(error)
      host.stop().catch(lose)
    },
    onShutdown: () => host.stop().catch(lose),
  })
  return host
}

function refuseProcessFaults({ faults }: NetworkPlan): void {
  const found = faults.find(({ fault }) => OF_PROCESSES.includes(fault.kind))
  if (found === undefined) return
  throw new SolventError({
    code: 'E_LAUNCH',
    message: 'Nodes in one process cannot be crashed or suspended, and their disks not be full.',
    details: { fault: found.label, atMs: found.atMs },
    hint: 'Give each node a process of its own.',
  })
}
