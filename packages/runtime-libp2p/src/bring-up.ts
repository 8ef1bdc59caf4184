// Keeps a node connected to its gossip neighbours without anyone's help: dials its half, dials the other half when
// they fail to, again and again with a jittered back-off, and knows when the meshes stand.
import { setTimeout as sleep } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { type NodeId, SolventError } from '@solvent/primitives'
import type { GossipRouter } from './gossip-router.ts'
import type { GossipNeighbours } from './gossip-topology.ts'
import type { Libp2pNode } from './libp2p-node.ts'
import type { PeerTable } from './peer-table.ts'

const LOOK_EVERY_MS = 250
const READY_POLL_MS = 50
const FIRST_BACKOFF_MS = 250
const LONGEST_BACKOFF_MS = 5_000
/** The other side's half is dialled too when it has not come for this long. */
const PATIENCE_MS = 4_000
/** A connected neighbour that has told no subscription after this long has none. */
const SILENT_AFTER_MS = 2_000
/** Gossipsub's low-water mark of a mesh. */
const D_LOW = 4

interface Neighbour {
  readonly id: NodeId
  readonly peerId: string
  readonly address: string
  failures: number
  nextDialMs: number
  dialling: boolean
  connectedSinceMs: number | null
  heard: boolean
}

export interface BringUpWiring {
  readonly libp2p: Libp2pNode
  readonly gossip: Pick<GossipRouter<unknown>, 'meshSize' | 'onSubscriptionChange' | 'subscribers' | 'topics'>
  readonly peers: PeerTable
  readonly neighbours: GossipNeighbours
  readonly dialTimeoutMs: number
}

/** The gossip neighbourhood of one running node. */
export class BringUp {
  readonly #wiring: BringUpWiring
  readonly #neighbours: readonly Neighbour[]
  #timer: NodeJS.Timeout | null = null

  constructor(wiring: BringUpWiring) {
    this.#wiring = wiring
    const nowMs = Date.now()
    this.#neighbours = [
      ...wiring.neighbours.dial.flatMap((id) => this.#neighbour(id, nowMs)),
      ...wiring.neighbours.expect.flatMap((id) => this.#neighbour(id, nowMs + PATIENCE_MS)),
    ]
    wiring.gossip.onSubscriptionChange((peerId) => {
      const neighbour = this.#neighbours.find((each) => each.peerId === peerId)
      if (neighbour !== undefined) neighbour.heard = true
    })
  }

  start(): void {
    this.#look()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Names of neighbours that are not connected. */
  missing(): NodeId[] {
    return this.#neighbours.filter((each) => each.connectedSinceMs === null).map(({ id }) => id)
  }

  /**
   * Resolves when all neighbours are connected and every subscribed topic has a mesh of the low-water mark, or of
   * all subscribers where they are fewer.
   *
   * @throws E_NOT_READY after `timeoutMs`
   */
  async ready(timeoutMs: number): Promise<void> {
    const deadlineMs = Date.now() + timeoutMs
    while (!this.#isReady()) {
      if (Date.now() >= deadlineMs) throw this.#notReady(timeoutMs)
      await sleep(READY_POLL_MS)
      this.#observe(this.#connectedPeers())
    }
  }

  #neighbour(id: NodeId, firstDialMs: number): Neighbour[] {
    const entry = this.#wiring.peers.named(id)
    if (entry === undefined || entry.address === null) return []
    const { peerId, address } = entry
    return [
      {
        id,
        peerId,
        address,
        failures: 0,
        nextDialMs: firstDialMs,
        dialling: false,
        connectedSinceMs: null,
        heard: false,
      },
    ]
  }

  #isReady(): boolean {
    const nowMs = Date.now()
    const { gossip } = this.#wiring
    const topics = gossip.topics()
    const isKnown = (each: Neighbour, sinceMs: number) =>
      topics.length === 0 || each.heard || nowMs - sinceMs > SILENT_AFTER_MS
    return (
      this.#neighbours.every(
        (each) => each.connectedSinceMs !== null && isKnown(each, each.connectedSinceMs),
      ) && topics.every((topic) => gossip.meshSize(topic) >= Math.min(D_LOW, gossip.subscribers(topic)))
    )
  }

  #notReady(timeoutMs: number): SolventError {
    const { gossip } = this.#wiring
    const meshes = gossip
      .topics()
      .map((topic) => `${topic} ${gossip.meshSize(topic)}/${gossip.subscribers(topic)}`)
    return new SolventError({
      code: 'E_NOT_READY',
      message: 'The node did not connect to its neighbours in time.',
      details: { waitedMs: timeoutMs, missing: this.missing().join(', '), meshes: meshes.join(', ') },
    })
  }

  #connectedPeers(): Set<string> {
    const open = this.#wiring.libp2p.getConnections().filter((connection) => connection.status === 'open')
    return new Set(open.map((connection) => connection.remotePeer.toString()))
  }

  #observe(connected: ReadonlySet<string>): void {
    const nowMs = Date.now()
    for (const neighbour of this.#neighbours) {
      if (connected.has(neighbour.peerId)) {
        neighbour.connectedSinceMs ??= nowMs
        neighbour.failures = 0
      } else if (neighbour.connectedSinceMs !== null) {
        neighbour.connectedSinceMs = null
        neighbour.heard = false
        neighbour.nextDialMs = nowMs + FIRST_BACKOFF_MS * (0.5 + Math.random())
      }
    }
  }

  #look(): void {
    this.#observe(this.#connectedPeers())
    const nowMs = Date.now()
    for (const neighbour of this.#neighbours) {
      if (neighbour.connectedSinceMs === null && !neighbour.dialling && neighbour.nextDialMs <= nowMs)
        this.#dial(neighbour)
    }
  }

  #dial(neighbour: Neighbour): void {
    neighbour.dialling = true
    const { libp2p, dialTimeoutMs } = this.#wiring
    const target = multiaddr(`${neighbour.address}/p2p/${neighbour.peerId}`)
    libp2p.dial(target, { signal: AbortSignal.timeout(dialTimeoutMs) }).then(
      () => {
        neighbour.dialling = false
        this.#observe(this.#connectedPeers())
      },
      () => {
        neighbour.dialling = false
        neighbour.failures++
        const longestMs = Math.min(
          LONGEST_BACKOFF_MS,
          FIRST_BACKOFF_MS * 2 ** Math.min(neighbour.failures - 1, 8),
        )
        neighbour.nextDialMs = Date.now() + longestMs * (0.5 + Math.random() / 2)
      },
    )
  }
}
