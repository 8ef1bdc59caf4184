// Messages while copies of them are under way: who has had which, and how many copies still come.
//
// A flood has a slot, which is used again when the last copy has arrived. A cell is the place of a flood and a node
// in the table, `slot << shift | node`; it never leaves the table, since its width depends on the number of nodes.
import type { Verdict, Vocabulary } from '@solvent/ports'
import type { TopicMesh } from './topic-mesh.ts'

export interface Flood<V extends Vocabulary> {
  readonly topic: TopicMesh
  readonly message: V['message']
  readonly publishedAtMs: number
  /** The door's, where time was not the reason; null until a node has asked. */
  verdict: Verdict | null
}

const FIRST_SLOTS = 16

export class FloodTable<V extends Vocabulary> {
  readonly #shift: number
  /** By cell: 1 once the node has had the message. */
  seen: Uint8Array
  /** By slot: events that are still to come. */
  inFlight: Int32Array
  readonly #floods: (Flood<V> | undefined)[] = []
  readonly #free: number[] = []

  constructor(nodes: number) {
    this.#shift = 32 - Math.clz32(Math.max(0, nodes - 1))
    this.seen = new Uint8Array(FIRST_SLOTS << this.#shift)
    this.inFlight = new Int32Array(FIRST_SLOTS)
  }

  /** Floods that have a slot. */
  get size(): number {
    return this.#floods.length - this.#free.length
  }

  /** Gives a flood a slot; nobody has seen it, nothing is in flight. */
  open(flood: Flood<V>): number {
    const slot = this.#free.pop() ?? this.#floods.length
    this.#floods[slot] = flood
    if (slot === this.inFlight.length) this.#grow()
    return slot
  }

  at(slot: number): Flood<V> {
    return this.#floods[slot]!
  }

  cell(slot: number, node: number): number {
    return (slot << this.#shift) | node
  }

  /** Takes the slot back: no event names it any more. */
  close(slot: number): void {
    this.#floods[slot] = undefined
    this.seen.fill(0, slot << this.#shift, (slot + 1) << this.#shift)
    this.#free.push(slot)
  }

  #grow(): void {
    const slots = 2 * this.inFlight.length
    const seen = new Uint8Array(2 * this.seen.length)
    seen.set(this.seen)
    this.seen = seen
    const inFlight = new Int32Array(slots)
    inFlight.set(this.inFlight)
    this.inFlight = inFlight
  }
}
