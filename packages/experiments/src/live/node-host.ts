// One node of a live network as a host: everything it is made of, assembled from the plan and the network file,
// with its part of the audit. A process holds one of them, or one process holds all.
import { join } from 'node:path'
import { createStreams } from '@solvent/kernel'
import { asNodeId, SolventError } from '@solvent/primitives'
import {
  createDoor,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  decodeMessage,
  encodeMessage,
  privateKeyOf,
} from '@solvent/protocol'
import { createHost, type Host, type Pace, peerEntryOf } from '@solvent/runtime-libp2p'
import { OPERATOR } from '../assembly/assemble-spec.ts'
import { corruptibleFactory, enginesOf } from '../assembly/create-node.ts'
import type { NetworkPlan, PlannedNode } from '../assembly/network-plan.ts'
import type { NetworkFile } from './network-file.ts'
import { NodeAudit } from './node-audit.ts'

export interface NodeHostOptions {
  readonly plan: NetworkPlan
  readonly network: NetworkFile
  /** Of the network. */
  readonly directory: string
  readonly node: string
  /** How virtual time began; null while it stands at genesis. */
  readonly begun: Pace | null
  readonly onFatal: (error: unknown) => void
  readonly onShutdown: () => void
}

const STOP_DEADLINE_MS = 3_000

/** A host that leaves its findings beside its logs when it stops. */
export class NodeHost {
  readonly #host: Host
  readonly #audit: NodeAudit
  readonly #directory: string
  #stopping: Promise<void> | null = null

  private constructor(host: Host, audit: NodeAudit, directory: string) {
    this.#host = host
    this.#audit = audit
    this.#directory = directory
  }

  /** @throws SolventError E_NODE when the plan or the network file has no such node */
  static async create(options: NodeHostOptions): Promise<NodeHost> {
    const audit = new NodeAudit(options.plan, asNodeId(options.node))
    return new NodeHost(await hostOf(options, audit), audit, join(options.directory, options.node))
  }

  /** Listens and connects; resolves when the node is part of every mesh. */
  async start(readyTimeoutMs: number): Promise<void> {
    await this.#host.start()
    await this.#host.ready(readyTimeoutMs)
  }

  /** Lets virtual time run from this moment of the wall on. */
  begin(startedAtWallMs: number): void {
    this.#host.begin(startedAtWallMs)
  }

  /** Lets it go on faster or slower from this moment of the wall on. */
  pace(pace: Pace, fromWallMs: number): void {
    this.#host.pace(pace, fromWallMs)
  }

  /** How late the node's timers came at most since the last call, virtual ms. */
  takeLagMs(): number {
    return this.#host.takeLagMs()
  }

  /** The process stood still on purpose. */
  forgiveLag(): void {
    this.#host.forgiveLag()
  }

  /** Bounded; a second call waits for the first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    const messages = this.#host.metrics().get('messages.received') ?? 0
    await this.#host.stop(STOP_DEADLINE_MS)
    await this.#audit.save(this.#directory, messages)
  }
}

async function hostOf(options: NodeHostOptions, audit: NodeAudit): Promise<Host> {
  const { plan, network, directory, begun } = options
  const nodeId = asNodeId(options.node)
  const node = plan.nodes.find(({ id }) => id === nodeId)
  const entry = network.nodes.find(({ id }) => id === nodeId)
  if (node === undefined || entry === undefined) {
    throw new SolventError({
      code: 'E_NODE',
      message: 'The network has no such node.',
      details: { node: options.node },
    })
  }
  const signer = createSecp256k1Signer(privateKeyOf(plan.seed, nodeId))
  const verifier = createSecp256k1Verifier()
  const streams = createStreams(plan.seed)
  const { networkId } = plan.spec
  const peers = await Promise.all([
    ...network.nodes.map(({ id, port }) => peerEntryOf(plan.seed, asNodeId(id), port)),
    peerEntryOf(plan.seed, OPERATOR, null),
  ])
  return await createHost({
    nodeId,
    seed: plan.seed,
    spec: plan.spec,
    clock: {
      genesisMs: plan.spec.genesisMs,
      ...(begun ?? { startedAtWallMs: null, acceleration: network.acceleration }),
    },
    listenPort: entry.port,
    peers,
    door: createDoor({ spec: plan.spec, verifier }),
    codec: {
      encode: (message) => encodeMessage(networkId, message),
      decode: (bytes) => decodeMessage(networkId, bytes),
    },
    signer,
    rng: { stream: (stream) => streams.stream(`${nodeId}/${stream}`) },
    engines: enginesOf(plan, node, { signer, verifier }),
    directory: join(directory, entry.directory),
    create: corruptibleFactory(plan, withHistory(node, network.acceleration)),
    role: node.role,
    faults: plan.faults,
    onEvent: (atMs, event) => audit.observe(atMs, event),
    onPop: (dueMs, sequence) => audit.pop(dueMs, sequence),
    onFatal: options.onFatal,
    onShutdown: options.onShutdown,
  })
}

/** Wall time between two moments of the past that a watcher keeps for who looks on late, at first. */
const HISTORY_WALL_MS = 1_000

/** Live networks have people who look on; in virtual time nobody comes late. */
function withHistory(node: PlannedNode, acceleration: number): PlannedNode {
  if (node.role !== 'watcher') return node
  return { ...node, init: { ...node.init, history: { everyMs: Math.ceil(HISTORY_WALL_MS * acceleration) } } }
}
