// The transport port on libp2p. Outbound: gossip by topic, requests and direct messages over the exchange.
// Inbound: source gate → length → decode → lane → domain and expiry → signatures → the node → verdict.
import type { Connection, Stream } from '@libp2p/interface'
import type {
  Inbound,
  ReplyToken,
  RequestFailure,
  RequestId,
  Transport,
  Verdict,
  Vocabulary,
} from '@solvent/ports'
import { isSolventError, type NodeId } from '@solvent/primitives'
import type { Doorkeeper, GossipVerdict } from './door/doorkeeper.ts'
import { EXCHANGE_PROTOCOL } from './exchange/exchange-frame.ts'
import { InboundExchange, type PendingAnswer } from './exchange/inbound-exchange.ts'
import type { RequestEnd } from './exchange/outbound-link.ts'
import { PeerLinks } from './exchange/peer-links.ts'
import { GossipPublisher } from './gossip-publisher.ts'
import { type GossipArrival, type GossipCheck, GossipRouter } from './gossip-router.ts'
import { digestOf, type Libp2pNode } from './libp2p-node.ts'
import type { PeerTable } from './peer-table.ts'
import type { NetworkLimits } from './profile.ts'
import { RateLimiters } from './rate-limit.ts'
import type { Arrival, TrafficFilter } from './traffic-filter.ts'
import type { MessageCodec } from './wire-codec.ts'

export interface TransportWiring<V extends Vocabulary> {
  readonly self: NodeId
  readonly libp2p: Libp2pNode
  readonly peers: PeerTable
  readonly topics: readonly V['topic'][]
  readonly limits: NetworkLimits
  readonly codec: MessageCodec<V['message']>
  readonly doorkeeper: Doorkeeper<V['message']>
  readonly filter: TrafficFilter
  readonly isBanned: (peerId: string) => boolean
  /** Wall ms for a wait of the node's clock. */
  readonly wallMsOf: (virtualMs: number) => number
  /** Runs the node's handler in a later turn and hands its verdict back. */
  readonly deliver: (inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void) => void
  readonly count: (name: string) => void
  readonly warn: (text: string) => void
}

/** A gossip message that passed inspection. */
interface Checked<V extends Vocabulary> {
  readonly message: V['message']
  readonly digest: string
}

/** One node's transport; `open` before the node starts, `close` after it has stopped. */
export class Libp2pTransport<V extends Vocabulary> implements Transport<V> {
  readonly self: NodeId
  readonly gossip: GossipRouter<Checked<V>>
  readonly #wiring: TransportWiring<V>
  readonly #inbound: InboundExchange
  readonly #links: PeerLinks
  readonly #answers = new WeakMap<ReplyToken, (message: V['message']) => void>()
  readonly #gossipBudgets: RateLimiters
  readonly #requestBudgets: RateLimiters
  readonly #publisher: GossipPublisher
  /** Topics that the node hears; all others it passes on. */
  readonly #heard = new Set<string>()
  #lastRequest = 0
  #closed = false

  constructor(wiring: TransportWiring<V>) {
    this.self = wiring.self
    this.#wiring = wiring
    const { limits, peers } = wiring
    this.#gossipBudgets = new RateLimiters((id) =>
      peers.knows(id) ? limits.gossipKnown : limits.gossipStranger,
    )
    this.#requestBudgets = new RateLimiters((id) =>
      peers.knows(id) ? limits.requestsKnown : limits.requestsStranger,
    )
    this.gossip = new GossipRouter(wiring.libp2p.services.pubsub, wiring.topics, {
      gate: (peerId, messages, bytes) =>
        this.#gate(peerId, this.#gossipBudgets, { cost: Math.max(1, messages), bytes }),
      maySend: (peerId) => !wiring.filter.isCut(peerId, 'out'),
      check: (peerId, topic, data) => this.#checkGossip(peerId, topic, data),
      onArrival: (arrival) => void this.#receiveGossip(arrival),
      onMalformed: (peerId, reason) => wiring.doorkeeper.blame(peerId, 'low', reason),
    })
    this.#publisher = new GossipPublisher({ gossip: this.gossip, count: wiring.count, warn: wiring.warn })
    const onMalformed = (peerId: string, reason: string) => wiring.doorkeeper.blame(peerId, 'low', reason)
    this.#links = new PeerLinks({ ...wiring, onMalformed })
    this.#inbound = new InboundExchange({
      maxRequestBytes: limits.requestBytes,
      maxReplyBytes: limits.replyBytes,
      frameTimeoutMs: limits.frameTimeoutMs,
      unanswered: limits.requestsInFlight * 2,
      gate: (peerId, bytes) => this.#gate(peerId, this.#requestBudgets, { cost: 1, bytes }),
      maySend: (peerId) => !wiring.filter.isCut(peerId, 'out'),
      onDirect: (peerId, body) => void this.#receiveDirect(peerId, body),
      onRequest: (body, answer) => void this.#receiveRequest(body, answer),
      onMalformed,
      onFlood: (peerId) => wiring.doorkeeper.blame(peerId, 'high', 'too-many-requests'),
    })
  }

  async open(): Promise<void> {
    const { libp2p } = this.#wiring
    const handle = (stream: Stream, connection: Connection) => this.#inbound.handle(stream, connection)
    await libp2p.handle(EXCHANGE_PROTOCOL, handle, { maxInboundStreams: 2, maxOutboundStreams: 4 })
  }

  /**
   * Every node carries every topic, from the moment that libp2p runs: neighbours are the same for all topics, and one of few
   * listeners would fall apart into islands if only these passed it on.
   */
  carry(): void {
    for (const topic of this.#wiring.topics) this.gossip.subscribe(topic)
  }

  close(): void {
    this.#closed = true
    this.#publisher.close()
    this.#inbound.close()
    this.#links.close()
  }

  subscribe(topic: V['topic']): void {
    this.#heard.add(topic)
  }

  publish(topic: V['topic'], message: V['message']): void {
    const bytes = this.#encode(message, this.#wiring.limits.gossipBytes)
    if (bytes !== null) this.#publisher.publish(topic, bytes)
  }

  send(to: NodeId, message: V['message']): void {
    const bytes = this.#encode(message, this.#wiring.limits.requestBytes)
    const link = this.#links.to(to)
    if (bytes === null || link === null) return
    this.#wiring.count('direct.sent')
    if (!this.#isCutOut(to)) link.direct(bytes)
  }

  request(to: NodeId, message: V['message'], timeoutMs: number): RequestId {
    this.#lastRequest++
    const request = this.#lastRequest as RequestId
    this.#wiring.count('request.sent')
    const bytes = this.#encode(message, this.#wiring.limits.requestBytes)
    const link = this.#links.to(to)
    // One more millisecond, because timers may fire a little before the clock shows their moment.
    const wallMs = this.#wiring.wallMsOf(timeoutMs) + 1
    if (bytes === null) this.#fail(request, 'too-large')
    else if (link === null) this.#fail(request, 'unreachable')
    else if (this.#isCutOut(to)) setTimeout(() => this.#fail(request, 'timeout'), wallMs).unref()
    else link.request(bytes, wallMs, (end) => void this.#receiveReply(to, request, end))
    return request
  }

  reply(token: ReplyToken, message: V['message']): void {
    const answer = this.#answers.get(token)
    this.#answers.delete(token)
    answer?.(message)
  }

  /** A request that did not come over the network; `onReply` gets the node's answer. */
  localToken(onReply: (message: V['message']) => void): ReplyToken {
    return this.#token(onReply)
  }

  #token(onReply: (message: V['message']) => void): ReplyToken {
    const token = Object.freeze({}) as ReplyToken
    this.#answers.set(token, onReply)
    return token
  }

  /** Source gate: banned peers and cut links bring nothing in; beyond the budget a frame is dropped and counted against the peer. */
  #gate(
    peerId: string,
    budgets: RateLimiters,
    { cost, bytes }: { readonly cost: number; readonly bytes: number },
  ): Arrival {
    const { doorkeeper, filter, isBanned } = this.#wiring
    if (this.#closed || isBanned(peerId)) return { pass: false }
    if (!budgets.admit(peerId, Date.now(), cost)) {
      doorkeeper.blame(peerId, 'high', 'rate')
      return { pass: false }
    }
    return filter.arrival(peerId, bytes)
  }

  #checkGossip(peerId: string, topic: string, data: Uint8Array): GossipCheck<Checked<V>> {
    const digest = digestOf(topic, data)
    const { verdict, message } = this.#wiring.doorkeeper.inspectGossip(peerId, topic, data, digest)
    return { verdict, checked: message === null ? null : { message, digest } }
  }

  async #receiveGossip(arrival: GossipArrival<Checked<V>>): Promise<void> {
    const { senderPeerId: peerId, topic } = arrival
    const { message, digest } = arrival.checked
    const { doorkeeper } = this.#wiring
    const judge = (verdict: GossipVerdict): void => {
      doorkeeper.judge(digest, verdict)
      arrival.verdict(verdict)
    }
    const outcome = await doorkeeper.verify(peerId, topic, message)
    // Overload is no judgement: a later copy gets its check.
    if (outcome === 'overloaded') return arrival.verdict('ignore')
    if (outcome === 'invalid') return judge('reject')
    if (!this.#heard.has(topic)) return judge('accept')
    const from = this.#wiring.peers.nameOf(peerId)
    this.#deliver({ via: 'gossip', topic, from, message }, (verdict) => {
      if (typeof verdict === 'object') doorkeeper.reject(peerId, topic, verdict.reject)
      judge(typeof verdict === 'object' ? 'reject' : verdict)
    })
  }

  async #receiveDirect(peerId: string, body: Uint8Array): Promise<void> {
    const message = await this.#wiring.doorkeeper.admit(peerId, { via: 'direct' }, body)
    if (message === null) return
    this.#deliver({ via: 'direct', from: this.#wiring.peers.nameOf(peerId), message }, (verdict) => {
      if (typeof verdict === 'object') this.#wiring.doorkeeper.reject(peerId, 'direct', verdict.reject)
    })
  }

  async #receiveRequest(body: Uint8Array, answer: PendingAnswer): Promise<void> {
    const { peerId } = answer
    const message = await this.#wiring.doorkeeper.admit(peerId, { via: 'request' }, body)
    if (message === null) return answer.refuse('refused')
    const replyTo = this.#token((reply) => {
      const bytes = this.#encode(reply, this.#wiring.limits.replyBytes)
      if (bytes === null) answer.refuse('too-large')
      else answer.reply(bytes)
    })
    this.#deliver(
      { via: 'request', from: this.#wiring.peers.nameOf(peerId), message, replyTo },
      (verdict) => {
        if (typeof verdict === 'object') this.#wiring.doorkeeper.reject(peerId, 'request', verdict.reject)
        if (verdict !== 'accept') answer.refuse('refused')
      },
    )
  }

  async #receiveReply(from: NodeId, request: RequestId, end: RequestEnd): Promise<void> {
    if (end.kind === 'failure') return this.#fail(request, end.reason)
    const peerId = this.#wiring.peers.named(from)?.peerId ?? ''
    const message = await this.#wiring.doorkeeper.admit(peerId, { via: 'reply' }, end.body)
    if (message === null) this.#fail(request, 'refused')
    else this.#deliver({ via: 'reply', from, message, request })
  }

  #deliver(inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void): void {
    if (this.#closed) return
    this.#wiring.count('messages.received')
    this.#wiring.deliver(inbound, onVerdict)
  }

  #fail(request: RequestId, reason: RequestFailure): void {
    if (this.#closed) return
    this.#wiring.count(`request.${reason}`)
    this.#wiring.deliver({ via: 'failure', request, reason })
  }

  #encode(message: V['message'], maxBytes: number): Uint8Array | null {
    try {
      const bytes = this.#wiring.codec.encode(message)
      if (bytes.length <= maxBytes) return bytes
    } catch (error) {
      if (!isSolventError(error, 'E_TOO_LARGE')) throw error
    }
    this.#wiring.count('messages.too-large')
    this.#wiring.warn('A message was larger than its frame and was not sent.')
    return null
  }

  #isCutOut(to: NodeId): boolean {
    return this.#wiring.filter.isCut(this.#wiring.peers.named(to)?.peerId ?? '', 'out')
  }
}
