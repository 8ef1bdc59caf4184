// The node that the suites put on a runtime: it records all that reaches it and answers as the test tells it to.
import { ZERO_HASH } from '@solvent/primitives'
import type { Inbound } from '../inbound.ts'
import type { Node } from '../node.ts'
import type { Ports } from '../ports.ts'
import type { TimerId } from '../timers.ts'
import type { Verdict } from '../verdict.ts'
import type { Vocabulary } from '../vocabulary.ts'

/** A recording node and what a test may look at. After a restart `ports` and the record belong to the new node. */
export interface Probe<V extends Vocabulary> {
  readonly create: (ports: Ports<V>) => Node<V>
  /** Set by `create`; throws when the node was never created. */
  readonly ports: Ports<V>
  /** Everything the current node received, oldest first. */
  readonly inbox: readonly Inbound<V>[]
  readonly fired: readonly { readonly timer: TimerId; readonly atMs: number }[]
  /** How often a node was created and started, restarts included. */
  readonly starts: number
  /** True while one of the node's handlers runs. */
  readonly busy: boolean
  /** Set when a handler was entered while another one ran, which no runtime may do. */
  readonly reentered: boolean
}

/** What a probe does with what it receives; the default accepts and stays silent. */
export interface ProbeBehaviour<V extends Vocabulary> {
  onStart?(ports: Ports<V>): void
  onMessage?(inbound: Inbound<V>, ports: Ports<V>): Verdict
  onTimer?(timer: TimerId, ports: Ports<V>): void
  onRestore?(bytes: Uint8Array): void
  /** One constant unless given. */
  snapshot?(): Uint8Array
}

/** Makes a probe. */
export function createProbe<V extends Vocabulary>(behaviour: ProbeBehaviour<V> = {}): Probe<V> {
  let ports: Ports<V> | null = null
  let inbox: Inbound<V>[] = []
  let fired: { timer: TimerId; atMs: number }[] = []
  let starts = 0
  let depth = 0
  let reentered = false

  function handle<T>(body: () => T): T {
    if (depth > 0) reentered = true
    depth++
    try {
      return body()
    } finally {
      depth--
    }
  }

  function create(live: Ports<V>): Node<V> {
    ports = live
    inbox = []
    fired = []
    return {
      start: () =>
        handle(() => {
          starts++
          behaviour.onStart?.(live)
        }),
      stop: () => {},
      onMessage: (inbound) =>
        handle(() => {
          inbox.push(inbound)
          return behaviour.onMessage?.(inbound, live) ?? 'accept'
        }),
      onTimer: (timer) =>
        handle(() => {
          fired.push({ timer, atMs: live.clock.nowMs() })
          behaviour.onTimer?.(timer, live)
        }),
      snapshot: () => handle(() => behaviour.snapshot?.() ?? new TextEncoder().encode(ZERO_HASH)),
      restore: (bytes) => handle(() => behaviour.onRestore?.(bytes)),
    }
  }

  return {
    create,
    get ports() {
      if (ports === null) throw new Error('The probe has not been created by the runtime.')
      return ports
    },
    get inbox() {
      return inbox
    },
    get fired() {
      return fired
    },
    get starts() {
      return starts
    },
    get busy() {
      return depth > 0
    },
    get reentered() {
      return reentered
    },
  }
}
