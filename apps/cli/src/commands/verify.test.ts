import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { EXIT, exitCodeOf } from '../exit-code.ts'
import { verify } from './verify.ts'

function folder(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-verify-'))
  onTestFinished(() => {
    vi.restoreAllMocks()
    rmSync(directory, { recursive: true })
  })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content)
  return directory
}

it('the table of verify names the kind that a misspelt one is nearest to', async () => {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const fixtures = folder({ 'a.json': '{"kind":"backng"}' })
  expect(await verify({ fixtures })).toBe(EXIT.ok)
  expect(stdout.mock.calls.flat().join('')).toContain('did you mean backing?')
})

it('a directory without fixtures is a usage error', async () => {
  expect(await verify({ fixtures: folder({}) }).catch(exitCodeOf)).toBe(EXIT.usage)
})

it('prints published finality times beside simulated ones, all of them within or explained', async () => {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => void vi.restoreAllMocks())
  expect(await verify({ finality: true })).toBe(EXIT.ok)
  const printed = stdout.mock.calls.flat().join('')
  expect(printed).toMatch(/base +exitable +7 d, after a root at most 1 h later +7 d 0 h/)
  expect(printed).toMatch(/ethereum +finalized +2 epochs = 12.8 min at most +12 min 48 s/)
  const standard = 'CCTP standard: ≈ 65 Ethereum blocks, 13–19 min'
  expect(printed).toMatch(new RegExp(`base +minted +${standard} +1[3-9] min .* ok`))
  expect(printed).toMatch(
    new RegExp(`ethereum +minted +${standard} +.* not in 12 min 30 s to 19 min 30 s: the preset`),
  )
}, 120_000)

const INCIDENT = (got: string) => `name: forged
title: A forged message, and what was said of it
start: 2026-01-01T00:00:00Z
durationSeconds: 600
incident:
  inputs: [{ what: 500 of 1000 are released, source: a page }]
  calibrated: []
  shock: [faults.0.amount]
assets:
  ETH: { decimals: 18, price: "2000" }
  DOT: { decimals: 10, price: "5" }
chains:
  a: { kind: l1, id: 1, slotMs: 4000, epochSlots: 4 }
  b: { kind: l1, id: 2, slotMs: 4000, epochSlots: 4 }
bridges:
  hub: { verification: { kind: quorum, verifiers: 3, threshold: 2 }, finality: unsafe, assets: { DOT: { home: a, claims: { b: "1000" } } } }
auctioneers: 0
solvers: {}
faults:
  - { kind: forge, atSeconds: 60, bridge: hub, asset: DOT, from: b, to: a, amount: "500", poisoned: 3 }
expectations:
  - { name: lost, metric: "bridges[hub/DOT].deficit", kind: predicted,
      reported: { value: "${got}", unit: DOT, decimals: 10, tolerancePercent: 5, source: a page } }
`

it.each([
  ['500', EXIT.ok, /lost +predicted +500 DOT +500 DOT +± 5 % +agrees +a page/],
  ['600', EXIT.expectation, /lost +predicted +600 DOT +500 DOT +± 5 % +misses +a page/],
])('prints what was reported of an incident beside what comes out: %s', async (got, code, line) => {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await verify({ incidents: folder({ 'forged.yaml': INCIDENT(got) }) })).toBe(code)
  expect(stdout.mock.calls.flat().join('')).toMatch(line)
})

it('a directory without incidents, or none, is a usage error', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await verify({ incidents: folder({ 'a.txt': '' }) }).catch(exitCodeOf)).toBe(EXIT.usage)
  expect(await verify({ incidents: '/nowhere' }).catch(exitCodeOf)).toBe(EXIT.usage)
})
