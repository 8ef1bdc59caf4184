import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { lossSheet } from './loss-sheet.ts'
import { calm, drawn, shockAtSeconds, shockSteps } from './shock.ts'
import { movedShock, scaledShock } from './shock-sizes.ts'
import { targetOf } from './targets.ts'
import { Trials } from './trial.ts'

const FILE = join(import.meta.dirname, '../../../../configs/scenarios/lending/insurance.yaml')
/** ETH stands at 2,000 until 300 s, and at 1,200 a second later. */
const { scenario } = loadScenario(FILE, new TextEncoder().encode(readFileSync(FILE, 'utf8')))
const fallen = drawn(scenario, 1)
const pathOf = (of: typeof scenario) =>
  of.prices?.paths['ETH']?.map(({ atSeconds, price }) => [atSeconds, price])

describe('a path of prices as a shock', () => {
  it('is one where nothing else is, or where the file says so', () => {
    expect(shockAtSeconds(fallen)).toBe(300)
    expect(shockSteps(fallen)).toEqual([{ atSeconds: 300, what: 'price path', who: 'ETH' }])
    expect(pathOf(calm(fallen))).toBeUndefined()
    const fault = { kind: 'pause', atSeconds: 500 } as unknown as (typeof scenario.faults)[number]
    expect(shockAtSeconds({ ...scenario, faults: [fault] })).toBe(500)
    const both = { ...scenario, faults: [fault], prices: { ...scenario.prices!, shock: ['ETH'] } }
    expect(shockAtSeconds(both)).toBe(300)
  })

  it('is made larger by its moves, and moved as it is', () => {
    expect(pathOf(scaledShock(fallen, 0.5))).toEqual([
      [300, '2000'],
      [301, '1600'],
    ])
    // Twice 800 below 2,000; three times would be nothing, of which a millionth is left.
    expect(pathOf(scaledShock(fallen, 2))?.at(-1)).toEqual([301, '400'])
    expect(pathOf(scaledShock(fallen, 3))?.at(-1)).toEqual([301, '0.002'])
    expect(pathOf(movedShock(fallen, 700))).toEqual([
      [700, '2000'],
      [701, '1200'],
    ])
  })

  it('costs whoever bears it, and breaks a pool only when it is large enough', () => {
    const trials = new Trials(() => {})
    const shocked = trials.run(fallen, 1)
    const sheet = lossSheet(trials.run(calm(fallen), 1), shocked)
    // The header of the file: 35,714 in `bare`, 10,000 less in `small`; in each of three pools anna is left with nothing of 50,000.
    expect(Number(sheet['bad-debt']) / 1e8).toBeCloseTo(35_714.29 + 25_714.29, -1)
    expect(Number(sheet.borrowers) / 1e8).toBeCloseTo(150_000, -1)
    const pool = targetOf(scenario, 'lending/small')
    expect(pool.isBroken(shocked)).toBe(true)
    expect(pool.isBroken(trials.run(scaledShock(fallen, 0.5), 1))).toBe(false)
    // What liquidations paid for their places in blocks.
    expect(sheet.producers).toBeLessThan(0n)
  })
})
