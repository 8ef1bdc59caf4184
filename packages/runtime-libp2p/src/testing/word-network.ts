// Runtimes with the test vocabulary on loopback: many nodes in one process, each with its own directory.
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionEngine, Node, Ports } from '@solvent/ports'
import { createSeededRng } from '@solvent/ports/testing'
import { asNodeId, type NodeId } from '@solvent/primitives'
import { NodeRuntime } from '../node-runtime.ts'
import type { NodeRuntimeOptions } from '../node-runtime-options.ts'
import { type PeerEntry, peerEntryOf } from '../peer-table.ts'
import { type NetworkLimits, oneMachineLimits } from '../profile.ts'
import { type Words, wordCodec, wordDoor, wordsFit, wordTopics, wordVerifier } from './words.ts'

const SEED = 'words'

export interface WordNetworkOptions {
  readonly acceleration?: number
  readonly gossipDegree?: number
  readonly limits?: Partial<NetworkLimits>
  readonly onFatal?: (node: NodeId, error: unknown) => void
  readonly onEvent?: (node: NodeId, event: Words['event']) => void
}

export interface WordMember {
  readonly id: NodeId
  readonly create: (ports: Ports<Words>) => Node<Words>
  readonly engines?: readonly ExecutionEngine<Words>[]
}

/** A set of running runtimes. */
export class WordNetwork {
  readonly directory: string
  readonly peers: readonly PeerEntry[]
  readonly #options: WordNetworkOptions
  readonly #members: readonly WordMember[]
  readonly #startedAtWallMs = Date.now()
  readonly #runtimes = new Map<NodeId, NodeRuntime<Words>>()

  private constructor(
    directory: string,
    peers: readonly PeerEntry[],
    members: readonly WordMember[],
    options: WordNetworkOptions,
  ) {
    this.directory = directory
    this.peers = peers
    this.#members = members
    this.#options = options
  }

  /** Starts all members and waits until their meshes stand. */
  static async start(members: readonly WordMember[], options: WordNetworkOptions = {}): Promise<WordNetwork> {
    const directory = await mkdtemp(join(tmpdir(), 'solvent-words-'))
    const ports = await freePorts(members.length)
    const peers = await Promise.all(members.map(({ id }, i) => peerEntryOf(SEED, id, ports[i] as number)))
    const network = new WordNetwork(directory, peers, members, options)
    for (const member of members) await network.#launch(member)
    await network.ready()
    return network
  }

  runtime(id: NodeId): NodeRuntime<Words> {
    const runtime = this.#runtimes.get(id)
    if (runtime === undefined) throw new Error(`No node ${id} runs.`)
    return runtime
  }

  async ready(timeoutMs = 20_000): Promise<void> {
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.ready(timeoutMs)))
  }

  /** SIGKILL's likeness and a fresh start on the same directory and port. */
  async restart(id: NodeId): Promise<void> {
    await this.runtime(id).kill()
    await this.#launch(this.#members.find((member) => member.id === id) as WordMember)
    await this.ready()
  }

  async stop(deadlineMs = 5_000): Promise<void> {
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.stop(deadlineMs)))
    await rm(this.directory, { recursive: true, force: true })
  }

  async #launch(member: WordMember): Promise<void> {
    const runtime = await NodeRuntime.create(this.#optionsOf(member))
    this.#runtimes.set(member.id, runtime)
    await runtime.start()
  }

  #optionsOf({ id, create, engines = [] }: WordMember): NodeRuntimeOptions<Words> {
    const { acceleration = 1, gossipDegree = 6, limits, onFatal, onEvent } = this.#options
    const address = this.peers.find((peer) => peer.id === id)?.address ?? ''
    return {
      nodeId: id,
      seed: SEED,
      clock: { genesisMs: 1_000_000, startedAtWallMs: this.#startedAtWallMs, acceleration },
      listenHost: '127.0.0.1',
      listenPort: Number(address.split('/').at(-1)),
      peers: this.peers,
      topics: wordTopics,
      limits: { ...oneMachineLimits, ...limits },
      gossipDegree,
      codec: wordCodec,
      door: wordDoor,
      fits: wordsFit,
      forgerySeverity: () => 'low',
      verifier: wordVerifier,
      signer: null,
      rng: createSeededRng(`${SEED}/${id}`),
      engines,
      directory: join(this.directory, id),
      create,
      toJson: (event) => event,
      onEvent: (_atMs, event) => onEvent?.(id, event),
      onFatal: (error) => onFatal?.(id, error),
      onPenalty: ({ action, reason }, peer) =>
        onEvent?.(id, { kind: `penalty-${action}`, detail: `${peer} ${reason}` }),
    }
  }
}

/** Names `node-0` … of a network of this size. */
export function nodeNames(count: number): NodeId[] {
  return Array.from({ length: count }, (_, i) => asNodeId(`node-${String(i).padStart(2, '0')}`))
}

/** Waits until the condition holds; throws after `limitMs`, so that a test says what it missed. */
export async function eventually(what: string, holds: () => boolean, limitMs = 5_000): Promise<void> {
  const deadlineMs = Date.now() + limitMs
  while (!holds()) {
    if (Date.now() > deadlineMs) throw new Error(`Did not happen within ${limitMs} ms: ${what}`)
    await sleep(10)
  }
}

/** Distinct free TCP ports of loopback. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
