// What each pending timer of a node is for. Every part keeps its own table and asks it first.
import type { TimerId, Timers } from '@solvent/ports'

export interface TimerTable<Purpose> {
  /** As `Timers.set`: fires not before `delayMs` of the node's clock has passed. */
  set(delayMs: number, purpose: Purpose): TimerId
  /** As `Timers.setAt`. */
  setAt(atMs: number, purpose: Purpose): TimerId
  /** Null, unknown and fired timers are ignored. */
  cancel(timer: TimerId | null): void
  /** The purpose of a timer that fired, once; undefined when it is not of this table. */
  take(timer: TimerId): Purpose | undefined
  /** How many are pending. */
  size(): number
}

/**
 * Binds timers to typed purposes.
 *
 * @example
 * const table = createTimerTable<'retry'>(ports.timers)
 * const timer = table.set(500, 'retry')
 * table.take(timer) // 'retry' when it fires, undefined ever after
 */
export function createTimerTable<Purpose>(timers: Timers): TimerTable<Purpose> {
  const purposes = new Map<TimerId, Purpose>()

  function remember(timer: TimerId, purpose: Purpose): TimerId {
    purposes.set(timer, purpose)
    return timer
  }

  return {
    set: (delayMs, purpose) => remember(timers.set(delayMs), purpose),
    setAt: (atMs, purpose) => remember(timers.setAt(atMs), purpose),
    cancel(timer) {
      if (timer !== null && purposes.delete(timer)) timers.cancel(timer)
    },
    take(timer) {
      const purpose = purposes.get(timer)
      if (purpose !== undefined) purposes.delete(timer)
      return purpose
    },
    size() {
      return purposes.size
    },
  }
}
