import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FLOORS } from '../../scripts/floors.ts'
import { makeFolder, ROOT, runTool } from './project.ts'

type Violation = { rule: { name: string }; from: string; to: string }
type Cruise = { summary: { totalCruised: number; violations: Violation[] } }

const CONFIG = join(ROOT, '.dependency-cruiser.mjs')

function cruise(folder: string, targets: readonly string[]): Cruise['summary'] {
  const json = runTool('depcruise', [...targets, '--config', CONFIG, '--output-type', 'json'], folder)
  return (JSON.parse(json) as Cruise).summary
}

// That nobody in the house itself imports from the same floor or a higher one is a part of `npm run check`, by the same rules.
describe('the house', () => {
  test('every package has a floor', () => {
    const folders = ['packages', 'apps'].flatMap((group) =>
      readdirSync(join(ROOT, group))
        .filter((name) => existsSync(join(ROOT, group, name, 'package.json')))
        .map((name) => `${group}/${name}`),
    )
    expect(folders.filter((folder) => !FLOORS.has(folder))).toEqual([])
  })

  test('manifests depend on lower floors only', () => {
    const upwards: string[] = []
    const floorOf = new Map([...FLOORS].map(([folder, floor]) => [`@solvent/${folder.split('/')[1]}`, floor]))
    for (const [folder, floor] of FLOORS) {
      const manifest = join(ROOT, folder, 'package.json')
      if (!existsSync(manifest)) continue
      const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object }
      for (const name of Object.keys(dependencies)) {
        if ((floorOf.get(name) ?? -1) >= floor) upwards.push(`${folder} -> ${name}`)
      }
    }
    expect(upwards).toEqual([])
  })
})

describe('a planted import is caught', () => {
  const door = (name: string) => ({
    [`packages/${name}/package.json`]: JSON.stringify({
      name: `@solvent/${name}`,
      type: 'module',
      exports: { '.': './src/index.ts' },
    }),
    [`packages/${name}/src/index.ts`]: `export const name = '${name}'\n`,
  })
  const house = {
    'tsconfig.json': readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'),
    ...door('primitives'),
    ...door('settlement'),
    ...door('kernel'),
    ...door('audit'),
    ...door('nodes'),
    'packages/nodes/src/inner.ts': 'export const inner = 1\n',
    'packages/nodes/src/inner.test.ts': 'export const tested = 1\n',
    'node_modules/libp2p/package.json': '{"name":"libp2p","main":"index.js"}',
    'node_modules/libp2p/index.js': 'export const createLibp2p = 1\n',
  }

  function rulesBrokenBy(planted: Record<string, string>): string[] {
    const folder = makeFolder({ ...house, ...planted })
    mkdirSync(join(folder, 'node_modules/@solvent'))
    for (const name of ['primitives', 'settlement', 'kernel', 'audit', 'nodes']) {
      symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@solvent', name))
    }
    const { totalCruised, violations } = cruise(folder, ['packages'])
    expect(totalCruised).toBeGreaterThan(5)
    return [...new Set(violations.map(({ rule }) => rule.name))].sort()
  }

  test('and the house without one is sound', () => {
    const sound = { 'packages/nodes/src/index.ts': "export { name } from '@solvent/settlement'\n" }
    expect(rulesBrokenBy(sound)).toEqual([])
  })

  test.each<[string, string, string, string[]]>([
    [
      'from a higher floor',
      'kernel/src/index.ts',
      "export { name } from '@solvent/nodes'",
      ['floor-2-kernel'],
    ],
    [
      'from the same floor',
      'kernel/src/index.ts',
      "export { name } from '@solvent/settlement'",
      ['floor-2-kernel'],
    ],
    [
      'of types alone',
      'primitives/src/index.ts',
      "import type { name } from '@solvent/kernel'\nexport type Name = typeof name",
      ['floor-0-primitives'],
    ],
    [
      'of the engine by its judge',
      'audit/src/index.ts',
      "export { name } from '@solvent/settlement'",
      ['floor-2-audit', 'judges-do-not-import-the-engine'],
    ],
    [
      'of libp2p outside the adapter',
      'nodes/src/index.ts',
      "export { createLibp2p } from 'libp2p'",
      ['only-the-adapter-imports-libp2p'],
    ],
    ['that cannot be resolved', 'nodes/src/index.ts', "export { x } from './gone.ts'", ['not-unresolvable']],
    ['in a circle', 'nodes/src/inner.ts', "export { name } from './index.ts'", ['no-circular']],
    [
      'of a test by a source',
      'nodes/src/inner.ts',
      "export * from './inner.test.ts'",
      ['sources-do-not-import-tests'],
    ],
  ])('an import %s', (_what, file, text, rules) => {
    const planted: Record<string, string> = { [`packages/${file}`]: `${text}\n` }
    if (rules.includes('no-circular')) planted['packages/nodes/src/index.ts'] = "export * from './inner.ts'\n"
    expect(rulesBrokenBy(planted)).toEqual(rules)
  })

  test('an import past the door of another package', () => {
    const planted = {
      'packages/experiments/src/index.ts': "export { inner } from '../../nodes/src/inner.ts'\n",
    }
    expect(rulesBrokenBy(planted)).toEqual(['through-the-door'])
  })

  test('an import by a package that has no floor', () => {
    const planted = { 'packages/attic/src/index.ts': "export { name } from '@solvent/primitives'\n" }
    expect(rulesBrokenBy(planted)).toEqual(['known-packages'])
  })
})
