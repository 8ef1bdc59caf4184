/** The kernel on the timing wheel: checks what callers schedule, and runs it. */
import { EventQueue } from './event-queue.ts'
import {
  ARG_A,
  ARG_B,
  FLOATS,
  GENERATION,
  HANDLER_MASK,
  HAS_PAYLOAD,
  INTS,
  MAX_SLOTS,
  PRIORITY_BITS,
  PRIORITY_MASK,
  SEQUENCE,
  TASK,
  TIME,
} from './event-slots.ts'
import type {
  EventHandler,
  EventId,
  FaultHook,
  HandlerId,
  Kernel,
  KernelOptions,
  PopHook,
  RunLimits,
  RunResult,
  StopReason,
} from './kernel.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { createStreams, type RandomStreams } from './random-streams.ts'
import {
  alreadyRunning,
  inThePast,
  isTime,
  limitOf,
  memoryGone,
  notAHandler,
  notAPriority,
  notATime,
  tooManyHandlers,
} from './scheduling-rules.ts'
import type { TraceDigest } from './trace-digest.ts'

/**
 * Makes a kernel with an empty queue.
 *
 * @throws E_TIME for a start that is no time; E_LIMIT for limits that are negative or not numbers
 */
export function createKernel(options: KernelOptions): Kernel {
  return new VirtualTimeKernel(options)
}

class VirtualTimeKernel implements Kernel {
  readonly streams: RandomStreams
  readonly #queue: EventQueue
  readonly #memory: KernelMemory | undefined
  readonly #handlers: EventHandler[] = []
  readonly #digest: TraceDigest | undefined
  readonly #onPop: PopHook | undefined
  readonly #isLost: FaultHook | undefined
  readonly #isObserved: boolean
  readonly #acceptPast: boolean
  readonly #untilMs: number
  readonly #maxEvents: number
  #nowMs: number
  /** The priority that runs: nothing can be scheduled before it in the present millisecond. */
  #priority = 0
  #sequence = 0
  #events = 0
  #isRunning = false
  #stopDetail: string | undefined = undefined

  constructor(options: KernelOptions) {
    const { seed, startMs = 0, limits = {}, digest, onPop, isLost, memory, testOnly } = options
    if (!isTime(startMs)) throw notATime(startMs)
    this.streams = createStreams(seed)
    this.#memory = memory
    this.#queue = memory?.take(this, startMs) ?? new EventQueue(startMs)
    this.#nowMs = startMs
    this.#untilMs = limitOf('untilMs', limits.untilMs)
    this.#maxEvents = limitOf('maxEvents', limits.maxEvents)
    this.#digest = digest
    this.#onPop = onPop
    this.#isLost = isLost
    this.#isObserved = digest !== undefined || onPop !== undefined || isLost !== undefined
    this.#acceptPast = testOnly?.acceptPast ?? false
  }

  get pending(): number {
    return this.#queue.pending
  }

  get events(): number {
    return this.#events
  }

  get queueBytes(): number {
    return this.#queue.byteLength
  }

  now(): number {
    return this.#nowMs
  }

  handler(run: EventHandler): HandlerId {
    if (this.#handlers.length > HANDLER_MASK) throw tooManyHandlers()
    this.#handlers.push(run)
    return (this.#handlers.length - 1) as HandlerId
  }

  at(timeMs: number, priority: number, handler: HandlerId, a = 0, b = 0, payload?: unknown): EventId {
    if (!(timeMs >= this.#nowMs && isTime(timeMs))) this.#refuseTime(timeMs)
    if ((priority & PRIORITY_MASK) !== priority) throw notAPriority(priority)
    if (this.#handlers[handler] === undefined) throw notAHandler(handler)
    const queue = this.#queue
    const slots = queue.slots
    const slot = slots.acquire()
    const floats = slots.floats
    const at = slot * FLOATS
    floats[at + TIME] = timeMs
    floats[at + SEQUENCE] = this.#sequence++
    floats[at + ARG_A] = a
    floats[at + ARG_B] = b
    let task = (handler << PRIORITY_BITS) | priority
    if (timeMs <= this.#nowMs && priority < this.#priority) task += this.#priority - priority
    if (payload !== undefined) {
      slots.setPayload(slot, payload)
      task |= HAS_PAYLOAD
    }
    slots.ints[slot * INTS + TASK] = task
    queue.insert(slot)
    return (slots.ints[slot * INTS + GENERATION]! * MAX_SLOTS + slot) as EventId
  }

  after(delayMs: number, priority: number, handler: HandlerId, a = 0, b = 0, payload?: unknown): EventId {
    return this.at(this.#nowMs + delayMs, priority, handler, a, b, payload)
  }

  cancel(event: EventId): boolean {
    const slots = this.#queue.slots
    const slot = event & (MAX_SLOTS - 1)
    if (!slots.isLive(slot, (event - slot) / MAX_SLOTS)) return false
    this.#queue.remove(slot)
    if ((slots.ints[slot * INTS + TASK]! & HAS_PAYLOAD) !== 0) slots.takePayload(slot)
    slots.release(slot)
    return true
  }

  run(limits: RunLimits = {}): RunResult {
    const untilMs = Math.min(limitOf('untilMs', limits.untilMs), this.#untilMs)
    const maxEvents = Math.min(limitOf('maxEvents', limits.maxEvents), this.#maxEvents - this.#events)
    const before = this.#events
    const last = before + maxEvents
    this.#begin()
    try {
      while (this.#stopDetail === undefined && this.#events < last && this.#runNext(untilMs));
    } finally {
      this.#isRunning = false
    }
    const reason = this.#reason(last)
    const clockMs = reason === 'drained' ? Math.min(limits.untilMs ?? 0, untilMs) : untilMs
    if ((reason === 'drained' || reason === 'time-limit') && clockMs > this.#nowMs) {
      this.#nowMs = clockMs
      this.#priority = 0
    }
    const detail = this.#stopDetail ?? null
    this.#stopDetail = undefined
    return { reason, detail, events: this.#events - before, nowMs: this.#nowMs }
  }

  step(): boolean {
    if (this.#events >= this.#maxEvents) return false
    this.#begin()
    try {
      return this.#runNext(this.#untilMs)
    } finally {
      this.#isRunning = false
    }
  }

  stop(detail: string): void {
    this.#stopDetail = detail
  }

  #begin(): void {
    if (this.#isRunning) throw alreadyRunning(this.#nowMs)
    if (this.#memory?.isHeldBy(this) === false) throw memoryGone(this.#nowMs)
    this.#isRunning = true
  }

  #runNext(untilMs: number): boolean {
    const slot = this.#queue.pop(untilMs)
    if (slot === 0) return false
    const slots = this.#queue.slots
    const at = slot * FLOATS
    const timeMs = slots.floats[at + TIME]!
    const sequence = slots.floats[at + SEQUENCE]!
    const a = slots.floats[at + ARG_A]!
    const b = slots.floats[at + ARG_B]!
    const task = slots.ints[slot * INTS + TASK]!
    const payload = (task & HAS_PAYLOAD) === 0 ? undefined : slots.takePayload(slot)
    slots.release(slot)
    const handler = ((task >>> PRIORITY_BITS) & HANDLER_MASK) as HandlerId
    this.#nowMs = timeMs
    this.#priority = task & PRIORITY_MASK
    this.#events++
    if (this.#isObserved) {
      this.#digest?.mixEvent(timeMs, this.#priority, sequence, handler, a, b)
      this.#onPop?.(timeMs, this.#priority, sequence, handler, a, b)
      if (this.#isLost?.(handler, a, b, payload) === true) return true
    }
    this.#handlers[handler]!(a, b, payload)
    return true
  }

  #reason(last: number): StopReason {
    if (this.#stopDetail !== undefined) return 'stopped'
    if (this.#queue.pending === 0) return 'drained'
    return this.#events >= last ? 'event-limit' : 'time-limit'
  }

  #refuseTime(timeMs: number): void {
    if (timeMs < this.#nowMs && !this.#acceptPast) throw inThePast(timeMs, this.#nowMs)
    if (!isTime(timeMs)) throw notATime(timeMs)
  }
}
