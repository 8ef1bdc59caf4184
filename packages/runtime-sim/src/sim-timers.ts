// The timers of one life of one node: deadlines on the node's own clock, so that a skew moves them with it.
import type { EventId, HandlerId, Kernel } from '@solvent/kernel'
import type { TimerId, Timers, Vocabulary } from '@solvent/ports'
import { NODE_PRIORITY } from './priorities.ts'
import type { SimHost } from './sim-host.ts'

interface Pending {
  readonly id: TimerId
  readonly dueMs: number
  readonly owner: { ring(pending: Pending): void }
  /** Null once the moment has come, while the node is suspended. */
  event: EventId | null
}

/** Registers what the events of all timers run. */
export function timerHandler(kernel: Kernel): HandlerId {
  return kernel.handler((_host, _timer, payload) => {
    const pending = payload as Pending
    pending.owner.ring(pending)
  })
}

export class SimTimers<V extends Vocabulary> implements Timers {
  readonly #kernel: Kernel
  readonly #handler: HandlerId
  readonly #host: SimHost<V>
  readonly #pending = new Map<TimerId, Pending>()
  #lastId = 0

  constructor(kernel: Kernel, handler: HandlerId, host: SimHost<V>) {
    this.#kernel = kernel
    this.#handler = handler
    this.#host = host
  }

  set(delayMs: number): TimerId {
    return this.setAt(this.#host.nowMs() + delayMs)
  }

  setAt(atMs: number): TimerId {
    const id = ++this.#lastId as TimerId
    const pending: Pending = { id, dueMs: atMs, owner: this, event: null }
    this.#arm(pending)
    this.#pending.set(id, pending)
    return id
  }

  cancel(timer: TimerId): void {
    const pending = this.#pending.get(timer)
    if (pending === undefined) return
    this.#pending.delete(timer)
    if (pending.event !== null) this.#kernel.cancel(pending.event)
  }

  /** The clock was put off: waits are measured anew. */
  rearm(): void {
    for (const pending of this.#pending.values()) {
      if (pending.event === null) continue
      this.#kernel.cancel(pending.event)
      this.#arm(pending)
    }
  }

  /** The life is over: nothing fires any more. */
  clear(): void {
    for (const { event } of this.#pending.values()) if (event !== null) this.#kernel.cancel(event)
    this.#pending.clear()
  }

  /** The moment has come; while the node is suspended it can still be cancelled by what came in before. */
  ring(pending: Pending): void {
    pending.event = null
    if (this.#host.isSuspended) this.#host.whenAwake(() => this.#fire(pending))
    else this.#fire(pending)
  }

  #fire({ id }: Pending): void {
    if (this.#pending.delete(id)) this.#host.timer(id)
  }

  #arm(pending: Pending): void {
    const { index } = this.#host
    const waitMs = this.#host.msUntil(pending.dueMs)
    pending.event = this.#kernel.after(waitMs, NODE_PRIORITY, this.#handler, index, pending.id, pending)
  }
}
