// Gossip in virtual time: a flood over each topic's mesh with a latency for every hop. A node sees a message
// once, passes it on if it accepts it, and turns copies away before anyone looks at them (gossipsub v1.1, seen cache).
//
// This is the hot path of every run: an event for each copy, whose two arguments are its sender and its cell in the
// flood table. A copy that was seen before ends after two array reads, without touching any object.
import type { HandlerId, Kernel } from '@solvent/kernel'
import type { RandomStream, Verdict, Vocabulary } from '@solvent/ports'
import { type Flood, FloodTable } from './flood-table.ts'
import type { LinkTable } from './link-table.ts'
import type { GossipOptions } from './options.ts'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'
import { TopicMesh } from './topic-mesh.ts'
import { LOST, type Wire } from './wire.ts'

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
    this.#arrive = kernel.handler((from, cell) => this.#onArrive(from, cell))
    for (let left = 0; left < options.offers; left++) {
      this.#offers.push(kernel.handler((from, cell) => this.#onOffer(from, cell, left)))
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
    floods.seen[(slot << floods.shift) | from] = 1
    if (topic.has(from)) this.#passOn(slot, from, from)
    else for (const to of topic.fanOut(from)) this.#transmit(from, (slot << floods.shift) | to)
    if (floods.inFlight[slot] === 0) floods.close(slot)
  }

  #onArrive(from: number, cell: number): void {
    const floods = this.#floods
    if (floods.seen[cell] === 0 && !this.#onFirst(from, cell)) return
    this.transmissions++
    this.#settle(cell >>> floods.shift)
  }

  /** A copy of what the node has not seen; false when it did not reach the node. */
  #onFirst(from: number, cell: number): boolean {
    const floods = this.#floods
    const slot = cell >>> floods.shift
    const to = cell & floods.mask
    const host = this.#hosts[to]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#onArrive(from, cell))
      return false
    }
    if (this.#wire.isCut(from, to)) {
      this.#lose(from, cell, this.#parts.options.offers)
      this.#settle(slot)
      return false
    }
    if (!host.isUp) {
      this.#settle(slot)
      return false
    }
    floods.seen[cell] = 1
    const flood = floods.at(slot)
    if (this.#parts.deliver(flood, this.#hosts[from]!, host) === 'accept') this.#passOn(slot, to, from)
    return true
  }

  #passOn(slot: number, node: number, source: number): void {
    const { topic } = this.#floods.at(slot)
    topic.freshen()
    const { starts, targets } = topic
    const first = slot << this.#floods.shift
    const end = starts[node + 1]!
    for (let at = starts[node]!; at < end; at++) {
      const to = targets[at]!
      if (to !== source) this.#transmit(node, first | to)
    }
  }

  #transmit(from: number, cell: number): void {
    if (!this.#wire.isSound(from, cell & this.#floods.mask)) {
      this.#transmitBadly(from, cell, this.#parts.options.offers)
      return
    }
    const delayMs = this.#wire.soundLatencyMs(from) + this.#doorMs
    this.#send(delayMs, this.#arrive, from, cell)
  }

  #transmitBadly(from: number, cell: number, offers: number): void {
    const to = cell & this.#floods.mask
    const latencyMs = this.#wire.latencyMs(from, to)
    if (latencyMs === LOST) {
      this.#lose(from, cell, offers)
      return
    }
    const delayMs = latencyMs + this.#doorMs
    this.#send(delayMs, this.#arrive, from, cell)
    if (this.#wire.isRepeated(from, to)) {
      this.#send(delayMs + this.#wire.minLatencyMs, this.#arrive, from, cell)
    }
  }

  #lose(from: number, cell: number, offers: number): void {
    if (offers > 0) this.#send(this.#parts.options.heartbeatMs, this.#offers[offers - 1]!, from, cell)
  }

  /** The next heartbeat: who offers must be there, and who is offered must still want it. */
  #onOffer(from: number, cell: number, left: number): void {
    const host = this.#hosts[from]!
    if (host.isSuspended) {
      host.whenAwake(() => this.#onOffer(from, cell, left))
      return
    }
    if (host.isUp && this.#floods.seen[cell] === 0) this.#transmitBadly(from, cell, left)
    this.#settle(cell >>> this.#floods.shift)
  }

  #send(delayMs: number, handler: HandlerId, from: number, cell: number): void {
    const { inFlight, shift } = this.#floods
    const slot = cell >>> shift
    inFlight[slot] = inFlight[slot]! + 1
    this.#kernel.after(delayMs, NODE_PRIORITY, handler, from, cell)
  }

  /** One event of the flood is over. */
  #settle(slot: number): void {
    const floods = this.#floods
    const left = floods.inFlight[slot]! - 1
    floods.inFlight[slot] = left
    if (left === 0) floods.close(slot)
  }
}
