// Borrowers who look after their loans: each acts when the price of its collateral falls to a level of its own. They wait in a heap by
// that level, so that a move of the price costs what it touches.

export interface Watched {
  readonly member: number
  /** Price of the collateral in units of the debt at which the member acts. */
  readonly level: number
}

export class RescueQueue {
  readonly #heap: Watched[] = []

  /** A member waits for its level. */
  add(watched: Watched): void {
    const heap = this.#heap
    let at = heap.push(watched) - 1
    while (at > 0) {
      const above = (at - 1) >>> 1
      if (!isBefore(watched, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = watched
  }

  /** Takes out whoever has to act at this price, the highest level first; of equal ones the member that came first. */
  *due(price: number): Generator<Watched> {
    for (let next = this.#heap[0]; next !== undefined && next.level >= price; next = this.#heap[0]) {
      this.#removeFirst()
      yield next
    }
  }

  get waiting(): number {
    return this.#heap.length
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1
      if (!isBefore(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Watched, b: Watched): boolean {
  return a.level > b.level || (a.level === b.level && a.member < b.member)
}
