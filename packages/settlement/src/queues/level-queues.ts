// Queues at levels: what waits at one level is served in the order of arrival, and levels are found from either end. An
// order book's side is one (price–time priority), and so is an index of positions by the price that liquidates them. Joining,
// leaving and finding the next level cost the same however much waits.
import type { StateMap } from '../ledger/state-map.ts'
import { KeySet, type KeyWords, MAX_KEY } from './key-set.ts'

interface Level<Id> {
  readonly first: Id
  readonly last: Id
}

interface Link<Id> {
  readonly level: number
  readonly previous: Id | null
  readonly next: Id | null
}

/** All of its state. */
export interface LevelQueuesState<Id> {
  readonly words: KeyWords
  readonly levels: StateMap<number, Level<Id>>
  readonly links: StateMap<Id, Link<Id>>
}

export class LevelQueues<Id> {
  readonly #keys: KeySet
  readonly #levels: StateMap<number, Level<Id>>
  readonly #links: StateMap<Id, Link<Id>>

  constructor(state: LevelQueuesState<Id>) {
    this.#keys = new KeySet(state.words)
    this.#levels = state.levels
    this.#links = state.links
  }

  /** Joins the end of a level's queue. The id must not wait anywhere. @param level a whole number, 0 to 2^31 − 1 */
  join(id: Id, level: number): void {
    const queue = this.#levels.get(level)
    if (queue === undefined) {
      this.#keys.add(level)
      this.#levels.set(level, { first: id, last: id })
      this.#links.set(id, { level, previous: null, next: null })
      return
    }
    const last = this.#links.get(queue.last) as Link<Id>
    this.#links.set(queue.last, { level, previous: last.previous, next: id })
    this.#links.set(id, { level, previous: queue.last, next: null })
    this.#levels.set(level, { first: queue.first, last: id })
  }

  /** Leaves, from any place of the queue; does nothing when the id does not wait. */
  leave(id: Id): void {
    const link = this.#links.get(id)
    if (link === undefined) return
    const { level, previous, next } = link
    this.#links.delete(id)
    if (previous !== null) this.#relink(previous, { next })
    if (next !== null) this.#relink(next, { previous })
    if (previous !== null && next !== null) return
    if (previous === null && next === null) {
      this.#levels.delete(level)
      this.#keys.remove(level)
      return
    }
    const queue = this.#levels.get(level) as Level<Id>
    this.#levels.set(level, {
      first: next !== null && previous === null ? next : queue.first,
      last: previous !== null && next === null ? previous : queue.last,
    })
  }

  levelOf(id: Id): number | undefined {
    return this.#links.get(id)?.level
  }

  lowest(): number | null {
    return this.#keys.above(-1)
  }

  highest(): number | null {
    return this.#keys.below(MAX_KEY + 1)
  }

  above(level: number): number | null {
    return this.#keys.above(level)
  }

  below(level: number): number | null {
    return this.#keys.below(level)
  }

  /** Who waits longest at a level. */
  first(level: number): Id | null {
    return this.#levels.get(level)?.first ?? null
  }

  /** Who came next to the same level. */
  after(id: Id): Id | null {
    return this.#links.get(id)?.next ?? null
  }

  #relink(id: Id, change: Partial<Link<Id>>): void {
    const { level, previous, next } = this.#links.get(id) as Link<Id>
    this.#links.set(id, { level, previous, next, ...change })
  }
}

/** State of its own, for whoever needs no undo. */
export function plainLevelQueues<Id>(): LevelQueuesState<Id> {
  return { words: new Map(), levels: new Map(), links: new Map() }
}
