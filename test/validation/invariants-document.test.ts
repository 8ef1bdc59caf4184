// The table of docs/invariants.md is the catalogue: it is compared line by line, so that neither changes alone.
import { readdirSync, readFileSync } from 'node:fs'
import { type Invariant, invariantCatalogue, invariantIds, needStatement, runNeeds } from '@solvent/audit'
import { expect, it } from 'vitest'

const document = new URL('../../docs/invariants.md', import.meta.url)

function row(id: string, { statement, cadence, reads, runtimes, needs }: Invariant): string {
  const needed = needs.length === 0 ? '–' : needs.join(', ')
  return `| ${id} | ${statement} | ${cadence.join(', ')} | ${reads} | ${runtimes.join(', ')} | ${needed} |`
}

it('lists every invariant as the catalogue has it, in its order', () => {
  const lines = readFileSync(document, 'utf8').split('\n')
  const table = lines.filter((line) => /^\| [A-Z]-\d+ \|/.test(line))
  expect(table).toEqual(invariantIds.map((id) => row(id, invariantCatalogue[id])))
})

it('says of every need what there must be', () => {
  const lines = readFileSync(document, 'utf8').split('\n')
  const table = lines.filter((line) => /^\| `[a-z-]+` \|/.test(line))
  expect(table).toEqual(runNeeds.map((need) => `| \`${need}\` | ${needStatement(need)} |`))
})

it('has a model page for every invariant', () => {
  const folder = new URL('../../docs/models/', import.meta.url)
  const pages = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const named = new Set(pages.flatMap((page) => page.match(/\b[A-Z]-\d+\b/g) ?? []))
  expect(invariantIds.filter((id) => !named.has(id))).toEqual([])
})
