// Which links are cut or worsened by faults at the moment. Without faults a look costs one comparison.

interface Worsening {
  readonly from: ReadonlySet<number>
  readonly to: ReadonlySet<number>
  readonly loss: number
  readonly duplicate: number
  readonly delayMs: number
  readonly jitterMs: number
}

/** Directed links between node indices. */
export class LinkTable {
  readonly #cuts = new Map<number, { readonly from: ReadonlySet<number>; readonly to: ReadonlySet<number> }>()
  readonly #worsenings = new Map<number, Worsening>()
  #nextId = 0

  /** True while any fault touches any link. */
  get isTroubled(): boolean {
    return this.#cuts.size > 0 || this.#worsenings.size > 0
  }

  /** Nothing passes from `from` to `to` until the returned id is restored. */
  cut(from: Iterable<number>, to: Iterable<number>): number {
    this.#cuts.set(++this.#nextId, { from: new Set(from), to: new Set(to) })
    return this.#nextId
  }

  worsen(worsening: { from: Iterable<number>; to: Iterable<number> } & Omit<Worsening, 'from' | 'to'>): number {
    this.#worsenings.set(++this.#nextId, { ...worsening, from: new Set(worsening.from), to: new Set(worsening.to) })
    return this.#nextId
  }

  restore(id: number): void {
    this.#cuts.delete(id)
    this.#worsenings.delete(id)
  }

  isCut(from: number, to: number): boolean {
    for (const cut of this.#cuts.values()) if (cut.from.has(from) && cut.to.has(to)) return true
    return false
  }

  /** Worsenings that apply to a link, in either direction. */
  *worseningsOf(from: number, to: number): Iterable<Worsening> {
    for (const item of this.#worsenings.values()) {
      if ((item.from.has(from) && item.to.has(to)) || (item.from.has(to) && item.to.has(from))) yield item
    }
  }
}
