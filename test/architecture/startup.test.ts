// What the commands load: whoever stays in virtual time must not wait for libp2p, some 300 modules.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { LIBP2P_MODULES } from '../../scripts/floors.ts'
import { makeFolder, ROOT } from './project.ts'

/** Writes the URL of each module that a process loads into a file. */
const RECORDER = `
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
const urls = new Set()
registerHooks({ load: (url, context, next) => { urls.add(url); return next(url, context) } })
process.on('exit', () => writeFileSync(process.env.LOADED_MODULES, [...urls].join('\\n')))
`

/** A fixture of a kind that is not known, which is no failure. */
const UNKNOWN_FIXTURE = '{"kind":"none-of-ours","cases":[]}'

/** Runs the command line and tells how it ended and how many modules of libp2p it loaded. */
function libp2pModulesOf(command: readonly string[]): { status: number | null; modules: number } {
  const folder = makeFolder({ 'recorder.mjs': RECORDER })
  const loaded = join(folder, 'loaded')
  const recorder = pathToFileURL(join(folder, 'recorder.mjs')).href
  const { status } = spawnSync(process.execPath, ['--import', recorder, 'apps/cli/src/main.ts', ...command], {
    cwd: ROOT,
    env: { ...process.env, LOADED_MODULES: loaded, SOLVENT_NETWORK: join(folder, 'no-network') },
  })
  const urls = readFileSync(loaded, 'utf8').split('\n')
  return { status, modules: urls.filter((url) => new RegExp(LIBP2P_MODULES).test(url)).length }
}

test('a run in virtual time and the verification of fixtures load nothing of libp2p', () => {
  const folder = makeFolder({ 'fixtures/unknown.json': UNKNOWN_FIXTURE })
  const run = ['run', 'configs/scenarios/quick.yaml', '--out', join(folder, 'results')]
  expect(libp2pModulesOf(run)).toEqual({ status: 0, modules: 0 })
  expect(libp2pModulesOf(['verify', '--fixtures', join(folder, 'fixtures')])).toEqual({
    status: 0,
    modules: 0,
  })
})

test('a command that asks a live network loads it, so that the test above can fail', () => {
  expect(libp2pModulesOf(['status']).modules).toBeGreaterThan(100)
})
