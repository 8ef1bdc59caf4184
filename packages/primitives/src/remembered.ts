/**
 * Results by the identity of their objects: an artefact is looked at by many nodes within a short time. Artefacts are
 * immutable: one that is changed in place keeps its old result, a copy (`{...order, nonce}`) gets its own.
 */

/** How many objects a memory may hold twice over before the older half is dropped. */
const REMEMBERED = 4_096

/** Counts the calls of `forgetObjects`: a memory that is older is empty. */
let epoch = 0

/**
 * All that is known of any object is forgotten. For programs that make many short runs, of which none sees the objects of another:
 * small memories are looked up faster, and what nobody remembers is collected while it is young.
 */
export function forgetObjects(): void {
  epoch++
}

/**
 * What is known of the objects seen last.
 *
 * Two maps, of which the older is dropped when the younger is full. A WeakMap would remember for ever, but it keeps every
 * key alive until the next full garbage collection, which costs four times as much.
 */
export class RecentObjects<T extends object, R> {
  readonly #most: number
  #epoch = epoch
  #young = new Map<T, R>()
  #old = new Map<T, R>()

  /** Keeps at least so many objects, and at most twice as many. */
  constructor(most: number = REMEMBERED) {
    this.#most = most
  }

  get(value: T): R | undefined {
    if (this.#epoch !== epoch) return undefined
    return this.#young.get(value) ?? this.#old.get(value)
  }

  set(value: T, result: R): void {
    if (this.#epoch !== epoch) {
      this.#epoch = epoch
      this.#young = new Map()
      this.#old = new Map()
    } else if (this.#young.size >= this.#most) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(value, result)
  }
}

/**
 * The function, computed once for each of the objects seen last.
 *
 * @param most objects to keep at least
 * @example remembered((order: Order) => expensive(order))
 */
export function remembered<T extends object, R>(
  compute: (value: T) => R,
  most: number = REMEMBERED,
): (value: T) => R {
  const recent = new RecentObjects<T, R>(most)
  return (value) => {
    const known = recent.get(value)
    if (known !== undefined) return known
    const result = compute(value)
    recent.set(value, result)
    return result
  }
}
