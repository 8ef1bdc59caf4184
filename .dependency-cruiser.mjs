// Who may import whom. The floors are data (scripts/floors.ts); the rules are made of them, for the house
// in the current directory.
import { existsSync, readFileSync } from 'node:fs'
import { FLOORS, INDEPENDENT_OF_SETTLEMENT, LIBP2P_MODULES, LIBP2P_PACKAGE } from './scripts/floors.ts'

const sources = '^(packages|apps)/[^/]+/src/'
const tests = '[.](test|testing|bench)[.]ts$|/testing/|/bench/'

/** What a package's manifest exports: the files that others may import. */
const doors = [...FLOORS.keys()].flatMap((folder) => {
  const manifest = `${folder}/package.json`
  if (!existsSync(manifest)) return []
  const { exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
  return Object.values(exports).map((file) => `^${folder}/${file.replace('./', '').replaceAll('.', '[.]')}$`)
})

const floorRules = [...FLOORS].map(([folder, floor]) => ({
  name: `floor-${floor}-${folder.split('/')[1]}`,
  comment: 'A package may import only from lower floors; the same floor is not lower.',
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: [...FLOORS]
      .filter(([other, level]) => other !== folder && level >= floor)
      .map(([other]) => `^${other}/`),
  },
}))

export default {
  forbidden: [
    ...floorRules,
    {
      name: 'not-unresolvable',
      comment: 'An import that cannot be resolved is a rule that cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one concept, or the wrong two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-the-adapter-imports-libp2p',
      comment: 'No package declares its libp2p peers, so versions stay together by living in one place.',
      severity: 'error',
      from: { pathNot: `^${LIBP2P_PACKAGE}/` },
      to: { path: LIBP2P_MODULES },
    },
    {
      name: 'judges-do-not-import-the-engine',
      comment: 'Audit and contagion read journal legs; what they check must not be able to convince them.',
      severity: 'error',
      from: { path: INDEPENDENT_OF_SETTLEMENT.map((folder) => `^${folder}/`) },
      to: { path: '^packages/settlement/' },
    },
    {
      name: 'through-the-door',
      comment: 'What a package does not export is its own business.',
      severity: 'error',
      from: { path: '^((packages|apps)/[^/]+)/' },
      to: { path: sources, pathNot: ['^$1/', ...doors] },
    },
    {
      name: 'known-packages',
      comment: 'A package without a floor is in nobody’s order: add it to scripts/floors.ts.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: [...FLOORS.keys()].map((folder) => `^${folder}/`) },
      to: {},
    },
    {
      name: 'sources-do-not-import-tests',
      comment: 'What the product runs is not made of what checks it.',
      severity: 'error',
      from: { path: sources, pathNot: tests },
      to: { path: '[.]test[.]ts$|^test/|/bench/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(runs|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
