import type { TimerId } from '@solvent/ports'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AcceleratedClock } from './clock.ts'
import { AcceleratedTimers } from './timers.ts'

const DAY_MS = 86_400_000

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function makeTimers(acceleration: number, startedAtWallMs = 0) {
  const clock = new AcceleratedClock({ genesisMs: 0, startedAtWallMs, acceleration })
  const fired: { id: TimerId; atMs: number }[] = []
  const timers = new AcceleratedTimers(clock, (id) => fired.push({ id, atMs: clock.nowMs() }))
  return { clock, timers, fired }
}

describe('timers on an accelerated clock', () => {
  it('fires after the delay of virtual time, not of the wall, and never before it', () => {
    const { timers, fired } = makeTimers(100)
    timers.set(30_000)
    vi.advanceTimersByTime(299)
    expect(fired).toEqual([])
    vi.advanceTimersByTime(2)
    expect(fired).toHaveLength(1)
    expect(fired[0]?.atMs).toBeGreaterThanOrEqual(30_000)
  })

  it('fires moments that share a wall millisecond in their own order', () => {
    const { timers, fired } = makeTimers(1_000)
    const ids = [timers.set(700), timers.set(300), timers.set(500), timers.set(300)]
    vi.advanceTimersByTime(2)
    expect(fired.map(({ id }) => id)).toEqual([ids[1], ids[3], ids[2], ids[0]])
  })

  it('waits longer than setTimeout can', () => {
    const { timers, fired } = makeTimers(1)
    timers.set(60 * DAY_MS)
    vi.advanceTimersByTime(59 * DAY_MS)
    expect(fired).toEqual([])
    vi.advanceTimersByTime(DAY_MS + 1)
    expect(fired).toHaveLength(1)
  })

  it('waits for the start of time, except for moments that have come', () => {
    const { timers, fired } = makeTimers(10, 5_000)
    timers.set(0)
    timers.set(10)
    vi.advanceTimersByTime(1)
    expect(fired).toHaveLength(1)
    vi.advanceTimersByTime(5_002)
    expect(fired).toHaveLength(2)
  })

  it('measures anew when the clock is put forward', () => {
    const { clock, timers, fired } = makeTimers(1)
    timers.set(60_000)
    clock.skew(50_000)
    timers.rearm()
    vi.advanceTimersByTime(10_001)
    expect(fired).toHaveLength(1)
  })

  it('does not fire what was cancelled between its moment and its handler', () => {
    const { timers } = makeTimers(1)
    const id = timers.set(5)
    expect(timers.claim(id)).toBe(true)
    expect(timers.claim(id)).toBe(false)
    const cancelled = timers.set(5)
    timers.cancel(cancelled)
    expect(timers.claim(cancelled)).toBe(false)
  })

  it('holds nothing of the event loop after stop', () => {
    const { timers } = makeTimers(1)
    timers.set(1_000)
    timers.stop()
    timers.set(1_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
