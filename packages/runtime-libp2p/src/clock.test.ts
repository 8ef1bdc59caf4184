import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AcceleratedClock } from './clock.ts'

const GENESIS_MS = 1_776_470_400_000

function clockAt(acceleration: number, startedAtWallMs = 1_000) {
  const wall = { ms: 0 }
  return {
    wall,
    clock: new AcceleratedClock({ genesisMs: GENESIS_MS, startedAtWallMs, acceleration }, () => wall.ms),
  }
}

describe('accelerated clock', () => {
  it('stands at genesis before the start and then runs so many times as fast as the wall', () => {
    const { wall, clock } = clockAt(100)
    expect(clock.nowMs()).toBe(GENESIS_MS)
    wall.ms = 1_000
    expect(clock.nowMs()).toBe(GENESIS_MS)
    wall.ms = 1_090
    expect(clock.nowMs()).toBe(GENESIS_MS + 9_000)
  })

  it('goes on at another pace from a moment on, where the two pieces meet', () => {
    const { wall, clock } = clockAt(10)
    wall.ms = 2_000
    expect(clock.nowMs()).toBe(GENESIS_MS + 10_000)
    // At wall 3000 it shows 20 s; half as fast from there is as if it had begun at wall -1000.
    clock.pace({ startedAtWallMs: -1_000, acceleration: 5 }, 3_000)
    expect(clock.acceleration).toBe(10)
    // Before the change at the old pace, after it at the new one.
    expect(clock.wallMsUntil(GENESIS_MS + 15_000)).toBe(500)
    expect(clock.wallMsUntil(GENESIS_MS + 25_000)).toBe(2_000)
    wall.ms = 3_000
    expect(clock.nowMs()).toBe(GENESIS_MS + 20_000)
    expect(clock.acceleration).toBe(5)
    wall.ms = 4_000
    expect(clock.nowMs()).toBe(GENESIS_MS + 25_000)
  })

  it('shows integers and never goes back, also when the wall or a skew does', () => {
    const steps = fc.array(
      fc.tuple(fc.integer({ min: -50, max: 200 }), fc.option(fc.integer({ min: -5_000, max: 5_000 }))),
    )
    fc.assert(
      fc.property(steps, fc.double({ min: 0.1, max: 500, noNaN: true }), (moves, acceleration) => {
        const { wall, clock } = clockAt(acceleration)
        let last = clock.nowMs()
        for (const [byMs, skewMs] of moves) {
          wall.ms += byMs
          if (skewMs !== null) clock.skew(skewMs)
          const now = clock.nowMs()
          expect(Number.isSafeInteger(now)).toBe(true)
          expect(now).toBeGreaterThanOrEqual(last)
          last = now
        }
      }),
    )
  })

  it('says how long to wait on the wall so that the moment has come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: -10_000, max: 10_000 }),
        (delayMs, acceleration, skewMs) => {
          const { wall, clock } = clockAt(acceleration)
          wall.ms = 1_500
          clock.skew(skewMs)
          const dueMs = clock.nowMs() + delayMs
          wall.ms += clock.wallMsUntil(dueMs)
          expect(clock.nowMs()).toBeGreaterThanOrEqual(dueMs)
        },
      ),
    )
  })

  it("leaves the scenario's own time unskewed", () => {
    const { wall, clock } = clockAt(10)
    wall.ms = 2_000
    clock.skew(60_000)
    expect([clock.scenarioMs(), clock.nowMs()]).toEqual([GENESIS_MS + 10_000, GENESIS_MS + 70_000])
  })

  it('refuses to stand still or run backwards', () => {
    expect(() => clockAt(0)).toThrow('acceleration')
    expect(() => clockAt(-1)).toThrow('acceleration')
  })
})
