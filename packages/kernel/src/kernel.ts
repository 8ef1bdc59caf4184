/**
 * The simulation kernel: virtual time, and what happens when.
 *
 * "Events ordered by time, priority, id" is the whole of it (SimPy, https://simpy.readthedocs.io, "Scheduling of
 * events"). Time is in integer milliseconds from `startMs` up to 2^53 - 1. A handler is registered once and named by
 * a number; an event names its handler and carries two numbers and, if wanted, one object. Handlers run to
 * completion: there is nothing asynchronous here.
 */
import type { Brand } from '@solvent/primitives'
import type { KernelMemory } from './kernel-memory.ts'
import type { RandomStreams } from './random-streams.ts'
import type { TraceDigest } from './trace-digest.ts'

/** Names a registered handler of one kernel. */
export type HandlerId = number & Brand<'HandlerId'>

/**
 * Names a scheduled event of one kernel. When the event has run or was cancelled the id is stale and cancels
 * nothing; it would name another event only after its record was reused 2^29 times.
 */
export type EventId = number & Brand<'EventId'>

/** What an event runs: its two numbers and its payload, undefined when it has none. */
export type EventHandler = (a: number, b: number, payload: unknown) => void

/** Sees every event as it is popped, before its handler: its place in the total order and what it carries. */
export type PopHook = (
  timeMs: number,
  priority: number,
  sequence: number,
  handler: HandlerId,
  a: number,
  b: number,
) => void

/** Decides whether an event is lost to a fault: with true its handler does not run. */
export type FaultHook = (handler: HandlerId, a: number, b: number, payload: unknown) => boolean

/** Bounds of a run. */
export type RunLimits = {
  /** Events after this moment stay pending (virtual ms, inclusive). */
  readonly untilMs?: number | undefined
  /** At most so many events. */
  readonly maxEvents?: number | undefined
}

/** Parts of a kernel. */
export type KernelOptions = {
  /** Root of all random streams: a whole number or a text. */
  readonly seed: number | string
  /** Where virtual time begins (ms); 0 unless given. */
  readonly startMs?: number | undefined
  /** Bounds of the kernel's whole life, on top of those of each `run`. */
  readonly limits?: RunLimits | undefined
  /** Receives every popped event. */
  readonly digest?: TraceDigest | undefined
  readonly onPop?: PopHook | undefined
  readonly isLost?: FaultHook | undefined
  /** Of kernels that have ended, to be used again; a new one unless given. */
  readonly memory?: KernelMemory | undefined
  /** Lets tests plant a bug that the invariants must catch: events in the past are accepted and run at once. */
  readonly testOnly?: { readonly acceptPast: boolean } | undefined
}

/** Why a run ended: nothing was left, the next event lies after the limit, enough events ran, `stop` was called. */
export type StopReason = 'drained' | 'time-limit' | 'event-limit' | 'stopped'

/** How a run ended. */
export type RunResult = {
  readonly reason: StopReason
  /** What the caller of `stop` said; null for the other reasons. */
  readonly detail: string | null
  /** Events popped in this run. */
  readonly events: number
  readonly nowMs: number
}

/**
 * Virtual time and the events to come.
 *
 * @example
 * const kernel = createKernel({ seed: 7 })
 * const tick = kernel.handler((count) => { if (count < 3) kernel.after(1000, 0, tick, count + 1) })
 * kernel.at(500, 0, tick, 1)
 * kernel.run() // { reason: 'drained', detail: null, events: 3, nowMs: 2500 }
 */
export interface Kernel {
  /** Virtual time (ms): that of the event that runs, or where the last run ended. */
  now(): number

  /** Registers a handler, once for each kind of event; at most 2^20 of them. @throws E_HANDLER beyond that */
  handler(run: EventHandler): HandlerId

  /**
   * Schedules an event.
   *
   * Events run in the order of (time, priority, sequence): earlier first; at one time, lower priority first; at one
   * priority, in the order of scheduling. That order never runs backwards: an event for the present millisecond
   * with a lower priority than the one that runs is raised to the running priority.
   *
   * @param timeMs integer, from `now()` to 2^53 - 1
   * @param priority integer, 0 to 1023
   * @param a any number; also `b`
   * @param payload kept by reference, not part of the digest
   * @throws E_PAST before `now()`; E_TIME, E_PRIORITY, E_HANDLER for what is not an integer in range;
   *   E_QUEUE_FULL past 2^24 - 2 pending events
   */
  at(timeMs: number, priority: number, handler: HandlerId, a?: number, b?: number, payload?: unknown): EventId

  /** As `at`, `delayMs` (integer, at least 0) after `now()`. */
  after(
    delayMs: number,
    priority: number,
    handler: HandlerId,
    a?: number,
    b?: number,
    payload?: unknown,
  ): EventId

  /** Takes a pending event out, in constant time, and frees its memory; false when the id is stale. */
  cancel(event: EventId): boolean

  /**
   * Runs events in order until a limit. After 'time-limit' the clock stands at the limit; after 'drained' at the
   * last event, or at this call's own `untilMs` if it gave one, so that a run in slices keeps pace.
   *
   * @throws E_RUNNING when called from a handler; E_MEMORY when a later kernel has its memory; E_LIMIT for limits that are negative or not numbers; what a
   *   handler throws (the event is gone then, and the kernel can go on)
   */
  run(limits?: RunLimits): RunResult

  /** Runs one event within the kernel's own limits; false when none was due. */
  step(): boolean

  /** Ends the present run after the running event, or the next run before its first. */
  stop(detail: string): void

  /** Events that wait. */
  readonly pending: number
  /** Events popped so far; it is also how many the digest holds. */
  readonly events: number
  /** Bytes held for events, waiting or not. */
  readonly queueBytes: number
  /** The random streams under this kernel's seed. */
  readonly streams: RandomStreams
}
