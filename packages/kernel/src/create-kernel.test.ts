import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import {
  createKernel,
  createTraceDigest,
  type EventId,
  type HandlerId,
  KernelMemory,
  type KernelOptions,
} from './index.ts'

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return isSolventError(error) ? error.code : String(error)
  }
  return 'nothing thrown'
}

function kernelWithLog(options: Partial<KernelOptions> = {}) {
  const kernel = createKernel({ seed: 1, ...options })
  const log: string[] = []
  const note = kernel.handler((a, b, payload) => log.push(`${kernel.now()}:${a}:${b}:${String(payload)}`))
  return { kernel, note, log }
}

describe('scheduling', () => {
  it('hands a handler its two numbers and its payload at its time', () => {
    const { kernel, note, log } = kernelWithLog()
    kernel.at(20, 0, note, 0.5, -1, 'late')
    kernel.after(10, 0, note)
    expect(kernel.run()).toEqual({ reason: 'drained', detail: null, events: 2, nowMs: 20 })
    expect(log).toEqual(['10:0:0:undefined', '20:0.5:-1:late'])
  })

  it('runs lower priorities first and equal ones in the order of scheduling', () => {
    const { kernel, note, log } = kernelWithLog()
    const places: [number, number][] = [
      [5, 1],
      [1, 2],
      [5, 3],
      [1023, 4],
      [0, 5],
      [1, 6],
    ]
    for (const [priority, label] of places) kernel.at(100, priority, note, label)
    kernel.run()
    expect(log.map((line) => line.split(':')[1])).toEqual(['5', '2', '6', '1', '3', '4'])
  })

  it('raises an event for the present moment to the priority that runs, so that order never goes back', () => {
    const keys: [number, number, number][] = []
    const kernel = createKernel({ seed: 1, onPop: (...key) => keys.push([key[0], key[1], key[2]]) })
    const noop = kernel.handler(() => {})
    const late = kernel.handler(() => kernel.after(0, 0, noop))
    kernel.at(10, 7, late)
    kernel.at(10, 7, noop)
    kernel.run()
    expect(keys).toEqual([
      [10, 7, 0],
      [10, 7, 1],
      [10, 7, 2],
    ])
  })

  it('refuses the past, with both times in the message', () => {
    const { kernel, note } = kernelWithLog()
    kernel.at(50, 0, note)
    kernel.run()
    expect(() => kernel.at(49, 0, note)).toThrowErrorMatchingInlineSnapshot(`
      [SolventError: An event cannot be scheduled in the past.

      timeMs: 49
      nowMs: 50]
    `)
    expect(codeOf(() => kernel.after(-1, 0, note))).toBe('E_PAST')
    expect(codeOf(() => kernelWithLog().kernel.at(-1, 0, note))).toBe('E_PAST')
    expect(kernel.pending).toBe(0)
  })

  it.each([
    ['a fraction of a millisecond', 0.5],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a time past 2^53 - 1', 2 ** 53],
  ])('refuses %s', (_, timeMs) => {
    const { kernel, note } = kernelWithLog()
    expect(codeOf(() => kernel.at(timeMs, 0, note))).toBe('E_TIME')
  })

  it.each([-1, 1024, 0.5, Number.NaN])('refuses priority %s', (priority) => {
    const { kernel, note } = kernelWithLog()
    expect(codeOf(() => kernel.at(0, priority, note))).toBe('E_PRIORITY')
  })

  it('refuses a handler it does not know', () => {
    const { kernel } = kernelWithLog()
    for (const handler of [1, -1, 0.5]) {
      expect(codeOf(() => kernel.at(0, 0, handler as HandlerId))).toBe('E_HANDLER')
    }
  })

  it('runs an event at the last representable millisecond', () => {
    const { kernel, note } = kernelWithLog()
    kernel.at(Number.MAX_SAFE_INTEGER, 0, note)
    expect(kernel.run().nowMs).toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe('cancelling', () => {
  it('takes an event out once; afterwards its id is stale', () => {
    const { kernel, note, log } = kernelWithLog()
    const event = kernel.at(10, 0, note, 1, 0, 'gone')
    expect([kernel.cancel(event), kernel.cancel(event)]).toEqual([true, false])
    expect(kernel.run()).toMatchObject({ reason: 'drained', events: 0 })
    expect(log).toEqual([])
  })

  it('does not touch the event that took the memory of one that ran or was cancelled', () => {
    const { kernel, note, log } = kernelWithLog()
    const ran = kernel.at(1, 0, note, 1)
    kernel.run()
    const cancelled = kernel.at(2, 0, note, 2)
    kernel.cancel(cancelled)
    const live = kernel.at(3, 0, note, 3)
    expect([kernel.cancel(ran), kernel.cancel(cancelled)]).toEqual([false, false])
    kernel.run()
    expect(log).toEqual(['1:1:0:undefined', '3:3:0:undefined'])
    expect(kernel.cancel(live)).toBe(false)
  })

  it('ignores ids that were never given out', () => {
    const { kernel, note } = kernelWithLog()
    const gone = kernel.at(1, 0, note)
    kernel.cancel(gone)
    expect(kernel.cancel((gone + 2 ** 24) as EventId)).toBe(false)
    kernel.at(1, 0, note)
    kernel.at(2, 0, note)
    for (const id of [0, -1, 3, 500, 2 ** 24, 2 ** 24 + 2, 2 ** 52, Number.NaN]) {
      expect(kernel.cancel(id as EventId)).toBe(false)
    }
    expect(kernel.pending).toBe(2)
  })

  it('works from the handler of an event of the same moment', () => {
    const kernel = createKernel({ seed: 1 })
    const ran: number[] = []
    const note = kernel.handler((a) => ran.push(a))
    const victims: EventId[] = []
    const killer = kernel.handler(() => victims.forEach((victim) => kernel.cancel(victim)))
    kernel.at(5, 0, killer)
    victims.push(kernel.at(5, 0, note, 1), kernel.at(5, 3, note, 3))
    kernel.at(5, 0, note, 2)
    kernel.run()
    expect(ran).toEqual([2])
  })
})

describe('running', () => {
  it('stops at the time limit with the clock on it, and takes up again', () => {
    const { kernel, note, log } = kernelWithLog()
    for (const timeMs of [10, 20, 5000, 3_000_000]) kernel.at(timeMs, 0, note, timeMs)
    expect(kernel.run({ untilMs: 20 })).toEqual({ reason: 'time-limit', detail: null, events: 2, nowMs: 20 })
    expect(kernel.run({ untilMs: 4000 })).toEqual({
      reason: 'time-limit',
      detail: null,
      events: 0,
      nowMs: 4000,
    })
    kernel.at(4000, 0, note, 4000)
    kernel.at(4999, 0, note, 4999)
    expect(kernel.run({ untilMs: 6000 }).events).toBe(3)
    expect(kernel.run({ untilMs: 9_000_000 })).toMatchObject({ reason: 'drained', nowMs: 9_000_000 })
    expect(log.map((line) => Number(line.split(':')[1]))).toEqual([10, 20, 4000, 4999, 5000, 3_000_000])
  })

  it('stops after the given number of events, within a run and over the life of the kernel', () => {
    const { kernel, note } = kernelWithLog({ limits: { maxEvents: 5 } })
    for (let n = 0; n < 9; n++) kernel.at(n, 0, note)
    expect(kernel.run({ maxEvents: 3 })).toMatchObject({ reason: 'event-limit', events: 3, nowMs: 2 })
    expect(kernel.run()).toMatchObject({ reason: 'event-limit', events: 2, nowMs: 4 })
    expect(kernel.step()).toBe(false)
    expect(kernel.events).toBe(5)
  })

  it('never passes the horizon of the kernel', () => {
    const { kernel, note } = kernelWithLog({ startMs: 1000, limits: { untilMs: 1500 } })
    kernel.at(1400, 0, note)
    kernel.at(1600, 0, note)
    expect(kernel.run({ untilMs: 9999 })).toMatchObject({ reason: 'time-limit', events: 1, nowMs: 1500 })
    expect(kernel.step()).toBe(false)
  })

  it('leaves the clock at the last event when a run without a time limit drains', () => {
    const { kernel, note } = kernelWithLog({ limits: { untilMs: 1_000_000 } })
    kernel.at(77, 0, note)
    expect(kernel.run()).toMatchObject({ reason: 'drained', nowMs: 77 })
  })

  it('says who stopped it', () => {
    const kernel = createKernel({ seed: 1 })
    const quit = kernel.handler(() => kernel.stop('O-1 broke'))
    kernel.at(1, 0, quit)
    kernel.at(2, 0, quit)
    expect(kernel.run()).toEqual({ reason: 'stopped', detail: 'O-1 broke', events: 1, nowMs: 1 })
    expect(kernel.run().events).toBe(1)
  })

  it('refuses to be run by a handler, and goes on after one that throws', () => {
    const kernel = createKernel({ seed: 1 })
    const nested = kernel.handler(() => kernel.run())
    kernel.at(1, 0, nested)
    kernel.at(
      2,
      0,
      kernel.handler(() => {}),
    )
    expect(codeOf(() => kernel.run())).toBe('E_RUNNING')
    expect(kernel.run()).toMatchObject({ reason: 'drained', events: 1, nowMs: 2 })
  })

  it('refuses limits that are not limits', () => {
    const kernel = createKernel({ seed: 1 })
    expect(codeOf(() => kernel.run({ untilMs: Number.NaN }))).toBe('E_LIMIT')
    expect(codeOf(() => kernel.run({ maxEvents: -1 }))).toBe('E_LIMIT')
    expect(codeOf(() => createKernel({ seed: 1, limits: { maxEvents: -1 } }))).toBe('E_LIMIT')
  })
})

describe('hooks', () => {
  it('show every popped event before its handler runs', () => {
    const order: string[] = []
    const kernel = createKernel({
      seed: 1,
      onPop: (timeMs, priority, sequence, handler, a, b) =>
        order.push(`pop ${[timeMs, priority, sequence, handler, a, b].join(' ')}`),
    })
    const note = kernel.handler((a) => order.push(`run ${a}`))
    kernel.at(9, 2, note, 1, 4)
    kernel.at(3, 1, note, 2)
    kernel.run()
    expect(order).toEqual(['pop 3 1 1 0 2 0', 'run 2', 'pop 9 2 0 0 1 4', 'run 1'])
  })

  it('let a fault swallow an event, which still counts and is still seen', () => {
    let seen = 0
    const { kernel, note, log } = kernelWithLog({
      onPop: () => seen++,
      isLost: (_handler, a, _b, payload) => a === 1 || payload === 'lost',
    })
    kernel.at(1, 0, note, 1)
    kernel.at(2, 0, note, 2)
    kernel.at(3, 0, note, 3, 0, 'lost')
    expect(kernel.run().events).toBe(3)
    expect([seen, log]).toEqual([3, ['2:2:0:undefined']])
  })

  it('feed the digest, which is equal for equal runs and differs with one argument', () => {
    const digestOf = (argument: number) => {
      const digest = createTraceDigest({ blockEvents: 16 })
      const kernel = createKernel({ seed: 1, digest })
      const noop = kernel.handler(() => {})
      for (let n = 0; n < 50; n++) kernel.at(n, 0, noop, n === 20 ? argument : n)
      kernel.run()
      expect(digest.events).toBe(50)
      return digest.hex()
    }
    expect(digestOf(1)).toBe(digestOf(1))
    expect(digestOf(1)).not.toBe(digestOf(2))
  })
})

describe('planted bug: an event in the past', () => {
  /** The rule of invariant T-1: the popped key (time, priority, sequence) strictly increases. */
  function countInversions(acceptPast: boolean): number {
    let last = [-1, 0, 0] as [number, number, number]
    let inversions = 0
    const kernel = createKernel({
      seed: 1,
      testOnly: { acceptPast },
      onPop: (...[timeMs, priority, sequence]) => {
        if ((timeMs - last[0] || priority - last[1] || sequence - last[2]) <= 0) inversions++
        last = [timeMs, priority, sequence]
      },
    })
    const noop = kernel.handler(() => {})
    const early = kernel.handler(() => {
      try {
        kernel.at(kernel.now() - 5, 0, noop)
      } catch (error) {
        if (!isSolventError(error, 'E_PAST')) throw error
      }
    })
    kernel.at(10, 0, early)
    kernel.at(2000, 0, early)
    kernel.at(2000, 0, noop)
    kernel.run()
    return inversions
  }

  it('is seen by the order of popped keys when planted, and cannot happen otherwise', () => {
    expect(countInversions(true)).toBe(2)
    expect(countInversions(false)).toBe(0)
  })
})

describe('memory of earlier kernels', () => {
  /** Near and far events at many priorities, some cancelled, some left over; ids and order are noted. */
  function played(memory?: KernelMemory): unknown[] {
    const seen: unknown[] = []
    const kernel = createKernel({ seed: 3, startMs: 500, limits: { maxEvents: 400 }, memory })
    const draw = kernel.streams.stream('times')
    const run = kernel.handler((a, _, payload) => {
      seen.push([kernel.now(), a, payload])
      for (let n = 0; n < 2; n++)
        seen.push(kernel.after(draw.int(5_000_000), draw.int(1_024), run, a + 1, 0, draw.int(2) || undefined))
      if (draw.int(3) === 0) seen.push(kernel.cancel(seen.at(-1) as EventId))
    })
    kernel.at(700, 3, run)
    kernel.run()
    return [...seen, kernel.pending]
  }

  it('leave nothing behind: what runs on it is what runs on new memory', () => {
    const memory = new KernelMemory()
    const fresh = played()
    expect(fresh.length).toBeGreaterThan(1_000)
    for (let time = 0; time < 3; time++) expect(played(memory)).toEqual(fresh)
  })

  it('belongs to one kernel at a time', () => {
    const memory = new KernelMemory()
    const first = createKernel({ seed: 1, memory })
    first.run()
    createKernel({ seed: 1, memory }).run()
    expect(codeOf(() => first.run())).toBe('E_MEMORY')
    expect(codeOf(() => first.step())).toBe('E_MEMORY')
  })
})
