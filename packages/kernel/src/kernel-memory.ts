/**
 * Memory that one kernel after another uses: a run of a few thousand events takes less time than the allocation of its queue and
 * the collection of it, so programs that make many such runs keep it.
 */
import { EventQueue } from './event-queue.ts'

/** Belongs to the last kernel that was made on it; those before can be run no more. */
export class KernelMemory {
  #queue: EventQueue | null = null
  #holder: object | null = null

  /** An empty queue, the same as a new one. */
  take(holder: object, startMs: number): EventQueue {
    this.#holder = holder
    if (this.#queue === null) this.#queue = new EventQueue(startMs)
    else this.#queue.clear(startMs)
    return this.#queue
  }

  isHeldBy(holder: object): boolean {
    return this.#holder === holder
  }
}
