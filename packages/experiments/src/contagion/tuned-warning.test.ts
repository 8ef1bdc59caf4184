import { describe, expect, it } from 'vitest'
import { tunedWarning, type WarnedPair } from './tuned-warning.ts'

/** Orders alarm every run at 10, backing only those with the shock, after it, at 3; somebody fails 20 to 50 s later. */
const pair = (seed: number): WarnedPair => {
  const orders = { atSeconds: 50, signal: 'order-flow', level: 10 }
  return {
    shockAt: 100,
    failsAt: 130 + seed * 10,
    shocked: [orders, { atSeconds: 110, signal: 'backing', level: 3 }],
    quiet: [orders],
  }
}

describe('a warning with a level for each signal', () => {
  it('silences what alarms calm runs, and is judged on seeds that set nothing', () => {
    const tuned = tunedWarning([0, 1, 0, 1, 0, 3].map(pair))!
    const levelOf = Object.fromEntries(tuned.levels.map(({ signal, level }) => [signal, level]))
    expect(levelOf).toMatchObject({ 'order-flow': 15, backing: 3 })
    expect(tuned).toMatchObject({
      runs: 3,
      detected: 1,
      falseAlarms: 0,
      leadSeconds: { least: 20, median: 30, most: 50 },
    })
  })

  it('counts alarms of the half that set nothing, and none after the failure or before the shock', () => {
    const loud = { ...pair(0), quiet: [{ atSeconds: 5, signal: 'backing', level: 50 }] }
    const late = { ...pair(0), failsAt: 105 }
    const early = { ...pair(0), shocked: [{ atSeconds: 99, signal: 'backing', level: 3 }] }
    expect(tunedWarning([pair(0), pair(0), pair(0), loud, late, early])).toMatchObject({
      detected: 1 / 3,
      falseAlarms: 1 / 3,
      leadSeconds: { least: 20, most: 20 },
    })
  })

  it('says nothing of three runs, nor of a signal that is never quiet', () => {
    expect(tunedWarning([0, 1, 2].map(pair))).toBeNull()
    const noisy = { ...pair(0), quiet: [{ atSeconds: 5, signal: 'order-flow', level: 50 }] }
    const { levels } = tunedWarning([noisy, noisy, noisy, noisy])!
    expect(levels).toContainEqual({ signal: 'order-flow', level: null })
  })
})
