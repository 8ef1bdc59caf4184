// A node's side of the network: peers, penalties, faults on traffic, the door, the transport and the gossip
// neighbourhood, put together around one libp2p node and taken down together.
import { join } from 'node:path'
import type { Inbound, Verdict, Vocabulary } from '@solvent/ports'
import { SolventError } from '@solvent/primitives'
import { createBanGater } from './ban-gater.ts'
import { BringUp } from './bring-up.ts'
import { createDoorkeeper } from './door/create-doorkeeper.ts'
import type { Doorkeeper } from './door/doorkeeper.ts'
import { gossipNeighbours } from './gossip-topology.ts'
import { InboundPlaces } from './inbound-places.ts'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import type { NodeRuntimeOptions } from './node-runtime-options.ts'
import { PeerTable, peerKeyOf } from './peer-table.ts'
import { PenaltyLedger } from './penalty-ledger.ts'
import { RefusedPeers } from './refused-peers.ts'
import { tearConnection } from './tear-connection.ts'
import { TrafficFilter } from './traffic-filter.ts'
import { Libp2pTransport } from './transport.ts'

/** What the network needs of the node behind it. */
export interface NodeNetworkWiring<V extends Vocabulary> {
  /** The node's virtual time, ms. */
  readonly nowMs: () => number
  /** Virtual ms per wall ms, now. */
  readonly acceleration: () => number
  readonly deliver: (inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void) => void
  readonly count: (name: string) => void
  readonly warn: (text: string) => void
}

/** A libp2p node that does not listen yet, and the penalties it turns banned peers away by. */
export interface NetworkBasis {
  readonly libp2p: Libp2pNode
  readonly ledger: PenaltyLedger
  readonly places: InboundPlaces
  readonly refused: RefusedPeers
}

/** The part of a network that takes time to make; the rest stands when the node's runtime does. */
export async function createNetworkBasis<V extends Vocabulary>(
  options: NodeRuntimeOptions<V>,
): Promise<NetworkBasis> {
  const ledger = new PenaltyLedger()
  const places = new InboundPlaces()
  const refused = new RefusedPeers()
  const key = await peerKeyOf(options.seed, options.nodeId)
  const libp2p = await createLibp2pNode({
    key,
    listen: [`/ip4/${options.listenHost}/tcp/${options.listenPort}`],
    topics: options.topics,
    limits: options.limits,
    gater: createBanGater(ledger, places, refused),
  })
  return { libp2p, ledger, places, refused }
}

export class NodeNetwork<V extends Vocabulary> {
  readonly ledger: PenaltyLedger
  readonly peers: PeerTable
  readonly filter = new TrafficFilter(Math.random)
  readonly transport: Libp2pTransport<V>
  readonly #options: NodeRuntimeOptions<V>
  readonly #wiring: NodeNetworkWiring<V>
  readonly #libp2p: Libp2pNode
  readonly #doorkeeper: Doorkeeper<V['message']>
  readonly #bringUp: BringUp
  readonly #places: InboundPlaces
  readonly #refused: RefusedPeers

  constructor(options: NodeRuntimeOptions<V>, basis: NetworkBasis, wiring: NodeNetworkWiring<V>) {
    this.#options = options
    this.#wiring = wiring
    this.#libp2p = basis.libp2p
    this.ledger = basis.ledger
    this.#places = basis.places
    this.#refused = basis.refused
    this.ledger.load(this.#ledgerFile)
    this.peers = new PeerTable(options.peers)
    this.#doorkeeper = this.#createDoorkeeper()
    this.transport = this.#createTransport()
    this.#bringUp = this.#createBringUp()
  }

  get peerId(): string {
    return this.#libp2p.peerId.toString()
  }

  addresses(): readonly string[] {
    return this.#libp2p.getMultiaddrs().map((address) => address.toString())
  }

  /** Peers connected now. */
  get connections(): number {
    return this.#libp2p.getPeers().length
  }

  /**
   * Listens; nobody is dialled before `meet`.
   *
   * @throws E_HOST_START when the address is taken or not the host's
   */
  async listen(): Promise<void> {
    await this.transport.open()
    try {
      await this.#libp2p.start()
    } catch (cause) {
      const { nodeId: node, listenHost: host, listenPort: port } = this.#options
      throw new SolventError({
        code: 'E_HOST_START',
        message: 'The node cannot listen.',
        details: { node, host, port },
        cause,
      })
    }
    this.transport.carry()
  }

  /** Dials the gossip neighbours, and keeps to it. */
  meet(): void {
    this.#bringUp.start()
  }

  ready(timeoutMs: number): Promise<void> {
    return this.#bringUp.ready(timeoutMs)
  }

  /** Nothing leaves or arrives any more; the sockets stay open until `close`. */
  quiet(): void {
    this.#bringUp.stop()
    this.transport.close()
  }

  savePenalties(): void {
    this.ledger.save(this.#ledgerFile)
  }

  async close(): Promise<void> {
    await Promise.all([this.#doorkeeper.close(), this.#libp2p.stop()])
  }

  #createTransport(): Libp2pTransport<V> {
    const { nodeId, topics, limits, codec } = this.#options
    const { acceleration } = this.#wiring
    return new Libp2pTransport<V>({
      self: nodeId,
      libp2p: this.#libp2p,
      peers: this.peers,
      topics,
      limits,
      codec,
      doorkeeper: this.#doorkeeper,
      filter: this.filter,
      isBanned: (peerId) => this.ledger.banned(peerId),
      wallMsOf: (virtualMs) => Math.ceil(virtualMs / acceleration()),
      deliver: this.#wiring.deliver,
      count: this.#wiring.count,
      warn: this.#wiring.warn,
    })
  }

  #createDoorkeeper(): Doorkeeper<V['message']> {
    const { ledger, peers } = this
    return createDoorkeeper(this.#options, {
      ledger,
      nowMs: this.#wiring.nowMs,
      disconnect: (peerId) => this.disconnect(peerId, 'The peer broke the rules.'),
      onPenalty: (penalty) => {
        this.#options.onPenalty?.(penalty, peers.nameOf(penalty.peerId))
        if (penalty.action === 'ban') this.savePenalties()
      },
      onRefusal: (refusal) => this.#options.onRefusal?.(refusal, peers.nameOf(refusal.peerId)),
      count: this.#wiring.count,
    })
  }

  #createBringUp(): BringUp {
    const { nodeId, gossipDegree, limits } = this.#options
    const listening = this.peers.entries.filter((entry) => entry.address !== null).map(({ id }) => id)
    return new BringUp({
      libp2p: this.#libp2p,
      gossip: this.transport.gossip,
      peers: this.peers,
      neighbours: gossipNeighbours(listening, nodeId, gossipDegree),
      dialTimeoutMs: limits.dialTimeoutMs,
    })
  }

  /** Aborts every connection with a peer. */
  disconnect(peerId: string, why: string): void {
    for (const connection of this.#libp2p.getConnections()) {
      if (connection.remotePeer.toString() === peerId) connection.abort(new Error(why))
    }
  }

  /** Ends every connection with a peer when half of a frame is out. */
  tear(peerId: string): void {
    for (const connection of this.#libp2p.getConnections())
      if (connection.remotePeer.toString() === peerId) tearConnection(connection)
  }

  /** Connections with these peers end, and none is made until the returned function is called. */
  refuse(peerIds: readonly string[]): () => void {
    const admit = this.#refused.refuse(peerIds)
    for (const peerId of peerIds) this.disconnect(peerId, 'A fault refuses the connection.')
    return admit
  }

  /** Others' connections end but for those of the takers, and none is let in until the returned function is called. */
  takeInboundPlaces(takers: ReadonlySet<string>): () => void {
    const free = this.#places.take()
    for (const connection of this.#libp2p.getConnections())
      if (connection.direction === 'inbound' && !takers.has(connection.remotePeer.toString()))
        connection.abort(new Error('A fault took the place of the connection.'))
    return free
  }

  get #ledgerFile(): string {
    return join(this.#options.directory, 'penalties.json')
  }
}
