import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fixture } from './fixture.ts'

test('a reference case is read from where SOLVENT_FIXTURES says, and is null where there is none', () => {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-fixtures-'))
  vi.stubEnv('SOLVENT_FIXTURES', directory)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true })
  })
  writeFileSync(join(directory, 'case.json'), '{"answer":42}')
  expect(fixture('case.json')).toEqual({ answer: 42 })
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(fixture('other.json')).toBeNull()
  expect(said.mock.calls.flat().join('')).toContain(join(directory, 'other.json'))
  said.mockRestore()
})
