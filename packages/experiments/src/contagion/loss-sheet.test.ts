import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { creditScenario } from './credit-network.testing.ts'
import { lossByChain } from './loss-by-chain.ts'
import { lossSheet, totalLoss } from './loss-sheet.ts'
import { calm, drawn } from './shock.ts'
import { Trials } from './trial.ts'

function trials(bytes: Uint8Array) {
  const scenario = drawn(loadScenario('credit.yaml', bytes).scenario, 7)
  const all = new Trials(() => {})
  return [all.run(calm(scenario), 7), all.run(scenario, 7)] as const
}

// Of every wrapped unit at 2,100 four tenths are gone: 840 each. The pair holds 50 of them, Anna has pledged 100 and owes 150,000.
describe('losses at markets and lending pools', () => {
  const [before, after] = trials(creditScenario())

  it('a market loses for its providers what its reserves lose', () => {
    // A thousand base units of the shares are nobody's.
    expect(Number(lossSheet(before, after)['market-providers']) / 1e8).toBeCloseTo(42_000, 2)
  })

  it('a borrower loses what she had beyond her debt, and her lenders the rest', () => {
    const sheet = lossSheet(before, after)
    expect(Number(sheet.borrowers) / 1e8).toBeCloseTo(60_000, 0)
    expect(Number(sheet['bad-debt']) / 1e8).toBeCloseTo(24_000, 0)
    // Ten minutes of interest on 150,000 go from one to the other.
    expect(Number(sheet.borrowers + sheet['bad-debt']) / 1e8).toBeCloseTo(84_000, 1)
    expect(Number(sheet.lenders) / 1e8).toBeCloseTo(0, 5)
  })

  it('bad debt is nobody’s where somebody from outside guarantees it', () => {
    const sheet = lossSheet(before, after, new Set(['guarantor'] as const))
    expect(sheet['bad-debt']).toBe(0n)
    expect(Number(sheet.borrowers) / 1e8).toBeCloseTo(60_000, 0)
  })

  it('all of it together is the deficit', () => {
    const sheet = lossSheet(before, after)
    const parts = [sheet.holders, sheet['market-providers'], sheet.borrowers, sheet['bad-debt']]
    // 1,000 wrapped units lose 400 of their backing; rounding takes hundred-millionths.
    expect(Number(parts.reduce((sum, each) => sum + each, 0n)) / 1e8).toBeCloseTo(840_000, 1)
  })
})

describe('where a loss lies', () => {
  it('all of it is on the chain of the wrapped coins, orders aside', () => {
    const [before, after] = trials(creditScenario())
    const whole = totalLoss(lossSheet(before, after))
    const parts = lossByChain(before, after, whole)
    expect(parts.map(({ chain }) => chain)).toEqual(['ethereum', 'arbitrum', null])
    expect(parts.reduce((sum, { lossE8 }) => sum + lossE8, 0n)).toBe(whole)
    // 1,000 wrapped units lose 400 of their backing; orders of at most 1,000 move a little from one chain to the other.
    expect(Math.abs(Number(parts[1]!.lossE8) / 1e8 - 840_000)).toBeLessThan(4_000)
    expect(Math.abs(Number(parts[0]!.lossE8) / 1e8)).toBeLessThan(4_000)
  })
})

describe('losses of those who keep a rollup going', () => {
  // The bond of 10 ETH is forfeited: the challenger gets half and half is burned, 5 ETH at 2,340. Gas is some thousandths of an ETH.
  const file = new URL('../../../../configs/scenarios/rollup/invalid-root-challenged.yaml', import.meta.url)
  const text = readFileSync(file, 'utf8')
    .replace('rootBond: "0.08"', 'rootBond: "10"')
    .replace('durationSeconds: 691200', 'durationSeconds: 7000')
    .replace('challengeWindowSeconds: 604800', 'challengeWindowSeconds: 600')
  const [before, after] = trials(new TextEncoder().encode(text.slice(0, text.indexOf('expectations:'))))

  it('are what is burned of a forfeited bond', () => {
    expect(Math.abs(Number(lossSheet(before, after).producers) / 1e8 - 11_700)).toBeLessThan(50)
  })
})

describe('losses of actors', () => {
  // haircut-chain: mallory takes 1,777,777.123457 of one asset at 1 and 251,234.567891 of another at 2.5; hal alone does not attack.
  const file = new URL('../../../../configs/scenarios/contagion/haircut-chain.yaml', import.meta.url)
  const [before, after] = trials(readFileSync(file))

  it('what an attacker has and takes is nobody’s loss here', () => {
    const { actors } = lossSheet(before, after)
    // Of his 31,337.000001 three fifths are gone at most.
    expect(Number(actors) / 1e8).toBeGreaterThan(15_000)
    expect(Number(actors) / 1e8).toBeLessThan(20_000)
  })
})
