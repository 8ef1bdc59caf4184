// The plan on disk: drawn at the first start, read at every later one, so that a restarted user signs nothing new
// under an old nonce. Orders of operators join it.
import type { Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { PlannedOrder } from './order-plan.ts'

const PREFIX = 'plan/'
const DRAWN = 'plan-drawn'
const INDEX_DIGITS = 10
/** Orders of operators are numbered from here, far above any drawn order. */
export const FIRST_OPERATOR_INDEX = 1_000_000_000

export class PlanKeeper {
  readonly #store: Store
  readonly #orders = new Map<number, PlannedOrder>()
  #nextOperatorIndex = FIRST_OPERATOR_INDEX

  constructor(store: Store) {
    this.#store = store
  }

  /** Reads the plan from the store, or draws it. */
  open(draw: () => readonly PlannedOrder[]): void {
    for (const key of this.#store.keys(PREFIX)) {
      const bytes = this.#store.get(key)
      if (bytes !== undefined) this.#take(decodeCanonical(bytes) as PlannedOrder)
    }
    if (this.#store.get(DRAWN) !== undefined) return
    // A crash within the first write leaves no mark: the plan is drawn again, and equal.
    for (const order of draw()) this.add(order)
    this.#store.put(DRAWN, new Uint8Array())
  }

  add(order: PlannedOrder): void {
    const key = PREFIX + String(order.index).padStart(INDEX_DIGITS, '0')
    this.#store.put(key, () => encodeCanonical(order))
    this.#take(order)
  }

  find(index: number): PlannedOrder | undefined {
    return this.#orders.get(index)
  }

  /** By scheduled moment, then index. */
  bySchedule(): PlannedOrder[] {
    return [...this.#orders.values()].sort((a, b) => a.scheduledMs - b.scheduledMs || a.index - b.index)
  }

  /** The index of the next order that an operator sends. */
  get nextOperatorIndex(): number {
    return this.#nextOperatorIndex
  }

  #take(order: PlannedOrder): void {
    this.#orders.set(order.index, order)
    if (order.index >= this.#nextOperatorIndex) this.#nextOperatorIndex = order.index + 1
  }
}
