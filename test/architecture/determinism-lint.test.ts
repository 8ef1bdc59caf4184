import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, ROOT, runTool } from './project.ts'

const BANNED = [
  'Math.exp(1)',
  'Math.pow(2, 0.5)',
  'Math.random()',
  'x ** 0.5',
  'x ** y',
  'x **= 2',
  'Date.now()',
  'new Date()',
  'performance.now()',
  'setTimeout(() => x, 1)',
  'setImmediate(() => x)',
  'queueMicrotask(() => x)',
  'Promise.resolve()',
  'await y',
  '(async () => x)()',
  'crypto.randomUUID()',
  'new Intl.Collator()',
  "'a'.localeCompare('b')",
  'x.toLocaleString()',
  'list.sort()',
  'list.toSorted()',
  'process.env',
  'globalThis.Date',
  "import('node:fs')",
  "import('fs')",
  'console.log(x)',
  '({ get x() { return y } })',
]

const ALLOWED = [
  'Math.floor(1.5)',
  'Math.sqrt(2)',
  'Math.imul(2, 3)',
  'Math.PI',
  '2 ** 32',
  '10n ** 18n',
  '10n ** BigInt(x)',
  'list.sort((a, b) => a - b)',
  'new (class { get x() { return y } })()',
]

/** One file a snippet, linted with the project's own configuration in a house of its own. */
function findingsOf(folder: string, snippets: readonly string[]): number[] {
  const file = (index: number) => `${folder}/snippet-${index}.ts`
  const files = Object.fromEntries(
    snippets.map((snippet, index) => [
      file(index),
      `export function planted(x: number, y: number, list: number[]) {\n  use(y, list)\n  use(${snippet})\n  use(x)\n}\n`,
    ]),
  )
  const copied = ['biome.json', 'scripts/lint/determinism.grit', 'scripts/lint/accessors.grit']
  const tools = Object.fromEntries(copied.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]))
  const root = makeFolder({ ...files, ...tools })
  const options = ['--vcs-enabled=false', '--max-diagnostics=1000', '--reporter=github']
  const report = runTool('biome', ['lint', ...options, '.'], root)
  return snippets.map((_snippet, index) => report.split(`${file(index)},`).length - 1)
}

describe('in a deterministic package', () => {
  test('every banned expression is found', () => {
    const findings = findingsOf('packages/kernel/src', BANNED)
    expect(BANNED.filter((_snippet, index) => findings[index] === 0)).toEqual([])
  })

  test('what is exact everywhere is let through', () => {
    const findings = findingsOf('packages/settlement/src/chain', ALLOWED)
    expect(ALLOWED.filter((_snippet, index) => findings[index] !== 0)).toEqual([])
  })
})

test('the real-time runtime and the tests may know the time', () => {
  const snippets = ['Date.now()', 'setTimeout(() => x, 1)', 'Math.exp(1)', 'Math.random()']
  expect(findingsOf('packages/runtime-libp2p/src', snippets)).toEqual([0, 0, 0, 0])
})
