// The transport port on libp2p. Outbound: gossip by topic, requests and direct messages over the exchange.
// Inbound: source gate → length → decode → lane → domain and expiry → signatures → the node → verdict.
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { Inbound, ReplyToken, RequestFailure, RequestId, Transport, Verdict, Vocabulary } from '@solvent/ports'
import { isSolventError, type NodeId } from '@solvent/primitives'
import { Blame } from './door/blame.ts'
import type { Inspection, Inspector, Lane } from './door/inspection.ts'
import type { MessageDoor } from './door/message-door.ts'
import type { SignatureChecks } from './door/signature-checks.ts'
import { EXCHANGE_PROTOCOL } from './exchange/exchange-frame.ts'
import { InboundExchange, type PendingAnswer } from './exchange/inbound-exchange.ts'
import { OutboundLink, type RequestEnd } from './exchange/outbound-link.ts'
import { type GossipArrival, GossipRouter, type GossipVerdict } from './gossip-router.ts'
import type { Libp2pNode } from './libp2p-node.ts'
import type { Severity } from './penalty-ledger.ts'
import type { PeerTable } from './peer-table.ts'
import type { NetworkLimits } from './profile.ts'
import { RateLimiters } from './rate-limit.ts'
import type { Arrival, TrafficFilter } from './traffic-filter.ts'
import type { MessageCodec } from './wire-codec.ts'

/** Messages published while nobody listens are held back until someone does: this many, this long (wall). */
const HELD_BACK = 256
const HELD_BACK_MS = 30_000

export interface TransportWiring<V extends Vocabulary> {
  readonly self: NodeId
  readonly libp2p: Libp2pNode
  readonly peers: PeerTable
  readonly topics: readonly V['topic'][]
  readonly limits: NetworkLimits
  readonly codec: MessageCodec<V['message']>
  readonly door: MessageDoor<V['message']>
  readonly inspector: Inspector<V['message']>
  readonly forgerySeverity: (message: V['message']) => Severity
  readonly signatures: SignatureChecks
  readonly blame: Blame
  readonly filter: TrafficFilter
  readonly isBanned: (peerId: string) => boolean
  /** Wall ms for a wait of the node's clock. */
  readonly wallMsOf: (virtualMs: number) => number
  /** Runs the node's handler in a later turn and hands its verdict back. */
  readonly deliver: (inbound: Inbound<V>, onVerdict?: (verdict: Verdict) => void) => void
  readonly count: (name: string) => void
  readonly warn: (text: string) => void
}

interface Held<V extends Vocabulary> {
  readonly topic: V['topic']
  readonly bytes: Uint8Array
  readonly untilMs: number
}

/** One node's transport; `open` before the node starts, `close` after it has stopped. */
export class Libp2pTransport<V extends Vocabulary> implements Transport<V> {
  readonly self: NodeId
  readonly gossip: GossipRouter<V['message']>
  readonly #wiring: TransportWiring<V>
  readonly #inbound: InboundExchange
  readonly #links = new Map<string, OutboundLink>()
  readonly #answers = new WeakMap<ReplyToken, (message: V['message']) => void>()
  readonly #gossipBudgets: RateLimiters
  readonly #requestBudgets: RateLimiters
  #held: Held<V>[] = []
  #lastRequest = 0
  #closed = false

  constructor(wiring: TransportWiring<V>) {
    this.self = wiring.self
    this.#wiring = wiring
    const { limits, peers } = wiring
    this.#gossipBudgets = new RateLimiters((id) => (peers.knows(id) ? limits.gossipKnown : limits.gossipStranger))
    this.#requestBudgets = new RateLimiters((id) => (peers.knows(id) ? limits.requestsKnown : limits.requestsStranger))
    this.gossip = new GossipRouter(wiring.libp2p.services.pubsub, wiring.topics, {
      gate: (peerId, messages) => this.#gate(peerId, this.#gossipBudgets, Math.max(1, messages)),
      maySend: (peerId) => !wiring.filter.isCut(peerId, 'out'),
      check: (peerId, topic, data) => this.#checkGossip(peerId, topic, data),
      onArrival: (arrival) => void this.#receiveGossip(arrival),
      onMalformed: (peerId, reason) => wiring.blame.blame(peerId, 'low', reason),
    })
    this.gossip.onSubscriptionChange(() => this.#publishHeld())
    this.#inbound = new InboundExchange({
      maxRequestBytes: limits.requestBytes,
      maxReplyBytes: limits.replyBytes,
      frameTimeoutMs: limits.frameTimeoutMs,
      unanswered: limits.requestsInFlight * 2,
      gate: (peerId) => this.#gate(peerId, this.#requestBudgets, 1),
      maySend: (peerId) => !wiring.filter.isCut(peerId, 'out'),
      onDirect: (peerId, body) => void this.#receiveDirect(peerId, body),
      onRequest: (body, answer) => void this.#receiveRequest(body, answer),
      onMalformed: (peerId, reason) => wiring.blame.blame(peerId, 'low', reason),
      onFlood: (peerId) => wiring.blame.blame(peerId, 'high', 'too-many-requests'),
    })
  }

  async open(): Promise<void> {
    const { libp2p } = this.#wiring
    const handle = (stream: Stream, connection: Connection) => this.#inbound.handle(stream, connection)
    await libp2p.handle(EXCHANGE_PROTOCOL, handle, { maxInboundStreams: 2, maxOutboundStreams: 4 })
  }

  close(): void {
    this.#closed = true
    this.#held = []
    this.#inbound.close()
    for (const link of this.#links.values()) link.close()
  }

  subscribe(topic: V['topic']): void {
    this.gossip.subscribe(topic)
  }

  publish(topic: V['topic'], message: V['message']): void {
    const bytes = this.#encode(message, this.#wiring.limits.gossipBytes)
    if (bytes === null) return
    this.#wiring.count('gossip.published')
    if (this.gossip.subscribers(topic) > 0) this.#publishNow(topic, bytes)
    else if (this.#held.length < HELD_BACK) this.#held.push({ topic, bytes, untilMs: Date.now() + HELD_BACK_MS })
    else this.#wiring.count('gossip.dropped')
  }

  send(to: NodeId, message: V['message']): void {
    const bytes = this.#encode(message, this.#wiring.limits.requestBytes)
    const link = this.#linkTo(to)
    if (bytes === null || link === null) return
    this.#wiring.count('direct.sent')
    if (!this.#isCutOut(to)) link.direct(bytes)
  }

  request(to: NodeId, message: V['message'], timeoutMs: number): RequestId {
    this.#lastRequest++
    const request = this.#lastRequest as RequestId
    this.#wiring.count('request.sent')
    const bytes = this.#encode(message, this.#wiring.limits.requestBytes)
    const link = this.#linkTo(to)
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

  #publishNow(topic: V['topic'], bytes: Uint8Array): void {
    this.gossip.publish(topic, bytes).then(
      (recipients) => {
        if (recipients === 0) this.#wiring.count('gossip.unheard')
      },
      (error: unknown) => {
        if (!this.#closed) this.#wiring.warn(`Gossip on ${topic} was not sent: ${String(error)}`)
      },
    )
  }

  #publishHeld(): void {
    const nowMs = Date.now()
    const waiting = this.#held
    this.#held = []
    for (const held of waiting) {
      if (held.untilMs < nowMs) this.#wiring.count('gossip.dropped')
      else if (this.gossip.subscribers(held.topic) > 0) this.#publishNow(held.topic, held.bytes)
      else this.#held.push(held)
    }
  }

  /** Source gate: banned peers and cut links bring nothing in; beyond the budget a frame is dropped and counted against the peer. */
  #gate(peerId: string, budgets: RateLimiters, cost: number): Arrival {
    const { blame, filter, isBanned } = this.#wiring
    if (this.#closed || isBanned(peerId)) return { pass: false }
    if (!budgets.admit(peerId, Date.now(), cost)) {
      blame.blame(peerId, 'high', 'rate')
      return { pass: false }
    }
    return filter.arrival(peerId)
  }

  #checkGossip(peerId: string, topic: string, data: Uint8Array): { verdict: GossipVerdict; checked: V['message'] | null } {
    const inspection = this.#wiring.inspector.inspect(data, { via: 'gossip', topic }, this.#wiring.limits.gossipBytes)
    if (inspection.ok) return { verdict: 'accept', checked: inspection.message }
    this.#refuse(peerId, topic, inspection)
    return { verdict: inspection.verdict, checked: null }
  }

  async #receiveGossip(arrival: GossipArrival<V['message']>): Promise<void> {
    const { senderPeerId: peerId, topic, checked: message } = arrival
    const outcome = await this.#verify(peerId, topic, message)
    if (outcome !== 'valid') return arrival.verdict(outcome === 'invalid' ? 'reject' : 'ignore')
    const from = this.#wiring.peers.nameOf(peerId)
    this.#deliver({ via: 'gossip', topic, from, message }, (verdict) => {
      if (typeof verdict === 'object') this.#rejectedByNode(peerId, topic, verdict.reject)
      arrival.verdict(typeof verdict === 'object' ? 'reject' : verdict)
    })
  }

  async #receiveDirect(peerId: string, body: Uint8Array): Promise<void> {
    const message = await this.#admit(peerId, { via: 'direct' }, body, this.#wiring.limits.requestBytes)
    if (message === null) return
    this.#deliver({ via: 'direct', from: this.#wiring.peers.nameOf(peerId), message }, (verdict) => {
      if (typeof verdict === 'object') this.#rejectedByNode(peerId, 'direct', verdict.reject)
    })
  }

  async #receiveRequest(body: Uint8Array, answer: PendingAnswer): Promise<void> {
    const { peerId } = answer
    const message = await this.#admit(peerId, { via: 'request' }, body, this.#wiring.limits.requestBytes)
    if (message === null) return answer.refuse('refused')
    const replyTo = this.#token((reply) => {
      const bytes = this.#encode(reply, this.#wiring.limits.replyBytes)
      if (bytes === null) answer.refuse('too-large')
      else answer.reply(bytes)
    })
    this.#deliver({ via: 'request', from: this.#wiring.peers.nameOf(peerId), message, replyTo }, (verdict) => {
      if (typeof verdict === 'object') this.#rejectedByNode(peerId, 'request', verdict.reject)
      if (verdict !== 'accept') answer.refuse('refused')
    })
  }

  async #receiveReply(from: NodeId, request: RequestId, end: RequestEnd): Promise<void> {
    if (end.kind === 'failure') return this.#fail(request, end.reason)
    const peerId = this.#wiring.peers.named(from)?.peerId ?? ''
    const message = await this.#admit(peerId, { via: 'reply' }, end.body, this.#wiring.limits.replyBytes)
    if (message === null) this.#fail(request, 'refused')
    else this.#deliver({ via: 'reply', from, message, request })
  }

  /** The whole door for what does not come by gossip; null when it was refused. */
  async #admit(peerId: string, lane: Lane, body: Uint8Array, maxBytes: number): Promise<V['message'] | null> {
    const inspection = this.#wiring.inspector.inspect(body, lane, maxBytes)
    if (!inspection.ok) {
      this.#refuse(peerId, lane.via, inspection)
      return null
    }
    const outcome = await this.#verify(peerId, lane.via, inspection.message)
    return outcome === 'valid' ? inspection.message : null
  }

  async #verify(peerId: string, lane: string, message: V['message']) {
    const claims = this.#wiring.door.signatures(message)
    if (claims.length === 0) return 'valid'
    const outcome = await this.#wiring.signatures.check(claims)
    if (outcome === 'invalid') {
      const severity = this.#wiring.forgerySeverity(message)
      this.#wiring.blame.refuse({ peerId, lane, verdict: 'reject', reason: 'bad-signature' }, severity)
    } else if (outcome === 'overloaded') {
      this.#wiring.count('door.overloaded')
    }
    return outcome
  }

  #refuse(peerId: string, lane: string, refused: Extract<Inspection<V['message']>, { ok: false }>): void {
    this.#wiring.blame.refuse({ peerId, lane, verdict: refused.verdict, reason: refused.reason }, refused.severity)
  }

  #rejectedByNode(peerId: string, lane: string, reason: string): void {
    this.#wiring.blame.refuse({ peerId, lane, verdict: 'reject', reason }, 'low')
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

  /** Null for names that the table does not have. */
  #linkTo(to: NodeId): OutboundLink | null {
    const { peers, limits, filter, blame } = this.#wiring
    const entry = peers.named(to)
    if (entry === undefined || to === this.self) return null
    let link = this.#links.get(entry.peerId)
    if (link === undefined) {
      const { peerId } = entry
      link = new OutboundLink({
        open: () => this.#openStream(peerId, entry.address),
        maxReplyBytes: limits.replyBytes,
        frameTimeoutMs: limits.frameTimeoutMs,
        inFlight: limits.requestsInFlight,
        waiting: limits.requestsWaiting,
        arrival: () => filter.arrival(peerId),
        onMalformed: (reason: string) => blame.blame(peerId, 'low', reason),
      })
      this.#links.set(peerId, link)
    }
    return link
  }

  /** On the connection that is there, whoever dialled it, or on a new one. */
  async #openStream(peerId: string, address: string | null): Promise<Stream> {
    const { libp2p, limits } = this.#wiring
    const signal = AbortSignal.timeout(limits.dialTimeoutMs)
    const open = libp2p.getConnections().find((c) => c.status === 'open' && c.remotePeer.toString() === peerId)
    if (open !== undefined) return open.newStream(EXCHANGE_PROTOCOL, { signal })
    if (address === null) throw new Error('The peer has no address.')
    return libp2p.dialProtocol(multiaddr(`${address}/p2p/${peerId}`), EXCHANGE_PROTOCOL, { signal })
  }
}
