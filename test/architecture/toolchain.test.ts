import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './project.ts'

const lockFile = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8')
const workspace = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')

/** The versions of a package that the lock file resolves, each once. */
function lockedVersions(name: string): string[] {
  const key = new RegExp(`^ {2}'?${name.replaceAll('/', '\\/')}@([0-9][^:('"]*)`, 'gm')
  return [...new Set([...lockFile.matchAll(key)].map((match) => match[1] as string))]
}

function catalog(): [name: string, version: string][] {
  const block = workspace.split(/^catalog:\n/m)[1]?.split(/^\S/m)[0] ?? ''
  return [...block.matchAll(/^ {2}'?([^':\s]+)'?: (.+)$/gm)].map((m) => [m[1] as string, m[2] as string])
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(/[.-]/).slice(0, 3).map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (need?.[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

const members = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`))
  .concat('test')
  .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))

type Manifest = {
  name: string
  exports?: Record<string, string>
  dependencies?: object
  devDependencies?: object
}
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest

describe('the lock file', () => {
  test('is there, and these tests can read it', () => {
    expect(lockedVersions('vitest')).toEqual(
      catalog().flatMap(([name, version]) => (name === 'vitest' ? [version] : [])),
    )
    expect(lockedVersions('vitest')).toHaveLength(1)
  })

  test('records no registry host: any mirror will do', () => {
    expect(lockFile.match(/.*(?:https?:|registry|tarball:).*/g) ?? []).toEqual([])
  })

  test('holds @libp2p/interface once: two majors side by side connect and stay silent', () => {
    expect(lockedVersions('@libp2p/interface')).toHaveLength(1)
  })

  test('does not hold @chainsafe/libp2p-gossipsub, which delivers nothing under libp2p 3 and says nothing', () => {
    expect(lockedVersions('@chainsafe/libp2p-gossipsub')).toEqual([])
  })

  test.each([
    // GHSA-c3gv-825q-fvmp, and CVE-2026-46679 below 15.0.23: one peer can end a node.
    ['@libp2p/gossipsub', '16.0.5'],
    // CVE-2026-33532: deep documents.
    ['yaml', '2.8.3'],
  ])('holds %s at %s or later', (name, floor) => {
    const versions = lockedVersions(name)
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([])
  })

  test('holds a TypeScript that dependency-cruiser can read', () => {
    // TypeScript 7 has no JavaScript API: dependency-cruiser then reads no file and ends well. Types are checked by it under another name.
    const read = createRequire(join(ROOT, 'package.json'))('typescript/package.json') as { version: string }
    expect(isAtLeast(read.version, '7.0.0')).toBe(false)
    expect(catalog()).toContainEqual(['typescript', read.version])
  })
})

describe('the catalog', () => {
  test('names exact versions only', () => {
    expect(catalog().length).toBeGreaterThan(20)
    expect(
      catalog().filter(([, version]) => !/^(?:npm:typescript@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    ).toEqual([])
  })

  test('is where every manifest takes its versions from', () => {
    const others = ['.', ...members].flatMap((folder) => {
      const { dependencies = {}, devDependencies = {} } = manifestOf(folder)
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => version !== 'catalog:' && version !== 'workspace:*')
        .map(([name, version]) => `${folder}: ${name} ${version}`)
    })
    expect(others).toEqual([])
  })
})

describe('a package', () => {
  const packages = members.filter((folder) => folder.startsWith('packages/'))

  test.each(packages)('%s exports its sources', (folder) => {
    const { exports = {} } = manifestOf(folder)
    expect(exports['.']).toBe('./src/index.ts')
    for (const target of Object.values(exports)) expect(existsSync(join(ROOT, folder, target))).toBe(true)
  })

  test.each(packages)('%s has a door of explicit named re-exports', (folder) => {
    const door = readFileSync(join(ROOT, folder, 'src/index.ts'), 'utf8')
    const code = door.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const rest = code.replace(/export (?:type )?\{[^}]*\}(?: from '[^']+')?/g, '').trim()
    expect(rest).toBe('')
  })
})
