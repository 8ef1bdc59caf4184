import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, ROOT } from './project.ts'

/** A house with nothing in it but the boot script, and an `npx` that writes down how it was called. */
const FILES = {
  'scripts/boot.mjs': readFileSync(join(ROOT, 'scripts/boot.mjs'), 'utf8'),
  'package.json': '{"name":"house"}',
  'packages/a/package.json': '{"name":"a"}',
  'apps/b/package.json': '{"name":"b"}',
  'bin/npx': '#!/bin/sh\necho "Packages: +1"\necho "$@" >> calls\nexit $' + '{NPX_EXIT:-0}\n',
  'elsewhere/note.txt': '',
}

type Boot = (args: readonly string[], options?: { env?: Record<string, string>; cwd?: string }) => Ended
type Ended = { status: number | null; stdout: string; stderr: string }

function makeHouse(): { folder: string; env: Record<string, string>; boot: Boot } {
  const folder = makeFolder(FILES)
  chmodSync(join(folder, 'bin/npx'), 0o755)
  const path = [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']].join(':')
  const boot: Boot = (args, { env = {}, cwd = folder } = {}) =>
    spawnSync(process.execPath, [join(folder, 'scripts/boot.mjs'), ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: path, ...env },
    })
  return { folder, env: { PATH: path }, boot }
}

const callsOf = (folder: string) =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []

describe('boot', () => {
  test('installs with the pinned pnpm once, and again when a manifest changed', () => {
    const { folder, boot } = makeHouse()
    boot(['node', '-e', '0'])
    boot(['node', '-e', '0'])
    expect(callsOf(folder)).toHaveLength(1)
    expect(callsOf(folder)[0]).toMatch(/^--yes --prefer-offline pnpm@\d+\.\d+\.\d+ install /)
    writeFileSync(join(folder, 'packages/a/package.json'), '{"name":"a","version":"2.0.0"}')
    boot(['node', '-e', '0'])
    expect(callsOf(folder)).toHaveLength(2)
  })

  test('installs what development needs whatever the machine says', () => {
    const { folder, boot } = makeHouse()
    boot(['node', '-e', '0'], { env: { NODE_ENV: 'production' } })
    expect(callsOf(folder)[0]).toContain(' --prod=false')
  })

  test('announces an installation only where nothing is installed yet', () => {
    const { folder, boot } = makeHouse()
    expect(boot(['node', '-e', '0']).stderr).toContain('Installing dependencies')
    writeFileSync(join(folder, 'package.json'), '{"name":"house","version":"2.0.0"}')
    const { stderr } = boot(['node', '-e', '0'])
    expect(stderr).toContain('Checking dependencies ...')
    expect(stderr).not.toContain('Installing')
  })

  test('keeps stdout for the command: the installation speaks on stderr', () => {
    const { boot } = makeHouse()
    const { stdout, stderr } = boot(['node', '-p', '40 + 2'])
    expect(stdout).toBe('42\n')
    expect(stderr).toContain('Packages: +1')
  })

  test('tries a failed installation again, and passes its exit code on', () => {
    const { folder, boot } = makeHouse()
    expect(boot(['node', '-e', '0'], { env: { NPX_EXIT: '3' } }).status).toBe(3)
    expect(boot(['node', '-e', '0']).status).toBe(0)
    expect(callsOf(folder)).toHaveLength(2)
  })

  test('runs in the root, and tells the command where the user stood', () => {
    const { folder, boot } = makeHouse()
    const show = ['node', '-p', 'process.cwd() + " " + process.env.INIT_CWD']
    const elsewhere = join(folder, 'elsewhere')
    expect(boot(show, { cwd: elsewhere }).stdout).toBe(`${folder} ${elsewhere}\n`)
    expect(boot(show, { env: { INIT_CWD: '/from/npm' } }).stdout).toBe(`${folder} /from/npm\n`)
  })

  test('passes exit codes on, of commands that end, that are killed and that do not exist', () => {
    const { boot } = makeHouse()
    expect(boot(['node', '-e', 'process.exit(3)']).status).toBe(3)
    expect(boot(['node', '-e', 'process.kill(process.pid, "SIGKILL")']).status).toBe(128 + 9)
    expect(boot(['no-such-command']).status).toBe(127)
    expect(boot([]).status).toBe(2)
  })
})

test('a burst of signals reaches the command as one', async () => {
  const command = `
    let count = 0
    process.on('SIGINT', () => { count++; setTimeout(() => process.exit(count), 500) })
    console.log('ready')
    setInterval(() => {}, 1000)`
  const { folder, env } = makeHouse()
  const child = spawn(process.execPath, [join(folder, 'scripts/boot.mjs'), 'node', '-e', command], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.once('data', () => {
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 50)
  })
  const status = await new Promise((resolve) => child.on('exit', resolve))
  expect(status).toBe(1)
})

test('under npm, whose shell keeps a SIGTERM for itself, the command is told when that shell has ended', async () => {
  const command = `
    process.on('SIGTERM', () => { console.log('told'); process.exit() })
    console.log('ready')
    setInterval(() => {}, 1000)`
  const { folder, env } = makeHouse()
  writeFileSync(join(folder, 'command.mjs'), command)
  const shell = spawn('sh', ['-c', `node ${join(folder, 'scripts/boot.mjs')} node command.mjs; true`], {
    env: { ...env, npm_lifecycle_event: 'solvent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said: string[] = []
  shell.stdout.on('data', (data: Buffer) => {
    said.push(String(data).trim())
    if (said.length === 1) shell.kill('SIGTERM')
  })
  await new Promise((resolve) => shell.on('close', resolve))
  expect(said).toEqual(['ready', 'told'])
})
