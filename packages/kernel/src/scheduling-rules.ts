/** What the kernel accepts as a time, a priority, a handler and a limit, and how it says no. */
import { SolventError } from '@solvent/primitives'
import { HANDLER_MASK, PRIORITY_MASK } from './event-slots.ts'
import type { RunLimits } from './kernel.ts'

export function isTime(timeMs: number): boolean {
  return timeMs >= 0 && timeMs <= Number.MAX_SAFE_INTEGER && Math.floor(timeMs) === timeMs
}

export function limitOf(name: keyof RunLimits, limit: number | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  if (limit >= 0) return limit
  throw new SolventError({
    code: 'E_LIMIT',
    message: 'A limit of a run is a number from 0.',
    details: { limit: name, got: limit },
  })
}

export function notATime(timeMs: number): SolventError {
  return new SolventError({
    code: 'E_TIME',
    message: 'A time is a whole number of milliseconds.',
    details: { timeMs, allowed: `0 to ${Number.MAX_SAFE_INTEGER}` },
  })
}

export function notAPriority(priority: number): SolventError {
  return new SolventError({
    code: 'E_PRIORITY',
    message: 'A priority is a whole number.',
    details: { priority, allowed: `0 to ${PRIORITY_MASK}` },
  })
}

export function notAHandler(handler: number): SolventError {
  return new SolventError({
    code: 'E_HANDLER',
    message: 'No handler of this kernel has this number.',
    details: { handler },
  })
}

export function tooManyHandlers(): SolventError {
  return new SolventError({
    code: 'E_HANDLER',
    message: 'A kernel has too many handlers.',
    details: { limit: HANDLER_MASK + 1 },
    hint: 'Register one handler for each kind of event and tell the receivers apart by a, b or the payload.',
  })
}

export function memoryGone(nowMs: number): SolventError {
  return new SolventError({
    code: 'E_MEMORY',
    message: 'A later kernel has the memory of this one.',
    details: { nowMs },
    hint: 'Run kernels on one memory one after the other, or give each its own.',
  })
}

export function inThePast(timeMs: number, nowMs: number): SolventError {
  return new SolventError({
    code: 'E_PAST',
    message: 'An event cannot be scheduled in the past.',
    details: { timeMs, nowMs },
  })
}

export function alreadyRunning(nowMs: number): SolventError {
  return new SolventError({
    code: 'E_RUNNING',
    message: 'A handler cannot run the kernel that runs it.',
    details: { nowMs },
  })
}
