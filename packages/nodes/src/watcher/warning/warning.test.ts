import type { DomainEvent } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { Cusum } from './cusum.ts'
import { WarningDesk } from './warning-desk.ts'
import type { WarningSample } from './warning-signals.ts'

const QUIET: WarningSample = {
  'order-flow': 0,
  backing: 1,
  'oracle-deviation': 0,
  utilisation: 0,
  governance: 0,
  volatility: 0,
}

describe('CUSUM', () => {
  // A shift of 2 deviations adds 1.5 a sample: 4.5 after three.
  it('adds up what is beyond half a deviation, and nothing while it learns', () => {
    const chart = new Cusum(1)
    for (let sample = 0; sample < 10; sample++) expect(chart.next(100)).toBe(0)
    expect([102, 102, 102].map((value) => chart.next(value))).toEqual([1.5, 3, 4.5])
  })

  it('sees a fall as well as a rise, and forgets a single small one', () => {
    const chart = new Cusum(1)
    for (let sample = 0; sample < 10; sample++) chart.next(0)
    expect(chart.next(-1.2)).toBeCloseTo(0.7, 12)
    // It has learned: the mean is now −1.2/11, and 0 lies that much above it.
    expect(chart.next(0)).toBeCloseTo(0.2 - 1.2 / 11, 12)
    expect(chart.next(0)).toBe(0)
  })
})

describe('a warning desk', () => {
  it('tells each level once, of the signal that moved alone', () => {
    const told: DomainEvent[] = []
    let sample = QUIET
    const desk = new WarningDesk({ everySeconds: 60 }, 0, {
      take: () => sample,
      tell: (event) => told.push(event),
    })
    for (let minute = 1; minute <= 10; minute++) desk.pass(minute * 60_000)
    expect(told).toEqual([])
    sample = { ...QUIET, backing: 0.99 }
    desk.pass(11 * 60_000)
    // One per cent is five times the least deviation: 5 − 1/2.
    expect(told).toEqual(
      [3, 4].map((level) => ({ kind: 'anomaly', signal: 'backing', level, value: 0.99, statistic: 4.5 })),
    )
    desk.pass(11 * 60_000 + 59_999)
    expect(told).toHaveLength(2)
    desk.pass(12 * 60_000)
    expect(told.map((event) => event.kind === 'anomaly' && event.level)).toEqual([3, 4, 5, 6, 8])
  })
})
