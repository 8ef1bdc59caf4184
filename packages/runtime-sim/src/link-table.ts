// Which links are cut or worsened by faults at the moment. A look at a link that no fault touches costs two reads.
import type { LinkTrouble } from '@solvent/protocol'
import { type Dials, Eclipse } from './eclipse.ts'

interface Cut {
  readonly from: ReadonlySet<number>
  readonly to: ReadonlySet<number>
  /** Who sends hears at once that nothing passes. */
  readonly isRefusal?: boolean
}

/** What a fault adds to the links between two sets of nodes, both ways unless told otherwise. */
export interface Worsening extends LinkTrouble {
  readonly from: Iterable<number>
  readonly to: Iterable<number>
  readonly symmetric?: boolean
  /** When it ends, Unix ms. */
  readonly untilMs: number
}

/** A worsening in force, and until when each sender's line is taken by what it has sent. */
export type PlacedWorsening = Worsening & Cut & { readonly lineFreeMs: Map<number, number> }

/** Directed links between node indices. */
export class LinkTable {
  readonly #cuts = new Map<number, Cut>()
  readonly #worsenings = new Map<number, PlacedWorsening>()
  readonly #eclipses = new Set<Eclipse>()
  readonly #nodes: number
  /** By node: how many faults name it. */
  readonly #touches: Int32Array
  #nextId = 1
  /** Changes whenever a link is cut or whole again. */
  cutsVersion = 0

  constructor(nodes: number) {
    this.#nodes = nodes
    this.#touches = new Int32Array(nodes)
  }

  get hasCuts(): boolean {
    return this.#cuts.size > 0 || this.#eclipses.size > 0
  }

  /** False when no fault can concern the link. */
  touches(from: number, to: number): boolean {
    return this.#touches[from] !== 0 && this.#touches[to] !== 0
  }

  /** Nothing passes from `from` to `to` until the returned id is restored. */
  cut(from: Iterable<number>, to: Iterable<number>, manner: 'silent' | 'refusal' = 'silent'): number {
    const cut = { from: new Set(from), to: new Set(to), isRefusal: manner === 'refusal' }
    this.#cuts.set(this.#nextId, cut)
    this.#touch(cut, 1)
    this.cutsVersion++
    return this.#nextId++
  }

  /** The node keeps the connections that it makes itself, these to begin with, until the returned function is called. */
  eclipse(node: number, dialled: Iterable<number>, dials: Dials): () => void {
    const eclipse = new Eclipse(node, dialled, dials)
    const all = { from: new Set([node]), to: new Set(Array.from({ length: this.#nodes }, (_, at) => at)) }
    this.#eclipses.add(eclipse)
    this.#touch(all, 1)
    this.cutsVersion++
    return () => {
      this.#eclipses.delete(eclipse)
      this.#touch(all, -1)
      this.cutsVersion++
    }
  }

  /** Who sends on its own account connects first, if it has to. */
  dial(from: number, to: number): void {
    for (const eclipse of this.#eclipses) if (eclipse.dial(from, to)) this.cutsVersion++
  }

  /** The links between the sets are worse until the returned id is restored. */
  worsen(worsening: Worsening): number {
    const placed = {
      ...worsening,
      from: new Set(worsening.from),
      to: new Set(worsening.to),
      lineFreeMs: new Map<number, number>(),
    }
    this.#worsenings.set(this.#nextId, placed)
    this.#touch(placed, 1)
    return this.#nextId++
  }

  restore(id: number): void {
    const fault = this.#cuts.get(id) ?? this.#worsenings.get(id)
    if (fault === undefined) return
    this.#touch(fault, -1)
    if (this.#cuts.delete(id)) this.cutsVersion++
    this.#worsenings.delete(id)
  }

  isCut(from: number, to: number): boolean {
    if (from === to || !this.touches(from, to)) return false
    for (const cut of this.#cuts.values()) if (cut.from.has(from) && cut.to.has(to)) return true
    return this.#isEclipsed(from, to)
  }

  /** Whether a dial from one to the other is refused. */
  isRefused(from: number, to: number): boolean {
    if (from === to || !this.touches(from, to)) return false
    for (const cut of this.#cuts.values())
      if (cut.isRefusal === true && cut.from.has(from) && cut.to.has(to)) return true
    return this.#isEclipsed(from, to)
  }

  /** The worsenings that concern a link. */
  worseningsOf(from: number, to: number): PlacedWorsening[] {
    return [...this.#worsenings.values()].filter(
      (item) =>
        (item.from.has(from) && item.to.has(to)) ||
        (item.symmetric !== false && item.from.has(to) && item.to.has(from)),
    )
  }

  #isEclipsed(from: number, to: number): boolean {
    for (const eclipse of this.#eclipses) if (eclipse.covers(from, to)) return true
    return false
  }

  #touch({ from, to }: Cut, by: number): void {
    for (const node of new Set([...from, ...to])) this.#touches[node] = this.#touches[node]! + by
  }
}
