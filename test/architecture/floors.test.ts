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

  /** Rule and file of everything that breaks a rule in the house with these files. */
  function violationsWith(planted: Record<string, string>): Violation[] {
    const folder = makeFolder({ ...house, ...planted })
    mkdirSync(join(folder, 'node_modules/@solvent'))
    for (const name of ['primitives', 'settlement', 'kernel', 'audit', 'nodes']) {
      symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@solvent', name))
    }
    const { totalCruised, violations } = cruise(folder, ['packages'])
    expect(totalCruised).toBeGreaterThan(5)
    return violations
  }

  /** Each in a file of its own, so that one reading shows what each breaks. */
  const planted: readonly [what: string, file: string, text: string, rules: string[]][] = [
    ['from a higher floor', 'kernel/src/up.ts', "export { name } from '@solvent/nodes'", ['floor-2-kernel']],
    [
      'from the same floor',
      'kernel/src/aside.ts',
      "export { name } from '@solvent/settlement'",
      ['floor-2-kernel'],
    ],
    [
      'of types alone',
      'primitives/src/types-alone.ts',
      "import type { name } from '@solvent/kernel'\nexport type Name = typeof name",
      ['floor-0-primitives'],
    ],
    [
      'of the engine by its judge',
      'audit/src/judge.ts',
      "export { name } from '@solvent/settlement'",
      ['floor-2-audit', 'judges-do-not-import-the-engine'],
    ],
    [
      'of libp2p outside the adapter',
      'nodes/src/adapter.ts',
      "export { createLibp2p } from 'libp2p'",
      ['only-the-adapter-imports-libp2p'],
    ],
    ['that cannot be resolved', 'nodes/src/lost.ts', "export { x } from './gone.ts'", ['not-unresolvable']],
    ['in a circle', 'nodes/src/circle.ts', "export * from './to-circle.ts'", ['no-circular']],
    [
      'of a test by a source',
      'nodes/src/tester.ts',
      "export * from './inner.test.ts'",
      ['sources-do-not-import-tests'],
    ],
    [
      'past the door of another package',
      'experiments/src/index.ts',
      "export { inner } from '../../nodes/src/inner.ts'",
      ['through-the-door'],
    ],
    [
      'by a package that has no floor',
      'attic/src/index.ts',
      "export { name } from '@solvent/primitives'",
      ['known-packages'],
    ],
  ]
  let found: Violation[] | null = null
  /** Read once, by the first test that asks. */
  const violations = (): Violation[] => {
    found ??= violationsWith({
      ...Object.fromEntries(planted.map(([, file, text]) => [`packages/${file}`, `${text}\n`])),
      'packages/nodes/src/to-circle.ts': "export * from './circle.ts'\n",
    })
    return found
  }

  test('and the house without one is sound', () => {
    const sound = { 'packages/nodes/src/sound.ts': "export { name } from '@solvent/settlement'\n" }
    expect(violationsWith(sound)).toEqual([])
  })

  test.each(planted)('an import %s', (_what, file, _text, rules) => {
    const broken = violations()
      .filter(({ from }) => from === `packages/${file}`)
      .map(({ rule }) => rule.name)
    expect([...new Set(broken)].sort()).toEqual(rules)
  })

  test('and nothing else', () => {
    const files = new Set(planted.map(([, file]) => `packages/${file}`)).add(
      'packages/nodes/src/to-circle.ts',
    )
    expect(violations().filter(({ from }) => !files.has(from))).toEqual([])
  })
})
