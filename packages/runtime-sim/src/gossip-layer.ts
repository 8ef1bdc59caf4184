// Gossip in virtual time: a flood over each topic's mesh with a latency for every hop. A node sees a message
// once, passes it on if it accepts it, and turns copies away before anyone looks at them (gossipsub v1.1, seen cache).
//
// This is the hot path of every run: an event for each copy, whose two arguments are its link (sender and receiver in
// 16 bits each, however many nodes there are: the trace digest takes them as they are) and its flood's slot. A copy
// that was seen before ends after two array reads, without touching any object.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { RandomStream, Verdict, Vocabulary } from '@solvent/ports'
import { type Flood, FloodTable } from './flood-table.ts'
import type { LinkTable } from './link-table.ts'
import type { GossipOptions } from './options.ts'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'
import { TopicMesh } from './topic-mesh.ts'
import { LOST, type Wire } from './wire.ts'

const NODE_BITS = 16
/** Nodes of a simulation, numbered from 0. */
export const MOST_NODES = 1 << NODE_BITS

export interface GossipParts<V extends Vocabulary> {
  readonly kernel: Kernel
  readonly wire: Wire
  readonly links: LinkTable
  readonly hosts: readonly SimHost<V>[]
  readonly options: GossipOptions
  /** Added to every hop: a message is checked before it is passed on. */
  readonly doorMs: number
  readonly streamOf: (name: string) => RandomStream
  /** Gives a first copy to its node. */
  readonly bytesOf: (message: V['message']) => number
  readonly deliver: (flood: Flood<V>, from: SimHost<V>, to: SimHost<V>) => Verdict
}

export class GossipLayer<V extends Vocabulary> {
  readonly #parts: GossipParts<V>
  readonly #kernel: Kernel
  readonly #wire: Wire
  readonly #hosts: readonly SimHost<V>[]
  readonly #doorMs: number
  readonly #topics = new Map<string, TopicMesh>()
  readonly #floods: FloodTable<V>
  readonly #arrive: HandlerId
  /** The handler for a transmission that may be offered again n times is the n-th. */
  readonly #offers: HandlerId[] = []
  /** Copies that arrived at nodes that were up. */
  transmissions = 0

  constructor(parts: GossipParts<V>) {
    const { kernel, wire, hosts, doorMs, options } = parts
    this.#parts = parts
    this.#kernel = kernel
    this.#wire = wire
    this.#hosts = hosts
    this.#doorMs = doorMs
    this.#floods = new FloodTable(hosts.length)
    this.#arrive = kernel.handler((link, slot) => this.#onArrive(link, slot))
    for (let left = 0; left < options.offers; left++) {
      this.#offers.push(kernel.handler((link, slot) => this.#onOffer(link, slot, left)))
    }
  }

  /** Messages of which copies are under way. */
  get floods(): number {
    return this.#floods.size
  }

  /** The topic's mesh; made at its first use. */
  topic(name: string): TopicMesh {
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      const { links, hosts, options, streamOf } = this.#parts
      topic = new TopicMesh({
        name,
        ordinal: this.#topics.size,
        nodes: hosts.length,
        degree: options.degree,
        links,
        streamOf: (purpose) =>
          streamOf(
            typeof purpose === 'number'
              ? `mesh.fan-out/${name}/${hosts[purpose]!.id}`
              : `mesh.${purpose}/${name}`,
          ),
      })
      this.#topics.set(name, topic)
    }
    return topic
  }

  /** A node is killed: it subscribes to nothing. */
  leave(node: number): void {
    for (const topic of this.#topics.values()) topic.leave(node)
  }

  publish(from: number, topic: TopicMesh, message: V['message']): void {
    const floods = this.#floods
    const slot = floods.open({ topic, message, publishedAtMs: this.#kernel.now(), verdict: null })
    floods.seen[floods.cell(slot, from)] = 1
    if (topic.has(from)) this.#passOn(slot, from, from)
    else for (const to of topic.fanOut(from)) this.#transmit(linkOf(from, to), slot)
    if (floods.inFlight[slot] === 0) floods.close(slot)
  }

  #onArrive(link: number, slot: number): void {
    const floods = this.#floods
    if (floods.seen[floods.cell(slot, receiverOf(link))] === 0 && !this.#onFirst(link, slot)) return
    this.transmissions++
    this.#settle(slot)
  }

  /** A copy of what the node has not seen; false when it did not reach the node. */
  #onFirst(link: number, slot: number): boolean {
    const floods = this.#floods
    const from = senderOf(link)
    const to = receiverOf(link)
    const host = this.#hosts[to]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#onArrive(link, slot))
      return false
    }
    if (this.#wire.isCut(from, to)) {
      this.#lose(link, slot, this.#parts.options.offers)
      this.#settle(slot)
      return false
    }
    if (!host.isUp) {
      this.#settle(slot)
      return false
    }
    floods.seen[floods.cell(slot, to)] = 1
    const flood = floods.at(slot)
    if (this.#parts.deliver(flood, this.#hosts[from]!, host) === 'accept') this.#passOn(slot, to, from)
    return true
  }

  #passOn(slot: number, node: number, source: number): void {
    const { topic } = this.#floods.at(slot)
    topic.freshen()
    const { starts, targets } = topic
    const end = starts[node + 1]!
    for (let at = starts[node]!; at < end; at++) {
      const to = targets[at]!
      if (to !== source) this.#transmit(linkOf(node, to), slot)
    }
  }

  #transmit(link: number, slot: number): void {
    const from = senderOf(link)
    if (!this.#wire.isSound(from, receiverOf(link))) {
      this.#transmitBadly(link, slot, this.#parts.options.offers)
      return
    }
    const delayMs = this.#wire.soundLatencyMs(from) + this.#doorMs
    this.#send(delayMs, this.#arrive, link, slot)
  }

  #transmitBadly(link: number, slot: number, offers: number): void {
    const from = senderOf(link)
    const to = receiverOf(link)
    const latencyMs = this.#wire.latencyMs(from, to, () => this.#parts.bytesOf(this.#floods.at(slot).message))
    if (latencyMs === LOST) {
      this.#lose(link, slot, offers)
      return
    }
    const delayMs = latencyMs + this.#doorMs
    this.#send(delayMs, this.#arrive, link, slot)
    if (this.#wire.isRepeated(from, to)) {
      this.#send(delayMs + this.#wire.minLatencyMs, this.#arrive, link, slot)
    }
  }

  #lose(link: number, slot: number, offers: number): void {
    if (offers > 0) this.#send(this.#parts.options.heartbeatMs, this.#offers[offers - 1]!, link, slot)
  }

  /** The next heartbeat: who offers must be there, and who is offered must still want it. */
  #onOffer(link: number, slot: number, left: number): void {
    const floods = this.#floods
    const host = this.#hosts[senderOf(link)]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#onOffer(link, slot, left))
      return
    }
    const isWanted = floods.seen[floods.cell(slot, receiverOf(link))] === 0
    if (host.isUp && isWanted) this.#transmitBadly(link, slot, left)
    this.#settle(slot)
  }

  #send(delayMs: number, handler: HandlerId, link: number, slot: number): void {
    const { inFlight } = this.#floods
    inFlight[slot] = inFlight[slot]! + 1
    this.#kernel.after(delayMs, NODE_PRIORITY, handler, link, slot)
  }

  /** One event of the flood is over. */
  #settle(slot: number): void {
    const floods = this.#floods
    const left = floods.inFlight[slot]! - 1
    floods.inFlight[slot] = left
    if (left === 0) floods.close(slot)
  }
}

function linkOf(from: number, to: number): number {
  return (from << NODE_BITS) | to
}

function senderOf(link: number): number {
  return link >>> NODE_BITS
}

function receiverOf(link: number): number {
  return link & (MOST_NODES - 1)
}
