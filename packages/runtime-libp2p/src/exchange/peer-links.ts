// The outgoing sides of one node, by name: each peer's link is made when it is first spoken to, and opens its stream
// on the connection that is there, whoever dialled it, or on a new one.
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { NodeId } from '@solvent/primitives'
import type { Libp2pNode } from '../libp2p-node.ts'
import type { PeerTable } from '../peer-table.ts'
import type { NetworkLimits } from '../profile.ts'
import type { TrafficFilter } from '../traffic-filter.ts'
import { EXCHANGE_PROTOCOL } from './exchange-frame.ts'
import { OutboundLink } from './outbound-link.ts'

export interface PeerLinksWiring {
  readonly libp2p: Libp2pNode
  readonly peers: PeerTable
  readonly limits: NetworkLimits
  readonly filter: TrafficFilter
  readonly onMalformed: (peerId: string, reason: string) => void
}

export class PeerLinks {
  readonly #wiring: PeerLinksWiring
  readonly #links = new Map<string, OutboundLink>()

  constructor(wiring: PeerLinksWiring) {
    this.#wiring = wiring
  }

  /** Null for names that the table does not have. */
  to(node: NodeId): OutboundLink | null {
    const { peers, limits, filter, onMalformed } = this.#wiring
    const entry = peers.named(node)
    if (entry === undefined) return null
    const { peerId, address } = entry
    let link = this.#links.get(peerId)
    if (link === undefined) {
      link = new OutboundLink({
        open: () => this.#open(peerId, address),
        maxReplyBytes: limits.replyBytes,
        frameTimeoutMs: limits.frameTimeoutMs,
        inFlight: limits.requestsInFlight,
        waiting: limits.requestsWaiting,
        arrival: (bytes) => filter.arrival(peerId, bytes),
        onMalformed: (reason) => onMalformed(peerId, reason),
      })
      this.#links.set(peerId, link)
    }
    return link
  }

  close(): void {
    for (const link of this.#links.values()) link.close()
  }

  async #open(peerId: string, address: string | null): Promise<Stream> {
    const { libp2p, limits } = this.#wiring
    const signal = AbortSignal.timeout(limits.dialTimeoutMs)
    const connections = libp2p.getConnections()
    const open = connections.find((one) => one.status === 'open' && one.remotePeer.toString() === peerId)
    if (open !== undefined) return open.newStream(EXCHANGE_PROTOCOL, { signal })
    if (address === null) throw new Error('The peer has no address.')
    return libp2p.dialProtocol(multiaddr(`${address}/p2p/${peerId}`), EXCHANGE_PROTOCOL, { signal })
  }
}
