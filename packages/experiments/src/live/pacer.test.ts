import { describe, expect, it } from 'vitest'
import { Pacer } from './pacer.ts'

/** A machine whose timers come so many ms of the wall late, whatever the pace; looks until the pace stands. */
function settle(pacer: Pacer, wallLagMs: (look: number) => number, looks = 200): number[] {
  return Array.from({ length: looks }, (_, look) => {
    pacer.look(wallLagMs(look) * pacer.acceleration)
    return pacer.acceleration
  })
}

describe('the pace of a live network', () => {
  it('begins below what was asked and comes to it on a machine that keeps time', () => {
    const pacer = new Pacer({ asked: 80, toleratedMs: 30_000 })
    expect(pacer.acceleration).toBe(20)
    // 20, 30, 45, 67.5, 80: four steps, each after two calm looks and a blind one.
    expect(settle(pacer, () => 5).indexOf(80)).toBeLessThan(4 * 3)
    expect(pacer.timekeeping).toMatchObject({ asked: 80, slowest: 80, latestSeconds: 0.4, fellBehind: false })
  })

  it('finds the pace that a slow machine can keep, and keeps time there', () => {
    const pacer = new Pacer({ asked: 80, toleratedMs: 10_000 })
    // 200 ms late are 16 s at 80 times: too late. At 25 times they are 5 s.
    const paces = settle(pacer, () => 200)
    expect(Math.max(...paces.slice(50))).toBeLessThanOrEqual(45)
    expect(pacer.timekeeping.fellBehind).toBe(false)
    expect(pacer.timekeeping.latestSeconds).toBeLessThanOrEqual(10)
  })

  it('goes faster again when the load is over', () => {
    const pacer = new Pacer({ asked: 80, toleratedMs: 10_000 })
    const paces = settle(pacer, (look) => (look > 20 && look < 40 ? 400 : 2))
    expect(Math.min(...paces.slice(20, 45))).toBeLessThanOrEqual(12)
    expect(paces.at(-1)).toBe(80)
    expect(pacer.timekeeping.slowest).toBeLessThanOrEqual(12)
  })

  it('says that it fell behind when one timer came later than tolerated, also when it has recovered', () => {
    const pacer = new Pacer({ asked: 10, toleratedMs: 5_000 })
    settle(pacer, (look) => (look === 100 ? 501 : 1))
    expect(pacer.timekeeping).toMatchObject({ latestSeconds: 5.01, toleratedSeconds: 5, fellBehind: true })
    expect(pacer.acceleration).toBe(10)
  })

  it('is never slower than real time, nor than what was asked', () => {
    const pacer = new Pacer({ asked: 1, toleratedMs: 1_000 })
    expect(settle(pacer, () => 10_000).at(-1)).toBe(1)
    const faster = new Pacer({ asked: 80, toleratedMs: 1_000 })
    expect(settle(faster, () => 10_000).at(-1)).toBe(1)
  })
})
