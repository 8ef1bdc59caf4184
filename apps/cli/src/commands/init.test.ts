import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadScenario, runScenario } from '@solvent/experiments'
import { isSolventError } from '@solvent/primitives'
import { expect, it, onTestFinished, vi } from 'vitest'
import { init } from './init.ts'

function silently(): string {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const directory = mkdtempSync(join(tmpdir(), 'solvent-init-'))
  onTestFinished(() => {
    vi.restoreAllMocks()
    rmSync(directory, { recursive: true })
  })
  return directory
}

it('writes a scenario of the name of its file that loads without a warning and meets what it expects', async () => {
  const file = join(silently(), 'new', 'Two bridges.yaml')
  expect(await init(file)).toBe(0)
  // To be pasted into a shell.
  expect(vi.mocked(process.stderr.write).mock.calls.flat().join('')).toContain(`run '${file}'`)
  const loaded = loadScenario(file, readFileSync(file))
  expect(loaded.warnings).toEqual([])
  expect(loaded.scenario.name).toBe('two-bridges')
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  expect(summary.invariants.broken).toEqual([])
  expect(summary.expectations.length).toBeGreaterThan(1)
  expect(summary.expectations.filter(({ ok }) => !ok)).toEqual([])
})

it('misses what the fault that a comment proposes takes', async () => {
  const file = join(silently(), 'faulty.yaml')
  await init(file)
  const text = readFileSync(file, 'utf8')
    .replace('faults: []\n', '')
    .replace(/^# (faults:| {2}- \{ kind: crash)/gm, '$1')
  const loaded = loadScenario(file, new TextEncoder().encode(text))
  expect(loaded.scenario.faults).toHaveLength(1)
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  const missed = summary.expectations.filter(({ ok }) => !ok)
  expect(missed.map(({ name }) => name)).toEqual([
    'every order is filled',
    'and settled',
    'atlas earns its margin',
  ])
})

it('leaves a file alone that is there, and wants a name with a letter', async () => {
  const file = join(silently(), 'mine.yaml')
  await init(file)
  const code = (path: string) => init(path).catch((error: unknown) => isSolventError(error) && error.code)
  expect(await code(file)).toBe('E_USAGE')
  expect(await code(join(file, '..', '12.yaml'))).toBe('E_USAGE')
  expect(await code(join(file, 'under-a-file.yaml'))).toBe('E_FILE')
})
