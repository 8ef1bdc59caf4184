// One simulated node: the object, whether it is up, its clock's skew, its disk, and what waits while it is suspended.
import type { NodeId } from '@solvent/primitives'
import type { Inbound, Node, TimerId, Verdict, Vocabulary } from '@solvent/ports'
import type { SimStore } from './sim-store.ts'

export class SimHost<V extends Vocabulary> {
  readonly index: number
  readonly id: NodeId
  readonly store: SimStore
  /** Counts lives: what was meant for an earlier life is dropped. */
  life = 0
  skewMs = 0
  #node: Node<V> | null = null
  #isSuspended = false
  readonly #waiting: (() => void)[] = []

  constructor(index: number, id: NodeId, store: SimStore) {
    this.index = index
    this.id = id
    this.store = store
  }

  get isUp(): boolean {
    return this.#node !== null
  }

  get isSuspended(): boolean {
    return this.#isSuspended
  }

  get node(): Node<V> | null {
    return this.#node
  }

  /** A fresh object takes over; its `start` runs now. */
  begin(create: () => Node<V>): void {
    this.life += 1
    this.#node = create()
    this.#node.start()
  }

  /** As SIGKILL: no handler runs, nothing is said. */
  kill(): void {
    this.life += 1
    this.#node = null
    this.#isSuspended = false
    this.#waiting.length = 0
  }

  /** As SIGSTOP: what comes in waits in order. */
  suspend(): void {
    if (this.#node !== null) this.#isSuspended = true
  }

  /** As SIGCONT: everything that waited comes at once, in order. */
  resume(): void {
    if (!this.#isSuspended) return
    this.#isSuspended = false
    for (const step of this.#waiting.splice(0)) step()
  }

  /** Runs the step now, or when the node is resumed. */
  whenAwake(step: () => void): void {
    if (this.#isSuspended) this.#waiting.push(step)
    else step()
  }

  message(inbound: Inbound<V>): Verdict {
    return this.#node === null ? 'ignore' : this.#node.onMessage(inbound)
  }

  timer(timer: TimerId): void {
    this.#node?.onTimer(timer)
  }

  end(): void {
    this.#node?.stop()
    this.#node = null
  }
}
