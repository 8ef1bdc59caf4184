// One simulated node: the object, whether it is up, its clock, its disk, and what waits while it is suspended.
import type { Inbound, Node, TimerId, Verdict, Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import { SimDisk } from './sim-disk.ts'
import type { SimStore } from './sim-store.ts'

/** What a host needs of the timers of its present life. */
export interface HostTimers {
  /** The clock was put off. */
  rearm(): void
  /** The life is over. */
  clear(): void
}

export interface SimHostParts {
  readonly index: number
  readonly id: NodeId
  readonly store: SimStore
  /** True virtual time, Unix ms. */
  readonly now: () => number
}

const MILLION = 1_000_000

export class SimHost<V extends Vocabulary> {
  readonly index: number
  readonly id: NodeId
  readonly store: SimStore
  /** Counts lives: what was meant for an earlier life is dropped. */
  life = 0
  /** Numbers the node's requests through all its lives. */
  lastRequest = 0
  /** Of the present life; set when its ports are made. */
  timers: HostTimers | null = null
  readonly disk = new SimDisk()
  readonly #now: () => number
  #node: Node<V> | null = null
  #suspensions = 0
  #waiting: (() => void)[] = []
  #skewMs = 0
  #driftPpm = 0
  #driftSinceMs = 0
  #lastMs = 0

  constructor({ index, id, store, now }: SimHostParts) {
    this.index = index
    this.id = id
    this.store = store
    this.#now = now
  }

  get isUp(): boolean {
    return this.#node !== null
  }

  get isSuspended(): boolean {
    return this.#suspensions > 0
  }

  get node(): Node<V> | null {
    return this.#node
  }

  /** The node's own time, Unix ms: skewed, and standing still rather than going back within a life. */
  nowMs(): number {
    const nowMs = this.#now() + this.#offsetMs()
    if (nowMs > this.#lastMs) this.#lastMs = nowMs
    return this.#lastMs
  }

  /** Virtual ms until the node's clock shows `atMs`; 0 when it has passed. */
  msUntil(atMs: number): number {
    const aheadMs = atMs - this.#offsetMs() - this.#now()
    // A clock that runs fast gets there sooner; a millisecond too late rather than too early.
    const waitMs = this.#driftPpm === 0 ? aheadMs : Math.ceil(aheadMs / (1 + this.#driftPpm / MILLION)) + 1
    return aheadMs <= 0 ? 0 : waitMs
  }

  /** From now on the clock is off by this much. */
  skew(skewMs: number): void {
    this.nowMs()
    this.#skewMs = skewMs
    this.#driftSinceMs = this.#now()
    this.timers?.rearm()
  }

  /** From now on the clock runs fast by so many parts per million, slow when negative; what it has gained it keeps. */
  drift(ppm: number): void {
    this.nowMs()
    this.#skewMs = this.#offsetMs()
    this.#driftPpm = ppm
    this.#driftSinceMs = this.#now()
    this.timers?.rearm()
  }

  #offsetMs(): number {
    if (this.#driftPpm === 0) return this.#skewMs
    return this.#skewMs + Math.trunc(((this.#now() - this.#driftSinceMs) * this.#driftPpm) / MILLION)
  }

  /** A fresh object takes over: restored from the newest snapshot, if there is one, and started. */
  begin(create: () => Node<V>): void {
    this.life++
    this.#lastMs = 0
    this.#node = create()
    const snapshot = this.store.snapshot()
    if (snapshot !== null) this.#node.restore(snapshot)
    this.#node.start()
  }

  /** As SIGKILL: no handler runs, nothing is said. What waited finds the node down. */
  kill(): void {
    this.life++
    this.#node = null
    this.timers?.clear()
    this.#suspensions = 0
    this.#replay()
  }

  /** As SIGSTOP: what comes in waits in order. Lasts until it was resumed as often. */
  suspend(): void {
    if (this.#node !== null) this.#suspensions++
  }

  /** As SIGCONT: everything that waited comes at once, in order. */
  resume(): void {
    if (this.#suspensions === 0) return
    this.#suspensions--
    if (this.#suspensions === 0) this.#replay()
  }

  /** Runs the step now, or when the node is resumed or killed. */
  whenAwake(step: () => void): void {
    if (this.#suspensions > 0) this.#waiting.push(step)
    else step()
  }

  message(inbound: Inbound<V>): Verdict {
    return this.#node === null ? 'ignore' : this.#node.onMessage(inbound)
  }

  timer(timer: TimerId): void {
    this.#node?.onTimer(timer)
  }

  /** An orderly end. */
  end(): void {
    this.#node?.stop()
    this.#node = null
  }

  #replay(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const step of waiting) step()
  }
}
