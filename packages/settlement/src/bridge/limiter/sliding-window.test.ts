import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UndoLog, undoSegment } from '../../ledger/undo-log.ts'
import { limiterRules } from './limiter-rules.ts'
import { SlidingWindow } from './sliding-window.ts'

const DAY = 86_400

test('a window holds what is younger than it, to the second, and never less than nothing', () => {
  const window = new SlidingWindow(new UndoLog())
  const used = (now: number) => window.usedE8(now, DAY, limiterRules)
  window.add({ at: 100, valueE8: 7n })
  window.add({ at: 200, valueE8: 5n })
  expect([used(200), used(100 + DAY - 1), used(100 + DAY), used(200 + DAY)]).toEqual([12n, 12n, 5n, 0n])
  window.add({ at: 200 + DAY, valueE8: -9n })
  expect(used(200 + DAY)).toBe(0n)
  window.add({ at: 201 + DAY, valueE8: 10n })
  expect(used(201 + DAY)).toBe(1n)
})

test('it equals the plain sum over any arrivals, and an undone block leaves no trace', () => {
  const steps = fc.array(fc.record({ after: fc.nat(40_000), valueE8: fc.bigInt({ min: -50n, max: 100n }) }), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(steps, steps, (kept, undone) => {
      const log = new UndoLog()
      const window = new SlidingWindow(log)
      const arrivals: { at: number; valueE8: bigint }[] = []
      const naive = (now: number) => {
        const sum = arrivals
          .filter(({ at }) => now - at < DAY)
          .reduce((total, { valueE8 }) => total + valueE8, 0n)
        return sum > 0n ? sum : 0n
      }
      let now = 0
      for (const { after, valueE8 } of kept) {
        now += after
        expect(window.usedE8(now, DAY, limiterRules)).toBe(naive(now))
        window.add({ at: now, valueE8 })
        arrivals.push({ at: now, valueE8 })
      }
      log.seal()
      const before = naive(now)
      let later = now
      for (const { after, valueE8 } of undone) {
        later += after
        window.usedE8(later, DAY, limiterRules)
        window.add({ at: later, valueE8 })
      }
      undoSegment(log.seal())
      expect(window.usedE8(now, DAY, limiterRules)).toBe(before)
    }),
  )
})
