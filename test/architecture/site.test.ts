// The site that `npm run docs` builds: its pages, where they lead, and the reference that is made from the code.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { allowedOf, type Schema, schemaRows } from '../../scripts/site/schema-rows.ts'
import { linkTo, sidebarOf } from '../../scripts/site/site-config.ts'
import { copyOf, type Site, sitePages } from '../../scripts/site/site-pages.ts'
import { ROOT } from './project.ts'

describe('the site', () => {
  let site: Site
  beforeAll(async () => {
    site = await sitePages(ROOT)
  })

  test('has every page at its side, once, except the one that it begins with', () => {
    const links = sidebarOf(site.pages).flatMap(({ items }) => items.map(({ link }) => link))
    const wanted = [...site.pages.keys()].filter((path) => path !== 'index.md').map(linkTo)
    expect(links.toSorted()).toEqual(wanted.toSorted())
  })

  test('leads nowhere that is not there', () => {
    const known = new Set([...site.pages.keys(), ...site.files.map((file) => `files/${copyOf(file)}`)])
    const folders = new Set(site.files.map((file) => `/files/${dirname(file)}/index.html`))
    for (const file of site.files) expect(existsSync(join(ROOT, file)), file).toBe(true)
    const lost = [...site.pages].flatMap(([path, text]) =>
      [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].flatMap(
        ([, target = '']) => {
          const found = target.startsWith('/') ? target.slice(1) : join(dirname(path), target)
          return known.has(found) || folders.has(target) ? [] : [`${path}: ${target}`]
        },
      ),
    )
    expect(lost).toEqual([])
  })

  test('has a reference of every key, command, column and limit', () => {
    const page = (name: string) => site.pages.get(`reference/${name}.md`) ?? ''
    const schema = readFileSync(join(ROOT, 'configs/scenario.schema.json'), 'utf8')
    const keys = new Set([...schema.matchAll(/"properties": \{\s+"(\w+)"/g)].map(([, key]) => key))
    expect(keys.size).toBeGreaterThan(50)
    for (const key of keys) expect(page('scenario'), key).toMatch(new RegExp(`\\b${key}\\b`))
    expect(page('sweep')).toContain('`design{kind: sobol}')
    expect(page('learn')).toContain('`study{kind: pricing}.firms` | whole number from 2 to 6 | `2` |')
    expect(page('summary')).toMatch(/^\| `orders\.filled` \| number \| `\d+` \|$/m)
    expect(page('tables')).toContain('| `least_output` | DECIMAL(38,0) |')
    expect(page('commands')).toMatch(/## run\n[\s\S]*?--metrics-port <n>[\s\S]*?Examples:/)
    expect(page('limits-by-model')).toContain('Cartels that mimic competition')
  })
})

describe('rows of a schema', () => {
  const leaf = { type: 'integer', minimum: 1, maximum: 9 } as const

  test('name places in maps, lists and variants, and what holds when a key is left out', () => {
    const schema: Schema = {
      required: ['all'],
      properties: {
        all: { type: 'object', additionalProperties: { properties: { size: { ...leaf, default: 4 } } } },
        list: {
          type: 'array',
          items: { oneOf: [{ properties: { kind: { const: 'round' }, radius: leaf } }] },
        },
      },
    }
    expect(schemaRows(schema, '').map(({ path, otherwise }) => [path, otherwise])).toEqual([
      ['all', 'needed'],
      ['all.<name>', 'optional'],
      ['all.<name>.size', '4'],
      ['list', 'optional'],
      ['list[]{kind: round}', 'one of the kinds'],
      ['list[]{kind: round}.radius', 'optional'],
    ])
  })

  test('name what stood before instead of repeating it', () => {
    const part: Schema = { type: 'object', properties: { a: leaf, b: leaf } }
    const rows = schemaRows({ properties: { first: part, second: part } }, '')
    expect(rows.map(({ path }) => path)).toEqual(['first', 'first.a', 'first.b', 'second'])
    expect(rows.at(-1)?.allowed).toBe('the keys below; keys as of `first`')
  })

  test.each<[Schema, string]>([
    [leaf, 'whole number from 1 to 9'],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, 'number above 0 to 1'],
    [{ enum: ['a', 'b'] }, '`a`, `b`'],
    [{ type: 'array', maxItems: 3, items: leaf }, 'list (at most 3) of: whole number from 1 to 9'],
    [
      { anyOf: [leaf, { type: 'object', properties: { from: leaf, to: leaf } }] },
      'whole number from 1 to 9, or drawn: `{ from, to }`',
    ],
    [{}, 'anything'],
  ])('says in words what may stand there: %j', (schema, words) => {
    expect(allowedOf(schema)).toBe(words)
  })
})
