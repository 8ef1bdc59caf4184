/** What one call of each part of the kernel costs. */
import { createKernel, createStreams, createTraceDigest, type EventId } from '@solvent/kernel'

export const name = 'kernel: timers, random streams, trace digest'

const ROUNDS = 5
const CALLS = 1_000_000
/** Timers that wait while others are set and cancelled. */
const WAITING = 10_000

export function run(): void {
  const draws = createStreams(1).stream('bench')
  console.table([
    measure('timer set and cancelled, 10,000 waiting', createTimerLoop()),
    measure('digest: mixEvent', createDigestLoop(), 'at most 15'),
    measure(
      'stream: uint32',
      loop(() => draws.uint32()),
    ),
    measure(
      'stream: uniform',
      loop(() => draws.uniform()),
    ),
    measure(
      'stream: int(1000)',
      loop(() => draws.int(1000)),
    ),
    measure(
      'stream: exponential',
      loop(() => draws.exponential(1)),
    ),
    measure(
      'stream: normal',
      loop(() => draws.normal(0, 1)),
    ),
    measure(
      'stream: lognormal',
      loop(() => draws.lognormal(0, 1)),
    ),
  ])
}

function createTimerLoop(): () => void {
  const kernel = createKernel({ seed: 1 })
  const fire = kernel.handler(() => {})
  const waiting: EventId[] = []
  for (let n = 0; n < WAITING; n++) waiting.push(kernel.at(n, 0, fire))
  return () => {
    for (let n = 0; n < CALLS; n++) {
      const slot = n % WAITING
      kernel.cancel(waiting[slot]!)
      waiting[slot] = kernel.after((n * 7_919) % 600_000, 0, fire)
    }
  }
}

function createDigestLoop(): () => void {
  const digest = createTraceDigest()
  return () => {
    for (let n = 0; n < CALLS; n++) digest.mixEvent(1_776_470_400_000 + n, 0, n, 3, n, 0)
  }
}

function loop(draw: () => number): () => number {
  return () => {
    let sum = 0
    for (let n = 0; n < CALLS; n++) sum += draw()
    return sum
  }
}

function measure(part: string, calls: () => unknown, goal = ''): Record<string, unknown> {
  const costs: number[] = []
  for (let round = -1; round < ROUNDS; round++) {
    const begin = performance.now()
    calls()
    const nanoseconds = ((performance.now() - begin) * 1_000_000) / CALLS
    if (round >= 0) costs.push(nanoseconds)
  }
  costs.sort((p, q) => p - q)
  return { part, 'median (ns)': costs[ROUNDS >> 1]!.toFixed(1), 'goal (ns)': goal }
}
