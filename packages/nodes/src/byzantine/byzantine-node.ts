// Any node as one that breaks the protocol on order: it stands between the node and its ports, and changes what leaves and what is
// answered. The node inside is honest, and so are all others: what they do about it is the defence. Until it is told to, it changes
// nothing. Its misconduct ends with the process: a restarted node is honest again.
import type { Inbound, Node, Ports, RequestId, TimerId, Verdict } from '@solvent/ports'
import type {
  Message,
  MessageType,
  Misconduct,
  MisconductOrder,
  NetworkSpec,
  SolventVocabulary,
} from '@solvent/protocol'
import { controlRequest } from '../parts/node-status.ts'
import { ByzantineTransport } from './byzantine-transport.ts'
import { ReplayBook } from './replay-book.ts'
import { isAuctionedBy, unfundedFill } from './unfunded-fill.ts'

type Create = (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary>

/** Between two rounds of replayed messages, ms of the node's clock. */
const REPLAY_EVERY_MS = 10_000

/** Lets the node misbehave when an operator orders it. */
export function createByzantine(spec: NetworkSpec, create: Create): Create {
  return (ports) => new ByzantineNode(spec, create, ports)
}

class ByzantineNode implements Node<SolventVocabulary> {
  readonly #spec: NetworkSpec
  readonly #ports: Ports<SolventVocabulary>
  readonly #transport: ByzantineTransport
  readonly #inner: Node<SolventVocabulary>
  readonly #orders = new Map<Misconduct, MisconductOrder>()
  readonly #replays = new ReplayBook()
  /** Requests of the misconduct itself: the node inside never made them. */
  readonly #requests = new Set<RequestId>()
  #replayTimer: TimerId | null = null

  constructor(spec: NetworkSpec, create: Create, ports: Ports<SolventVocabulary>) {
    this.#spec = spec
    this.#ports = ports
    this.#transport = new ByzantineTransport(ports.transport, ports.signer, {
      does: (conduct, type) => this.#does(conduct, type),
      onPublished: (topic, message) => this.#replays.gossip(topic, message),
    })
    this.#inner = create({ ...ports, transport: this.#transport })
  }

  start(): void {
    this.#inner.start()
  }

  stop(): void {
    this.#inner.stop()
  }

  snapshot(): Uint8Array {
    return this.#inner.snapshot()
  }

  restore(bytes: Uint8Array): void {
    this.#inner.restore(bytes)
  }

  onMessage(inbound: Inbound<SolventVocabulary>): Verdict {
    const isOrder = inbound.via === 'request' && inbound.message.type === 'control'
    if (isOrder && inbound.message.body.kind === 'misbehave') return this.#obey(inbound)
    if (this.#orders.size === 0 || isOrder) return this.#inner.onMessage(inbound)
    if ('request' in inbound && this.#requests.delete(inbound.request)) return 'accept'
    if (inbound.via === 'request' && this.#does('free-ride', inbound.message.type)) return 'ignore'
    // What a node does not know it ignores.
    if ('message' in inbound && this.#does('lack-types', inbound.message.type)) return 'ignore'
    this.#learn(inbound)
    const verdict = this.#inner.onMessage(inbound)
    if (inbound.via !== 'gossip' || verdict !== 'accept') return verdict
    const { type } = inbound.message
    // What a node ignores it does not pass on.
    return this.#does('relay-selectively', type) || this.#does('free-ride', type) ? 'ignore' : verdict
  }

  onTimer(timer: TimerId): void {
    if (timer === this.#replayTimer) this.#replay()
    else this.#inner.onTimer(timer)
  }

  #does(conduct: Misconduct, type: MessageType): boolean {
    const order = this.#orders.get(conduct)
    if (order === undefined || this.#ports.clock.nowMs() >= order.untilMs) return false
    return order.types.length === 0 || order.types.includes(type)
  }

  #obey(inbound: Inbound<SolventVocabulary>): Verdict {
    const request = controlRequest(this.#spec, this.#ports, inbound)
    if (request === null || request === 'answered' || request.control.kind !== 'misbehave') return 'accept'
    const { misconduct } = request.control
    this.#orders.set(misconduct.conduct, misconduct)
    this.#ports.log.text('warn', `Ordered to ${misconduct.conduct} ${misconduct.types.join(' ')}`.trim())
    if (misconduct.conduct === 'replay' && this.#replayTimer === null) this.#scheduleReplay()
    request.answer({ kind: 'done' })
    return 'accept'
  }

  /** What others say, for the conducts that need it. */
  #learn(inbound: Inbound<SolventVocabulary>): void {
    if (inbound.via === 'gossip') {
      this.#replays.gossip(inbound.topic, inbound.message)
      if (inbound.message.type === 'order' && this.#does('fill-unfunded', 'order')) {
        const { order } = inbound.message.body
        if (!isAuctionedBy(order, this.#ports.signer.address))
          this.#request(unfundedFill(order, this.#transport, this.#ports.signer))
      }
    }
    if (inbound.via === 'reply' && inbound.message.type === 'blocks')
      this.#replays.blocks(inbound.message.body.blocks)
  }

  #scheduleReplay(): void {
    this.#replayTimer = this.#ports.timers.set(REPLAY_EVERY_MS)
  }

  /** Everything that is remembered, again: gossip to all, transactions to their chains' producers. */
  #replay(): void {
    this.#replayTimer = null
    if (!this.#does('replay', 'order')) return
    for (const { topic, message } of this.#replays.gossiped) this.#ports.transport.publish(topic, message)
    for (const signed of this.#replays.transactions) this.#request({ type: 'transaction', body: signed })
    this.#scheduleReplay()
  }

  #request(message: Extract<Message, { type: 'transaction' }>): void {
    const { chainId } = message.body.transaction
    const chain = this.#spec.chains.find((each) => each.chainId === chainId)
    const producer = chain?.producers[0]?.node
    if (producer === undefined || producer === this.#transport.self) return
    this.#requests.add(this.#ports.transport.request(producer, message, REQUEST_TIMEOUT_MS))
  }
}

const REQUEST_TIMEOUT_MS = 5_000
