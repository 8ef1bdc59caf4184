import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKernel, type EventId } from './index.ts'

/** What the queue must do, said as plainly as possible: a sorted array. */
class SortedArrayModel {
  nowMs = 0
  #priority = 0
  #sequence = 0
  events: { timeMs: number; priority: number; sequence: number; label: number }[] = []

  at(timeMs: number, priority: number, label: number): void {
    const raised = timeMs === this.nowMs ? Math.max(priority, this.#priority) : priority
    this.events.push({ timeMs, priority: raised, sequence: this.#sequence++, label })
    this.events.sort((p, q) => p.timeMs - q.timeMs || p.priority - q.priority || p.sequence - q.sequence)
  }

  cancel(label: number): boolean {
    const index = this.events.findIndex((event) => event.label === label)
    if (index >= 0) this.events.splice(index, 1)
    return index >= 0
  }

  step(): number | undefined {
    const event = this.events.shift()
    if (event === undefined) return undefined
    this.nowMs = event.timeMs
    this.#priority = event.priority
    return event.label
  }

  runUntil(untilMs: number): number[] {
    const labels: number[] = []
    while (this.events.length > 0 && this.events[0]!.timeMs <= untilMs) labels.push(this.step()!)
    if (untilMs > this.nowMs) {
      this.nowMs = untilMs
      this.#priority = 0
    }
    return labels
  }
}

/** Delays that meet every level of the wheel and the edges between them. */
const delay = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 1020, max: 1030 }),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 2 ** 20 - 3, max: 2 ** 20 + 3 }),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc
    .nat({ max: 5 })
    .chain((level) => fc.integer({ min: 1, max: 1023 }).map((digit) => digit * 1024 ** level)),
  fc.maxSafeNat().map((n) => Math.floor(n / 64)),
)
const priority = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1023 }))
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('at' as const), delay, priority }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('step' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('run' as const), delay }) },
)

type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

function replay(commands: readonly Command[], startMs: number): void {
  const popped: number[] = []
  const kernel = createKernel({ seed: 0, startMs })
  const note = kernel.handler((label) => popped.push(label))
  const model = new SortedArrayModel()
  model.nowMs = startMs
  const ids: EventId[] = []
  const expected: number[] = []
  for (const step of commands) {
    if (step.kind === 'at') {
      const timeMs = kernel.now() + step.delay
      if (timeMs > Number.MAX_SAFE_INTEGER) continue
      model.at(timeMs, step.priority, ids.length)
      ids.push(kernel.at(timeMs, step.priority, note, ids.length))
    } else if (step.kind === 'cancel' && ids.length > 0) {
      const label = step.pick % ids.length
      expect(kernel.cancel(ids[label]!)).toBe(model.cancel(label))
    } else if (step.kind === 'step') {
      const label = model.step()
      if (label !== undefined) expected.push(label)
      expect(kernel.step()).toBe(label !== undefined)
    } else if (step.kind === 'run') {
      const untilMs = kernel.now() + step.delay
      expected.push(...model.runUntil(untilMs))
      kernel.run({ untilMs })
    }
    expect(kernel.now()).toBe(model.nowMs)
    expect(kernel.pending).toBe(model.events.length)
  }
  for (let label = model.step(); label !== undefined; label = model.step()) expected.push(label)
  kernel.run()
  expect(popped).toEqual(expected)
}

describe('event queue', () => {
  it('pops in the order of a sorted array, whatever is scheduled, cancelled and run in between', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => replay(commands, 0)),
      { numRuns: 300 },
    )
  })

  it('keeps that order from any start of time', () => {
    const start = fc.oneof(
      fc.constant(1_776_470_400_000),
      fc.maxSafeNat().map((n) => Math.floor(n / 2)),
    )
    fc.assert(fc.property(fc.array(command, { maxLength: 100 }), start, replay), { numRuns: 200 })
  })

  it('takes neighbours out of one bucket in any order, on every level', () => {
    const place = fc.constantFrom(0, 5, 2000, 3 * 2 ** 20, 2 ** 31, 2 ** 41)
    const cuts = fc
      .integer({ min: 1, max: 12 })
      .chain((size) => fc.shuffledSubarray([...Array(size).keys()]).map((order) => ({ size, order })))
    fc.assert(
      fc.property(place, cuts, (delayMs, { size, order }) => {
        const commands: Command[] = []
        for (let n = 0; n < size; n++) commands.push({ kind: 'at', delay: delayMs, priority: 0 })
        for (const pick of order) commands.push({ kind: 'cancel', pick })
        commands.push({ kind: 'run', delay: delayMs }, { kind: 'at', delay: 0, priority: 0 })
        replay(commands, 0)
      }),
    )
  })

  it('keeps that order when handlers schedule: ties at the present moment, far jumps and skewed delays', () => {
    const shapes: Record<string, (n: number) => number> = {
      equal: () => 7,
      now: (n) => (n % 3 === 0 ? 0 : 1),
      bimodal: (n) => (n % 10 === 0 ? 86_400_000 : n % 5),
      skewed: (n) => 2 ** (n % 31),
      uniform: (n) => (n * 2_654_435_761) % 100_000,
    }
    for (const [shape, delayOf] of Object.entries(shapes)) {
      let last = { timeMs: -1, priority: 0, sequence: -1 }
      let count = 0
      const kernel = createKernel({
        seed: 0,
        onPop: (timeMs, priority, sequence) => {
          const isLater = timeMs - last.timeMs || priority - last.priority || sequence - last.sequence
          expect(isLater, `${shape}: event ${count} after event ${count - 1}`).toBeGreaterThan(0)
          last = { timeMs, priority, sequence }
        },
      })
      const hold = kernel.handler((n) => {
        count++
        kernel.after(delayOf(n), n % 4, hold, n + 1)
      })
      for (let n = 0; n < 500; n++) kernel.at(delayOf(n), n % 4, hold, n)
      expect(kernel.run({ maxEvents: 20_000 }).events).toBe(20_000)
      expect(kernel.pending).toBe(500)
    }
  })
})

describe('memory of the queue', () => {
  it('is at most 64 bytes for each of a million pending events, payload references included', () => {
    const kernel = createKernel({ seed: 0 })
    const noop = kernel.handler(() => {})
    const payload = {}
    for (let n = 0; n < 1_000_000; n++) kernel.at((n * 7_919) % 3_600_000, n % 3, noop, n, 0, payload)
    expect(kernel.pending).toBe(1_000_000)
    expect(kernel.queueBytes / kernel.pending).toBeLessThanOrEqual(64)
  })

  it('stays under 64 bytes an event at the moment it grows, from 100,000 events up', () => {
    const kernel = createKernel({ seed: 0 })
    const noop = kernel.handler(() => {})
    let bytes = 0
    let worst = 0
    for (let n = 0; n < 1_000_000; n++) {
      kernel.at(n, 0, noop)
      if (kernel.queueBytes !== bytes && n > 100_000)
        worst = Math.max(worst, kernel.queueBytes / kernel.pending)
      bytes = kernel.queueBytes
    }
    expect(worst).toBeGreaterThan(48)
    expect(worst).toBeLessThanOrEqual(64)
  })

  it('does not grow over a million timers that are set and cancelled', () => {
    const kernel = createKernel({ seed: 0 })
    const noop = kernel.handler(() => {})
    const before = kernel.queueBytes
    let cancelled = 0
    for (let n = 0; n < 1_000_000; n++) {
      if (kernel.cancel(kernel.after((n * 31) % 600_000, 0, noop, n))) cancelled++
    }
    expect([cancelled, kernel.pending]).toEqual([1_000_000, 0])
    expect(kernel.queueBytes).toBe(before)
  })

  it('does not grow while as many events run as are scheduled', () => {
    const kernel = createKernel({ seed: 0 })
    const hold = kernel.handler((n) => kernel.after(1 + (n % 997), 0, hold, n + 1))
    for (let n = 0; n < 1000; n++) kernel.at(n, 0, hold, n)
    const before = kernel.queueBytes
    kernel.run({ maxEvents: 300_000 })
    expect(kernel.queueBytes).toBe(before)
  })
})
