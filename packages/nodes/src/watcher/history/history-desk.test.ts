import { expect, it } from 'vitest'
import { HistoryDesk, MOST_PAST_MOMENTS, type PastMoment } from './history-desk.ts'

/** A desk that keeps the times alone. */
function timesKept(everyMs: number, startMs: number) {
  const desk = new HistoryDesk({ everyMs }, startMs, (atMs) => atMs as unknown as PastMoment)
  return {
    pass: (nowMs: number) => desk.pass(nowMs),
    kept: () => desk.kept as unknown as readonly number[],
    encode: () => desk.encode(),
    restore: (bytes: Uint8Array) => desk.restore(bytes),
  }
}

it('keeps moments at equal distances from the start, one for a silence', () => {
  const { pass, kept } = timesKept(10, 100)
  for (const nowMs of [99, 100, 101, 109, 110, 157, 158, 160]) pass(nowMs)
  expect(kept()).toEqual([100, 110, 150, 160])
})

it('goes on where another one stopped, at its distance, with nothing of the time between', () => {
  const before = timesKept(10, 100)
  for (let nowMs = 100; nowMs < 100 + 10 * (MOST_PAST_MOMENTS + 3); nowMs += 10) before.pass(nowMs)
  const after = timesKept(10, 5_000)
  after.restore(before.encode())
  expect(after.kept()).toEqual(before.kept())
  for (const nowMs of [5_003, 5_010, 5_020]) after.pass(nowMs)
  // Distances of 20 by now; the last of those that were due by 5,003.
  expect(after.kept().slice(-3)).toEqual([before.kept().at(-1), 5_000, 5_020])
  const never = timesKept(10, 100)
  never.restore(timesKept(10, 0).encode())
  never.pass(104)
  expect(never.kept()).toEqual([100])
})

it('reaches back to the start however long it goes on, in a bounded number of moments', () => {
  const { pass, kept } = timesKept(10, 0)
  for (let nowMs = 0; nowMs <= 100_000; nowMs += 5) {
    pass(nowMs)
    if (kept().length > MOST_PAST_MOMENTS) throw new Error(`${kept().length} moments at ${nowMs}`)
  }
  const times = kept()
  expect(times[0]).toBe(0)
  // 100,000 / 10 moments in at most 120: seven doublings, 1,280 ms apart.
  expect(times.slice(0, 3)).toEqual([0, 1_280, 2_560])
  expect(times.at(-1)).toBe(99_840)
  expect(times.every((atMs, place) => atMs === place * 1_280)).toBe(true)
})
