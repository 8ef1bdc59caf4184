// Timers: the only way for a node to wait without a message.

/** Names a pending timer of one node; never reused within a run of that node. */
export type TimerId = number & { readonly TimerId: unique symbol }

export interface Timers {
  /** Fires `onTimer(id)` once, not before `delayMs` (integer >= 0) of the node's clock has passed; never inside the current handler. */
  set(delayMs: number): TimerId
  /** As `set`, at a moment of the node's clock; a moment that has passed fires as soon as the handler has returned. */
  setAt(atMs: number): TimerId
  /** Afterwards the timer does not fire. Unknown and fired ids are ignored. */
  cancel(timer: TimerId): void
}
