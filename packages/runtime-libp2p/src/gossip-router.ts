// Gossipsub as the transport needs it: publish, subscribe, verdicts, and a gate per sender in front of the seen
// cache. What `GossipInternals` names are methods of the class and not of its public interface (17.1.1, pinned).
// They are checked for at construction, so that another version fails at once and not silently.
import { type GossipSub, type GossipsubMessage, type Message, TopicValidatorResult } from '@libp2p/gossipsub'
import type { PeerId } from '@libp2p/interface'
import { SolventError } from '@solvent/primitives'
import { withCorruptByte } from './corrupt-byte.ts'
import type { GossipVerdict } from './door/doorkeeper.ts'
import type { Arrival } from './traffic-filter.ts'

interface Rpc {
  readonly subscriptions?: readonly unknown[]
  readonly messages?: readonly {
    readonly from?: unknown
    readonly seqno?: unknown
    readonly signature?: unknown
    readonly key?: unknown
    data?: Uint8Array | null
  }[]
}

/** What the read loop takes from its source: it asks each frame for its bytes. */
interface RpcFrame {
  subarray(): Uint8Array
}

interface GossipInternals {
  getMeshPeers(topic: string): string[]
  reportMessageValidationResult(msgId: string, source: string, verdict: TopicValidatorResult): void
  handleReceivedRpc(from: PeerId, rpc: Rpc): Promise<void>
  pipePeerReadStream(peerId: PeerId, source: AsyncIterable<RpcFrame>): Promise<void>
  decodeRpc(bytes: Uint8Array): Rpc
  handlePeerReadStreamError(error: Error, peerId: PeerId): void
  sendRpc(id: string, rpc: Rpc): boolean
}

const INTERNALS = [
  'getMeshPeers',
  'reportMessageValidationResult',
  'handleReceivedRpc',
  'pipePeerReadStream',
  'decodeRpc',
  'handlePeerReadStreamError',
  'sendRpc',
] as const satisfies readonly (keyof GossipInternals)[]

/** What synchronous checks say of a message, and what they made of it. */
export interface GossipCheck<T> {
  readonly verdict: GossipVerdict
  readonly checked: T | null
}

/** A message that passed the first checks; exactly one verdict is due. */
export interface GossipArrival<T> {
  readonly topic: string
  readonly senderPeerId: string
  readonly checked: T
  verdict(verdict: GossipVerdict): void
}

export interface GossipRouterWiring<T> {
  /** Before gossipsub looks at an RPC: whether it comes in and when. Costs `messages` tokens. */
  readonly gate: (peerId: string, messages: number, bytes: number) => Arrival
  /** Whether an RPC may go out to the peer. */
  readonly maySend: (peerId: string) => boolean
  /** Synchronous checks of one message that was not seen before. */
  readonly check: (peerId: string, topic: string, data: Uint8Array) => GossipCheck<T>
  readonly onArrival: (arrival: GossipArrival<T>) => void
  /** A peer sent what no honest peer sends: an RPC over the limit or no protobuf, a message with an author. */
  readonly onMalformed: (peerId: string, reason: string) => void
}

const VERDICTS: Readonly<Record<GossipVerdict, TopicValidatorResult>> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
}

/** Wraps one gossipsub service. */
export class GossipRouter<T> {
  readonly #pubsub: GossipSub
  readonly #internals: GossipInternals
  readonly #wiring: GossipRouterWiring<T>
  readonly #checked = new WeakMap<Message, T>()

  constructor(pubsub: GossipSub, topics: readonly string[], wiring: GossipRouterWiring<T>) {
    this.#pubsub = pubsub
    this.#internals = internalsOf(pubsub)
    this.#wiring = wiring
    this.#gateRpcs()
    this.#watchFrames()
    for (const topic of topics) {
      pubsub.topicValidators.set(topic, (peer, message) => this.#validate(peer.toString(), message))
    }
    pubsub.addEventListener('gossipsub:message', (event) => this.#deliver(event.detail))
  }

  subscribe(topic: string): void {
    this.#pubsub.subscribe(topic)
  }

  subscribers(topic: string): number {
    return this.#pubsub.getSubscribers(topic).length
  }

  topics(): readonly string[] {
    return this.#pubsub.getTopics()
  }

  meshSize(topic: string): number {
    return this.#internals.getMeshPeers(topic).length
  }

  /** How many peers it was sent to. */
  async publish(topic: string, data: Uint8Array): Promise<number> {
    const { recipients } = await this.#pubsub.publish(topic, data)
    return recipients.length
  }

  /** Calls back whenever a peer's subscriptions have changed. */
  onSubscriptionChange(listener: (peerId: string) => void): void {
    this.#pubsub.addEventListener('subscription-change', (event) => listener(event.detail.peerId.toString()))
  }

  #validate(peerId: string, message: Message): TopicValidatorResult {
    const { verdict, checked } = this.#wiring.check(peerId, message.topic, message.data)
    if (verdict === 'accept' && checked !== null) this.#checked.set(message, checked)
    return VERDICTS[verdict]
  }

  #deliver({ msg, msgId, propagationSource }: GossipsubMessage): void {
    const checked = this.#checked.get(msg)
    if (checked === undefined) return
    const senderPeerId = propagationSource.toString()
    this.#wiring.onArrival({
      topic: msg.topic,
      senderPeerId,
      checked,
      verdict: (verdict) =>
        this.#internals.reportMessageValidationResult(msgId, senderPeerId, VERDICTS[verdict]),
    })
  }

  /**
   * A gate inside a validator would be too late: the id is in the seen cache by then, and refusing one sender's
   * copy would hide the honest ones that follow.
   */
  #gateRpcs(): void {
    const internals = this.#internals
    const receive = internals.handleReceivedRpc.bind(this.#pubsub)
    internals.handleReceivedRpc = async (from, rpc) => {
      if (rpc.messages?.some(hasAuthor) === true)
        return this.#wiring.onMalformed(from.toString(), 'authored-gossip')
      const messages = rpc.messages ?? []
      const bytes = messages.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
      const arrival = this.#wiring.gate(from.toString(), messages.length, bytes)
      if (!arrival.pass) return hasSubscriptions(rpc) ? receive(from, subscriptionsOf(rpc)) : undefined
      if (arrival.isCorrupt === true)
        for (const message of messages) if (message.data != null) message.data = withCorruptByte(message.data)
      if (arrival.delayMs === 0) return receive(from, rpc)
      // Not awaited: a delayed link is late, not slow.
      setTimeout(() => {
        receive(from, rpc).catch(() => {})
      }, arrival.delayMs)
    }
    const send = internals.sendRpc.bind(this.#pubsub)
    internals.sendRpc = (id, rpc) => {
      if (this.#wiring.maySend(id)) return send(id, rpc)
      return hasSubscriptions(rpc) && send(id, subscriptionsOf(rpc))
    }
  }

  /** Gossipsub drops frames that it cannot read without saying whose they were. */
  #watchFrames(): void {
    const internals = this.#internals
    const senders = new WeakMap<Uint8Array, string>()
    const read = internals.pipePeerReadStream.bind(this.#pubsub)
    internals.pipePeerReadStream = (peerId, source) =>
      read(peerId, notedFrames(source, peerId.toString(), senders))
    const decode = internals.decodeRpc.bind(this.#pubsub)
    internals.decodeRpc = (bytes) => {
      try {
        return decode(bytes)
      } catch (error) {
        const sender = senders.get(bytes)
        if (sender !== undefined) this.#wiring.onMalformed(sender, 'malformed-rpc')
        throw error
      }
    }
    const broken = internals.handlePeerReadStreamError.bind(this.#pubsub)
    internals.handlePeerReadStreamError = (error, peerId) => {
      if (LENGTH_ERRORS.has(error.name)) this.#wiring.onMalformed(peerId.toString(), 'oversize-rpc')
      broken(error, peerId)
    }
  }
}

const LENGTH_ERRORS = new Set([
  'InvalidDataLengthError',
  'InvalidDataLengthLengthError',
  'InvalidMessageLengthError',
])

function hasSubscriptions({ subscriptions }: Rpc): boolean {
  return subscriptions !== undefined && subscriptions.length > 0
}

/**
 * Subscriptions are told once for each stream and kept by TCP over any outage: a cut that swallowed them would leave
 * the peers deaf to each other after it has healed. Their number and length are bounded by gossipsub.
 */
function subscriptionsOf({ subscriptions = [] }: Rpc): Rpc {
  return { subscriptions, messages: [] }
}

/** Under StrictNoSign nobody signs at the level of gossip: such a message was made to be refused. */
function hasAuthor(message: NonNullable<Rpc['messages']>[number]): boolean {
  return [message.from, message.seqno, message.signature, message.key].some(
    (part) => part !== undefined && part !== null,
  )
}

/** The same frames, each with a note of who sent its bytes. */
async function* notedFrames(
  source: AsyncIterable<RpcFrame>,
  sender: string,
  senders: WeakMap<Uint8Array, string>,
): AsyncGenerator<RpcFrame> {
  for await (const frame of source) {
    const bytes = frame.subarray()
    senders.set(bytes, sender)
    yield { subarray: () => bytes }
  }
}

function internalsOf(pubsub: GossipSub): GossipInternals {
  const candidate = pubsub as unknown as Partial<GossipInternals>
  const missing = INTERNALS.filter((name) => typeof candidate[name] !== 'function')
  if (missing.length > 0) {
    throw new SolventError({
      code: 'E_GOSSIPSUB_VERSION',
      message: 'This version of gossipsub lacks methods that the runtime builds on.',
      details: { missing: missing.join(', '), expected: '@libp2p/gossipsub 17.1.1' },
    })
  }
  return candidate as GossipInternals
}
