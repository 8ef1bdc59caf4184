// The simulator: nodes on ports on the kernel. One thread, one order of events, the same bits every time.
import {
  createKernel,
  createTraceDigest,
  type Kernel,
  type StopReason,
  type TraceDigest,
} from '@solvent/kernel'
import type { Node, ReplyToken, Vocabulary } from '@solvent/ports'
import { type Hash32, type NodeId, SolventError, ZERO_HASH } from '@solvent/primitives'
import { DirectLayer } from './direct-layer.ts'
import { Entrance } from './entrance.ts'
import { FaultDriver } from './fault-driver.ts'
import { GossipLayer } from './gossip-layer.ts'
import { LinkTable } from './link-table.ts'
import { checkNodesAndFaults, checkNumbers } from './option-check.ts'
import {
  defaultDelays,
  defaultGossip,
  defaultLinks,
  defaultSnapshots,
  type Injection,
  type SimulationOptions,
} from './options.ts'
import { SimHost } from './sim-host.ts'
import { PortFactory } from './sim-ports.ts'
import { type DiskFate, SimStore } from './sim-store.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { Wire } from './wire.ts'

export interface SimulationResult {
  readonly reason: StopReason
  readonly events: number
  /** Transmissions that arrived: every hop of gossip, every direct message, request and reply. */
  readonly messages: number
  readonly nowMs: number
  /** Over every event and the content of every message; the zero hash without a trace. */
  readonly traceDigest: Hash32
  /** What the nodes counted, `node/name`, in order of first use. */
  readonly counters: ReadonlyMap<string, number>
}

export interface Simulation<V extends Vocabulary> {
  /** Starts all nodes on the first call, then runs until the moment (Unix ms, inclusive) or the event limit. */
  run(untilMs: number): SimulationResult
  /**
   * Runs the action as a handler of the node: now, or when its suspension ends.
   *
   * @throws E_NODE when the node is unknown or down
   */
  act(node: NodeId, action: () => void): void
  /** As SIGKILL and a fresh start on the same disk, of which what was answered is left. @throws E_NODE when the node is unknown */
  restart(node: NodeId): void
  /** Calls `stop` on every node that is up. */
  end(): void
  /** The live node object, or null while it is down. */
  node(id: NodeId): Node<V> | null
  /** Where a node lives: for observers that look at it at every event. @throws E_NODE when no node has this name */
  place(id: NodeId): { readonly node: Node<V> | null }
  readonly nowMs: number
  /** Published messages of which copies are still under way. */
  readonly floods: number
}

/**
 * Builds a simulation; nothing runs yet.
 *
 * @throws SolventError E_NODE when two nodes share a name, a fault names a node that is not there, or a fault needs
 *   injections that are not given; E_RANGE for probabilities and times out of range, or more than 65,536 nodes
 */
export function createSimulation<V extends Vocabulary>(options: SimulationOptions<V>): Simulation<V> {
  return new VirtualNetwork(options)
}

/** What a message is taken to weigh when nobody can say. */
const NOMINAL_BYTES = 512
/** A refusal, or that nobody is there. */
const NOTICE_BYTES = 64

class VirtualNetwork<V extends Vocabulary> implements Simulation<V> {
  readonly #options: SimulationOptions<V>
  readonly #kernel: Kernel
  readonly #digest: TraceDigest | undefined
  readonly #hosts: readonly SimHost<V>[]
  readonly #byId: ReadonlyMap<NodeId, SimHost<V>>
  readonly #gossip: GossipLayer<V>
  readonly #direct: DirectLayer<V>
  readonly #ports: PortFactory<V>
  readonly #faults: FaultDriver<V>
  readonly #snapshots: SnapshotKeeper<V>
  #isStarted = false

  constructor(options: SimulationOptions<V>) {
    checkNodesAndFaults(options)
    const linkOptions = { ...defaultLinks, ...options.links }
    const gossipOptions = { ...defaultGossip, ...options.gossip }
    const delays = { ...defaultDelays, ...options.delays }
    const snapshots = { ...defaultSnapshots, ...options.snapshots }
    checkNumbers(linkOptions, gossipOptions, delays, snapshots)
    const { genesisMs, seed, observers = {}, codec, door, contentWord, faults = [] } = options
    this.#options = options
    this.#digest = options.trace === 'none' ? undefined : createTraceDigest()
    const kernel = createKernel({
      seed,
      startMs: genesisMs,
      digest: this.#digest,
      limits: { maxEvents: options.limits?.maxEvents },
      onPop: observers.onPop,
    })
    this.#kernel = kernel
    const now = () => kernel.now()
    // Bytes on the wire, bytes on the disk.
    const encoding = codec === undefined ? 'when-read' : 'when-written'
    const hosts = options.nodes.map(
      ({ id }, index) => new SimHost<V>({ index, id, store: new SimStore(encoding), now }),
    )
    this.#hosts = hosts
    this.#byId = new Map(hosts.map((host) => [host.id, host]))
    const links = new LinkTable(hosts.length)
    const streamOf = (name: string) => kernel.streams.stream(`network.${name}`)
    const wire = new Wire({
      nodes: hosts.length,
      options: linkOptions,
      links,
      now,
      streamOf: (purpose, sender) => streamOf(`${purpose}/${hosts[sender]!.id}`),
    })
    const entrance = new Entrance<V>({ now, minLatencyMs: wire.minLatencyMs, codec, door, observers })
    const sizeOf = options.sizeOf ?? (() => NOMINAL_BYTES)
    const bytesOf = (body: V['message'] | Uint8Array | undefined): number => {
      if (body === undefined) return NOTICE_BYTES
      return body instanceof Uint8Array ? body.length : sizeOf(body)
    }
    const shared = { kernel, wire, hosts, bytesOf, doorMs: delays.doorMs }
    this.#gossip = new GossipLayer<V>({
      ...shared,
      links,
      options: gossipOptions,
      streamOf,
      deliver: (flood, from, to) => entrance.gossip(flood, from, to),
    })
    this.#direct = new DirectLayer<V>({ ...shared, entrance, indexOf: (id) => this.#byId.get(id)?.index })
    const { gossip, direct } = { gossip: this.#gossip, direct: this.#direct }
    this.#ports = new PortFactory<V>({
      kernel,
      delays,
      observers,
      transport: { now, gossip, direct, entrance, codec, digest: this.#digest, contentWord, observers },
    })
    this.#faults = new FaultDriver<V>({
      kernel,
      genesisMs,
      links,
      neighbours: gossipOptions.degree,
      streamOf,
      nodes: () => hosts.map(({ id }) => id),
      hostOf: (id) => this.#host(id),
      kill: (host, disk) => this.#kill(host, disk),
      restart: (host) => this.#begin(host),
      inject: (fault) => this.#inject(fault),
      onPhase: (label, phase) => observers.onFault?.(kernel.now(), label, phase),
      onGarbage: (node, from) =>
        observers.onRefusal?.(kernel.now(), node, from, 'reject', 'non-canonical', 'gossip'),
    })
    this.#snapshots = new SnapshotKeeper<V>({
      kernel,
      genesisMs,
      faults,
      options: snapshots,
      storeMs: delays.storeMs,
    })
  }

  get nowMs(): number {
    return this.#kernel.now()
  }

  get floods(): number {
    return this.#gossip.floods
  }

  run(untilMs: number): SimulationResult {
    if (!this.#isStarted) {
      this.#isStarted = true
      this.#faults.schedule(this.#options.faults ?? [])
      for (const host of this.#hosts) this.#begin(host)
    }
    const { reason, nowMs } = this.#kernel.run({ untilMs })
    return {
      reason,
      events: this.#kernel.events,
      messages: this.#gossip.transmissions + this.#direct.transmissions,
      nowMs,
      traceDigest: this.#digest?.hex() ?? ZERO_HASH,
      counters: this.#ports.counters,
    }
  }

  act(node: NodeId, action: () => void): void {
    const host = this.#host(node)
    if (!host.isUp)
      throw new SolventError({ code: 'E_NODE', message: 'The node is down.', details: { node } })
    host.whenAwake(() => {
      if (host.isUp) action()
    })
  }

  restart(node: NodeId): void {
    const host = this.#host(node)
    this.#kill(host, 'unsynced-lost')
    this.#begin(host)
  }

  end(): void {
    for (const host of this.#hosts) host.end()
  }

  node(id: NodeId): Node<V> | null {
    return this.#byId.get(id)?.node ?? null
  }

  place(id: NodeId): { readonly node: Node<V> | null } {
    return this.#host(id)
  }

  #host(id: NodeId): SimHost<V> {
    const host = this.#byId.get(id)
    if (host === undefined) {
      throw new SolventError({ code: 'E_NODE', message: 'No node has this name.', details: { node: id } })
    }
    return host
  }

  #begin(host: SimHost<V>): void {
    const node = this.#options.nodes[host.index]!
    host.begin(() => node.create(this.#ports.portsOf(host, node)))
    this.#snapshots.begin(host)
  }

  #kill(host: SimHost<V>, disk: DiskFate): void {
    host.kill()
    host.store.crash(disk)
    this.#gossip.leave(host.index)
  }

  #inject(fault: Injection): void {
    const injections = this.#options.injections!
    const host = this.#host(fault.to)
    host.whenAwake(() => {
      if (fault.kind === 'source-report') {
        host.message({ via: 'direct', from: fault.from, message: injections.sourceReport(fault) })
      } else {
        const message = injections.control(fault.message)
        host.message({ via: 'request', from: injections.operator, message, replyTo: NOBODY })
      }
    })
  }
}

/** Replies to an injected request go nowhere. */
const NOBODY = { isUsed: true } as unknown as ReplyToken
