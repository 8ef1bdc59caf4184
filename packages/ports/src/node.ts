// A node: a synchronous state machine that knows only ports. The same object runs in virtual time and on libp2p.
import type { Inbound } from './inbound.ts'
import type { TimerId } from './timers.ts'
import type { Verdict } from './verdict.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * Handlers run to completion and never wait: all waiting is a timer or a message. The runtime calls one
 * handler at a time. A handler that throws is a bug: the simulator stops the run, libp2p exits with 70.
 */
export interface Node<V extends Vocabulary> {
  /** Called once, before anything else; after a restart, `restore` has been called before it. */
  start(): void
  /** Called once at an orderly end; no handler runs afterwards. Not called when the node is killed. */
  stop(): void
  /** Everything that reaches the node. The verdict matters for gossip and requests; other kinds ignore it. */
  onMessage(inbound: Inbound<V>): Verdict
  /** A timer set through the timers port fired. Timers do not survive a restart. */
  onTimer(timer: TimerId): void
  /** All that the node needs to go on after a crash, beyond what its store holds; canonical bytes. */
  snapshot(): Uint8Array
  /** Called before `start` on a fresh object, with bytes of an earlier `snapshot`. */
  restore(bytes: Uint8Array): void
}
