// The documents say what the code has: every command and option, every exit code, every key of a scenario file, every
// package and model page, and no link that leads nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { loadScenario, type RunSummary, runScenario } from '@solvent/experiments'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../apps/cli/src/exit-code.ts'
import { createProgram } from '../../apps/cli/src/program.ts'
import { ROOT } from './project.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const markdownIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort()
const pages = ['README.md', ...markdownIn('docs')]
const packages = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(ROOT, group))
    .filter((name) => existsSync(join(ROOT, group, name, 'package.json')))
    .map((name) => `${group}/${name}`),
)

/** What stands below a heading, down to the next one of the same level. */
function section(text: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0] ?? '##'
  const from = text.indexOf(`\n${heading}\n`)
  if (from < 0) return ''
  const rest = text.slice(from + heading.length + 2)
  const to = rest.search(new RegExp(`^${level} `, 'm'))
  return to < 0 ? rest : rest.slice(0, to)
}

describe('docs/command-line.md', () => {
  const page = read('docs/command-line.md')
  const overview = page.slice(0, page.indexOf('\n## '))
  const program = createProgram(() => {})

  test('has a section for every command, and none for others', () => {
    const headings = [...page.matchAll(/^## ([a-z]+)$/gm)].map((match) => match[1])
    expect(headings).toEqual(program.commands.map((command) => command.name()))
    for (const command of program.commands)
      expect(overview, command.name()).toMatch(new RegExp(`\\[\`${command.name()}\\b[^\`]*\`\\]`))
  })

  test.each(program.commands.map((command) => [command.name(), command] as const))(
    'names every option and choice of %s, and no option that it does not have',
    (name, command) => {
      const text = section(page, `## ${name}`)
      const parts = [command, ...command.commands]
      for (const part of command.commands) expect(text).toContain(`\`${name} ${part.name()}`)
      const flags = parts.flatMap((part) => part.options.map((option) => option.flags))
      for (const flag of flags) expect(text).toContain(`\`${flag}\``)
      const named = [...text.matchAll(/`[^`\n]*?(--[a-z-]+)[^`\n]*`/g)].map((match) => match[1])
      const known = parts.flatMap((part) => part.options.map((option) => option.long))
      expect(named.filter((flag) => !known.includes(flag))).toEqual([])
      for (const { argChoices } of parts.flatMap((part) => part.options))
        for (const choice of argChoices ?? []) expect(text).toContain(`\`${choice}\``)
    },
  )

  test('lists every exit code', () => {
    const codes = [...section(page, '## Exit codes').matchAll(/^\| (\d+) \|/gm)].map((match) =>
      Number(match[1]),
    )
    // Above 128 a code is 128 and the number of the signal that ended the command.
    expect(codes.filter((code) => code <= 128)).toEqual(Object.values(EXIT).sort((a, b) => a - b))
  })

  test('lists the scripts that a person calls', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const script of Object.keys(scripts)) {
      const spelling = ['start', 'test'].includes(script) ? `npm ${script}` : `npm run ${script}`
      expect(page.replaceAll('npm run -s ', 'npm run ')).toContain(spelling)
    }
  })
})

type Schema = { properties?: Record<string, Schema>; [other: string]: unknown }

/** Names of all keys that a JSON Schema defines, at any depth. */
function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf)
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {}, ...rest } = schema as Schema
  return [
    ...Object.keys(properties),
    ...Object.values(properties).flatMap(keysOf),
    ...keysOf(Object.values(rest)),
  ]
}

/** Values that the schema names: kinds, levels, rules. */
function wordsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf)
  if (typeof schema !== 'object' || schema === null) return []
  const { const: constant, enum: values, ...rest } = schema as Record<string, unknown>
  const words = [constant, ...(Array.isArray(values) ? values : [])].filter(
    (word) => typeof word === 'string',
  )
  return [...words, ...wordsOf(Object.values(rest))]
}

describe('docs/scenario-files.md', () => {
  const page = read('docs/scenario-files.md')
  const schema: unknown = JSON.parse(read('configs/scenario.schema.json'))

  test('names every key and every word of the schema', () => {
    const known = [...new Set([...keysOf(schema), ...wordsOf(schema)])]
    expect(known.length).toBeGreaterThan(100)
    const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap((match) => (match[1] ?? '').split('.')))
    expect(known.filter((word) => !named.has(word))).toEqual([])
  })
})

describe('docs/sweep-files.md', () => {
  test('names every key and every word of the schema', () => {
    const schema: unknown = JSON.parse(read('configs/sweep.schema.json'))
    const known = [...new Set([...keysOf(schema), ...wordsOf(schema)])]
    expect(known.length).toBeGreaterThan(30)
    const named = new Set(
      [...read('docs/sweep-files.md').matchAll(/`([^`\n]+)`/g)].flatMap((match) =>
        (match[1] ?? '').split('.'),
      ),
    )
    expect(known.filter((word) => !named.has(word))).toEqual([])
  })
})

describe('docs/learn-files.md', () => {
  test('names every key of the schema, and every word but those of strategies', () => {
    const schema: unknown = JSON.parse(read('configs/learn.schema.json'))
    const known = [...new Set([...keysOf(schema), ...wordsOf(schema)])]
    expect(known.length).toBeGreaterThan(60)
    const named = new Set(
      ['learn', 'scenario'].flatMap((kind) =>
        [...read(`docs/${kind}-files.md`).matchAll(/`([^`\n]+)`/g)].flatMap((match) =>
          // `kind: fixed` names both.
          (match[1] ?? '').split(/[.: ]+/),
        ),
      ),
    )
    expect(known.filter((word) => !named.has(word))).toEqual([])
  })
})

/** The structure of a value: keys at every level, and of a list the structure of its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]))
}

describe('docs/run-summary.md', () => {
  test('shows an example with the keys of a real run, in their order', async () => {
    const page = read('docs/run-summary.md')
    const file = /run (configs\/\S+) --json/.exec(page)?.[1] ?? ''
    const text = /^```json\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''
    const example = JSON.parse(text.replace(/,?\s*…/g, '')) as RunSummary
    const loaded = loadScenario(file, readFileSync(join(ROOT, file)))
    const run = { loaded, seed: example.seed, runtime: example.runtime, nodeProgram: '' }
    const { summary } = await runScenario(run)
    const known = Object.keys(summary.invariants.checked)
    for (const id of Object.keys(example.invariants.checked)) expect(known).toContain(id)
    const broken = example.invariants.broken
    const shape = (of: RunSummary) => JSON.stringify(shapeOf({ ...of, invariants: { checked: {}, broken } }))
    expect(shape(example)).toBe(shape(summary))
  })
})

describe('the map of the house', () => {
  test.each(['README.md', 'docs/architecture.md'])('in %s has every package', (path) => {
    const text = read(path)
    expect(packages.filter((folder) => !text.includes(`\`${folder}\``))).toEqual([])
  })
})

describe('docs/models', () => {
  const models = markdownIn('docs/models').filter((path) => !path.endsWith('/README.md'))
  const ORDER = [
    'Purpose',
    'Entities and state',
    'Process',
    'Equations',
    'Calibration',
    'What it leaves out',
    'How it was checked',
  ]

  test('every page is listed', () => {
    const list = read('docs/models/README.md')
    expect(models.filter((path) => !list.includes(`](${relative('docs/models', path)})`))).toEqual([])
  })

  test.each(models)('%s keeps to the order of sections', (path) => {
    const headings = [...read(path).matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '')
    expect(headings.filter((heading) => ORDER.includes(heading))).toEqual(ORDER)
  })
})

/** How GitHub names the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

test.each(pages)('links and pictures of %s lead somewhere', (path) => {
  const text = read(path).replace(/^```[\s\S]*?^```$/gm, '')
  const targets = [
    ...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(/(?:src|srcset)="([^"]+)"/g)].map((match) => match[1] ?? ''),
  ].filter((target) => !/^[a-z]+:/.test(target))
  const broken = targets.filter((target) => {
    const [file = '', anchor] = target.split('#')
    const found = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(ROOT, found))) return true
    if (anchor === undefined) return false
    const anchors = [...read(found).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))
    return !anchors.includes(anchor)
  })
  expect(broken).toEqual([])
})

test('the README names the two commands, and the checks call the second', () => {
  expect(read('README.md')).toMatch(/^npm start\b/m)
  expect(read('README.md')).toMatch(/^npm test\b/m)
  expect(read('.ci/run')).toContain('npm test')
})
