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

it('prints published finality times beside simulated ones, all of them within', async () => {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => void vi.restoreAllMocks())
  expect(await verify({ finality: true })).toBe(EXIT.ok)
  const printed = stdout.mock.calls.flat().join('')
  expect(printed).toMatch(/base +exitable +7 d, after a root at most 1 h later +7 d 0 h/)
  expect(printed).toMatch(/ethereum +finalized +2 epochs = 12.8 min at most +12 min 48 s/)
}, 120_000)
