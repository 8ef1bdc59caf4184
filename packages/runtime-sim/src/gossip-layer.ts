// Gossip in virtual time: a flood over each topic's mesh with a latency for every hop. A node sees a message
// once, passes it on if it accepts it, and turns copies away before anyone looks at them.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { RandomStream, Verdict, Vocabulary } from '@solvent/ports'
import { buildMesh } from './mesh.ts'
import type { GossipOptions } from './options.ts'
import type { SimHost } from './sim-host.ts'
import { LOST, type Wire } from './wire.ts'

/** Room for node indices in one event argument. */
const NODE_SPAN = 1 << 20
const PAIR_SPAN = NODE_SPAN * NODE_SPAN
const NODE_PRIORITY = 1

/** A published message while copies of it are under way. */
interface Flood<V extends Vocabulary> {
  readonly topic: TopicMesh
  readonly message: V['message']
  readonly publishedAtMs: number
  /** By node index: 1 once the node has had it. */
  readonly seen: Uint8Array
  inFlight: number
}

interface TopicMesh {
  readonly name: string
  readonly subscribers: Set<number>
  readonly stream: RandomStream
  /** By node index; null while subscriptions have changed since the last build. */
  neighbours: Map<number, Int32Array> | null
}

export interface GossipParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly wire: Wire
  readonly hosts: readonly SimHost<V>[]
  readonly options: GossipOptions
  /** Added to every hop: a message is checked before it is passed on. */
  readonly doorMs: number
  readonly streamOf: (name: string) => RandomStream
  /** Gives a first copy to its node. */
  readonly deliver: (flood: { topic: string; message: V['message']; publishedAtMs: number }, from: number, to: number) => Verdict
}

export class GossipLayer<V extends Vocabulary> {
  readonly #parts: GossipParts<V>
  readonly #topics = new Map<string, TopicMesh>()
  readonly #floods: (Flood<V> | undefined)[] = []
  readonly #free: number[] = []
  readonly #arrive: HandlerId
  readonly #offer: HandlerId
  /** Copies that arrived. */
  transmissions = 0

  constructor(parts: GossipParts<V>) {
    this.#parts = parts
    this.#arrive = parts.kernel.handler((pair, index) => this.#onArrive(pair, index))
    this.#offer = parts.kernel.handler((pair, index) => this.#onOffer(pair, index))
  }

  subscribe(node: number, name: string): void {
    const topic = this.#topic(name)
    if (topic.subscribers.has(node)) return
    topic.subscribers.add(node)
    topic.neighbours = null
  }

  publish(from: number, name: string, message: V['message']): void {
    const { kernel, hosts } = this.#parts
    const topic = this.#topic(name)
    const index = this.#free.pop() ?? this.#floods.length
    const flood: Flood<V> = { topic, message, publishedAtMs: kernel.now(), seen: new Uint8Array(hosts.length), inFlight: 0 }
    this.#floods[index] = flood
    flood.seen[from] = 1
    this.#passOn(flood, index, from, from)
    this.#releaseIfDone(flood, index)
  }

  #topic(name: string): TopicMesh {
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      topic = { name, subscribers: new Set(), stream: this.#parts.streamOf(`mesh/${name}`), neighbours: null }
      this.#topics.set(name, topic)
    }
    return topic
  }

  /** A publisher that does not subscribe reaches the mesh through random subscribers (gossipsub's fan-out). */
  #neighbours(topic: TopicMesh, node: number): Int32Array {
    topic.neighbours ??= buildMesh([...topic.subscribers], this.#parts.options.degree, topic.stream)
    const known = topic.neighbours.get(node)
    if (known !== undefined) return known
    const fanOut = Int32Array.from(topic.stream.shuffle([...topic.subscribers]).slice(0, this.#parts.options.degree))
    topic.neighbours.set(node, fanOut)
    return fanOut
  }

  #passOn(flood: Flood<V>, index: number, node: number, source: number): void {
    const neighbours = this.#neighbours(flood.topic, node)
    for (let i = 0; i < neighbours.length; i += 1) {
      const to = neighbours[i]!
      if (to !== source) this.#transmit(flood, index, node * NODE_SPAN + to, this.#parts.options.offers)
    }
  }

  #transmit(flood: Flood<V>, index: number, pair: number, offers: number): void {
    const { kernel, wire, doorMs, options } = this.#parts
    const from = Math.floor(pair / NODE_SPAN)
    const to = pair % NODE_SPAN
    const latencyMs = wire.latencyMs(from, to)
    if (latencyMs !== LOST) {
      flood.inFlight += 1
      kernel.after(latencyMs + doorMs, NODE_PRIORITY, this.#arrive, pair, index)
      if (!wire.isDuplicated(from, to)) return
      flood.inFlight += 1
      kernel.after(wire.minLatencyMs + latencyMs + doorMs, NODE_PRIORITY, this.#arrive, pair, index)
    } else if (offers > 0) {
      flood.inFlight += 1
      kernel.after(options.heartbeatMs, NODE_PRIORITY, this.#offer, (offers - 1) * PAIR_SPAN + pair, index)
    }
  }

  #onOffer(argument: number, index: number): void {
    const flood = this.#floods[index]!
    flood.inFlight -= 1
    const pair = argument % PAIR_SPAN
    if (flood.seen[pair % NODE_SPAN] === 0) this.#transmit(flood, index, pair, Math.floor(argument / PAIR_SPAN))
    this.#releaseIfDone(flood, index)
  }

  #onArrive(pair: number, index: number): void {
    const to = pair % NODE_SPAN
    const host = this.#parts.hosts[to]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#onArrive(pair, index))
      return
    }
    const flood = this.#floods[index]!
    flood.inFlight -= 1
    this.transmissions += 1
    if (flood.seen[to] === 0 && host.isUp) {
      flood.seen[to] = 1
      const from = Math.floor(pair / NODE_SPAN)
      const verdict = this.#parts.deliver(
        { topic: flood.topic.name, message: flood.message, publishedAtMs: flood.publishedAtMs }, from, to,
      )
      if (verdict === 'accept') this.#passOn(flood, index, to, from)
    }
    this.#releaseIfDone(flood, index)
  }

  #releaseIfDone(flood: Flood<V>, index: number): void {
    if (flood.inFlight > 0) return
    this.#floods[index] = undefined
    this.#free.push(index)
  }
}
