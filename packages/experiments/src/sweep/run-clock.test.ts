import { expect, it } from 'vitest'
import { RunClock } from './run-clock.ts'

it('a run is over its limit by the processor time that it had, and by the clock only much later', () => {
  const clock = new RunClock(100)
  expect(clock.isOverClock(0, 0)).toBe(false)
  expect(clock.isOverLimit(0, 5_000)).toBe(false)
  // A busy machine: twelve times the limit has gone by, and the run has had half of it.
  expect(clock.isOverClock(0, 1_200)).toBe(false)
  expect(clock.isOverLimit(0, 5_050)).toBe(false)
  expect(clock.isOverLimit(0, 5_101)).toBe(true)
  // A run that waits uses no processor time.
  expect(clock.isOverClock(0, 2_001)).toBe(true)
})

it('each run begins anew, and between runs nothing is over', () => {
  const clock = new RunClock(100)
  clock.isOverClock(0, 0)
  clock.isOverLimit(0, 0)
  expect(clock.isOverClock(1, 90)).toBe(false)
  expect(clock.isOverLimit(1, 90)).toBe(false)
  expect(clock.isOverLimit(1, 185)).toBe(false)
  // What was asked of the run before is answered late.
  expect(clock.isOverLimit(0, 500)).toBe(false)
  expect(clock.isOverLimit(1, 191)).toBe(true)
  expect(clock.isOverClock(-1, 200)).toBe(false)
  expect(clock.isOverClock(-1, 1e9)).toBe(false)
  expect(clock.isOverLimit(-1, 1e9)).toBe(false)
})
