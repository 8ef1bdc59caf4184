import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PenaltyLedger, type Severity } from './penalty-ledger.ts'

const MINUTE_MS = 60_000

function ledgerAt(startMs = 0) {
  const time = { nowMs: startMs }
  return { time, ledger: new PenaltyLedger(() => time.nowMs) }
}

describe('penalty ledger', () => {
  // Classes after Lodestar's peer score.
  it.each<[Severity, number]>([
    ['fatal', -100],
    ['low', -10],
    ['mid', -5],
    ['high', -1],
  ])('takes the points of class %s', (severity, points) => {
    expect(ledgerAt().ledger.blame('p', severity, 'test')).toMatchObject({ points, balance: points })
  })

  it('halves the balance every ten minutes', () => {
    const { time, ledger } = ledgerAt()
    ledger.blame('p', 'low', 'test')
    time.nowMs = 10 * MINUTE_MS
    expect(ledger.balance('p')).toBeCloseTo(-5, 9)
    time.nowMs = 20 * MINUTE_MS
    expect(ledger.balance('p')).toBeCloseTo(-2.5, 9)
  })

  it('disconnects at −20, bans at −50 once, and never goes below −100', () => {
    const { ledger } = ledgerAt()
    const actions = Array.from({ length: 12 }, () => ledger.blame('p', 'low', 'test'))
    expect(actions.map(({ action }) => action).slice(0, 6)).toEqual([
      'none',
      'disconnect',
      'disconnect',
      'disconnect',
      'ban',
      'disconnect',
    ])
    expect(actions.at(-1)?.balance).toBe(-100)
  })

  it('does not let a few seconds of decay spare the second offence', () => {
    const { time, ledger } = ledgerAt()
    ledger.blame('p', 'low', 'test')
    time.nowMs = 10_000
    expect(ledger.blame('p', 'low', 'test').action).toBe('disconnect')
  })

  it('lifts a ban after thirty minutes', () => {
    const { time, ledger } = ledgerAt()
    ledger.blame('p', 'fatal', 'test')
    time.nowMs = 30 * MINUTE_MS - 1
    expect(ledger.banned('p')).toBe(true)
    time.nowMs = 30 * MINUTE_MS
    expect(ledger.banned('p')).toBe(false)
    expect(ledger.banned('someone-else')).toBe(false)
  })

  it('keeps at most a thousand accounts and never forgets a banned one for a lesser one', () => {
    const { ledger } = ledgerAt()
    ledger.blame('worst', 'fatal', 'test')
    for (let i = 0; i < 3_000; i++) ledger.blame(`p${i}`, 'high', 'test')
    expect(ledger.banned('worst')).toBe(true)
    const kept = Array.from({ length: 3_000 }, (_, i) => ledger.balance(`p${i}`)).filter(
      (balance) => balance < 0,
    )
    expect(kept.length).toBeLessThan(1_000)
  })

  it('survives a restart, in a file that only its owner reads, and takes a damaged file for none', () => {
    const directory = mkdtempSync(join(tmpdir(), 'solvent-ledger-'))
    const file = join(directory, 'penalties.json')
    const { ledger, time } = ledgerAt(5_000)
    ledger.blame('p', 'fatal', 'test')
    ledger.save(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const next = new PenaltyLedger(() => time.nowMs)
    next.load(file)
    expect(next.banned('p')).toBe(true)
    writeFileSync(file, '[["p", {"balance": null}], 3')
    const fresh = new PenaltyLedger(() => time.nowMs)
    fresh.load(file)
    expect(fresh.banned('p')).toBe(false)
    rmSync(directory, { recursive: true })
  })
})
