import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkResultsDirectory } from './results-place.ts'
import { writeRunDirectory } from './run-directory.ts'

const manifest = {
  scenario: 'small',
  scenarioHash: '0x00',
  seed: 7,
  runtime: 'sim',
  engine: '0.1.0',
  node: 'v24',
  platform: 'linux',
  traceDigest: null,
} as const

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'solvent-results-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

const codeOf = (action: Promise<void>) =>
  action.then(
    () => 'allowed',
    (error: unknown) => (isSolventError(error) ? error.code : String(error)),
  )

describe('the place of results', () => {
  it('is allowed when it is free, empty or holds an earlier result; its parents are made, and nothing else', async () => {
    const root = await folder()
    const place = join(root, 'a/b/run')
    await checkResultsDirectory(place)
    expect(await readdir(root, { recursive: true })).toEqual(['a', 'a/b'])
    await mkdir(place)
    expect(await codeOf(checkResultsDirectory(place))).toBe('allowed')
    await writeRunDirectory(place, manifest, new Map([['summary.json', '{}']]))
    expect(await codeOf(checkResultsDirectory(place))).toBe('allowed')
    expect(await readdir(join(root, 'a/b'))).toEqual(['run'])
  })

  it('is refused when something else stands there, and that is left alone', async () => {
    const root = await folder()
    await writeFile(join(root, 'letter.txt'), 'dear')
    expect(await codeOf(checkResultsDirectory(root))).toBe('E_RESULTS_FOREIGN')
    expect(await codeOf(checkResultsDirectory(join(root, 'letter.txt')))).toBe('E_RESULTS_FOREIGN')
    await writeFile(join(root, 'manifest.json'), '{"format":"other"}')
    expect(await codeOf(writeRunDirectory(root, manifest, new Map()))).toBe('E_RESULTS_FOREIGN')
    expect(await readdir(root)).toEqual(['letter.txt', 'manifest.json'])
  })

  it('is refused at once where nothing can be made', async () => {
    const root = await folder()
    await writeFile(join(root, 'file'), '')
    await symlink('nowhere', join(root, 'dangling'))
    await symlink('loop', join(root, 'loop'))
    for (const place of [
      '/proc/x',
      '/proc/x/y',
      '/proc/self/x/y/z',
      join(root, 'file/run'),
      join(root, 'file/deep/run'),
      join(root, 'dangling/run'),
      join(root, 'loop/run'),
      join(root, 'x'.repeat(300)),
      join(root, 'x/'.repeat(300), 'run'),
    ]) {
      expect([place, await codeOf(checkResultsDirectory(place))]).toEqual([place, 'E_RESULTS_WRITE'])
    }
  })
})

describe('a results directory', () => {
  it('replaces an earlier one as a whole', async () => {
    const place = join(await folder(), 'run')
    await writeRunDirectory(place, manifest, new Map([['old.json', '1']]))
    await writeRunDirectory(place, { ...manifest, seed: 8 }, new Map([['new.json', '2']]))
    expect((await readdir(place)).sort()).toEqual(['manifest.json', 'new.json'])
    expect(JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8'))).toEqual({
      format: 'solvent-run/1',
      ...manifest,
      seed: 8,
      files: ['new.json'],
    })
  })
})
