import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberText } from '../page/text/number-text.ts'
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts'
import { writeResults } from '../run/write-results.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { openResults } from '../store/query-results.ts'
import { writeReport } from './write-report.ts'

const SCENARIO = join(import.meta.dirname, '../../../../configs/scenarios/quick.yaml')
const loaded = loadScenario('quick.yaml', readFileSync(SCENARIO))
const directory = mkdtempSync(join(tmpdir(), 'solvent-report-'))
const results = join(directory, 'run')

afterAll(() => rmSync(directory, { recursive: true }))

describe('the report of a run', () => {
  let run: ScenarioRun
  let page: string
  const queries = () =>
    [
      ...page.matchAll(
        /<li id="query-(\d+)"><code>npm run -s solvent -- query runs\/quick-1 "(.*)"<\/code><\/li>/g,
      ),
    ].map(([, number, sql]) => ({ number, sql: unescaped(sql!) }))

  beforeAll(async () => {
    run = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '', samples: 20 })
    await writeResults(results, loaded, [run])
    await writeReport(results, join(results, 'report'), 'runs/quick-1')
    page = readFileSync(join(results, 'report/report.html'), 'utf8')
  })

  it('says the answer first, with the numbers of the summary', () => {
    const { signed, settled, stranded } = run.summary.orders
    const [, answer = ''] = /<div class="answer"><p>([^(]*\([^)]*\)[^(]*)/.exec(page) ?? []
    expect(answer).toContain(`Of ${signed} orders ${settled} were settled`)
    expect(answer.includes('left a solver')).toBe(stranded > 0)
    expect(page.indexOf('class="answer"')).toBeLessThan(page.indexOf('<h2>'))
  })

  it('says what holders of a robbed bridge lose, under both rules', () => {
    const [{ haircutAllHolders, haircutFarHolders } = { haircutAllHolders: 0, haircutFarHolders: 0 }] =
      run.summary.bridges
    const percents = [haircutAllHolders, haircutFarHolders].map((haircut) => numberText(haircut * 100, 2))
    // 5,000 of 30,000 claims of the far chain were released without a burn; of 105,000 in all.
    expect(percents).toEqual(['4.76', '16.67'])
    const cells = percents.map((percent) => `<td class="number">${percent} %</td>`).join('')
    expect(page).toContain(cells)
  })

  it('asks nothing of a network', () => {
    expect(page).not.toMatch(/(src|href)="(?!#)/)
    expect(page).not.toMatch(/url\((?!#)|@import|<script/)
    expect(page).toContain("default-src 'none'")
  })

  it('every link leads to a query of the page, and every query runs', async () => {
    const linked = new Set([...page.matchAll(/href="#query-(\d+)"/g)].map(([, number]) => number))
    expect([...linked].sort()).toEqual(
      queries()
        .map(({ number }) => number)
        .sort(),
    )
    const open = await openResults(results)
    for (const { sql } of queries()) expect((await open.run(sql)).columns.length).toBeGreaterThan(0)
    open.close()
  })

  it('has each picture as a file of both kinds, with text', () => {
    const titles = [...page.matchAll(/<figcaption>/g)].length
    const names = readdirSync(join(results, 'report/charts'))
    expect(names.filter((name) => name.endsWith('.svg'))).toHaveLength(titles)
    expect(names.filter((name) => name.endsWith('.png'))).toHaveLength(titles)
    for (const name of names) {
      const bytes = readFileSync(join(results, 'report/charts', name))
      if (name.endsWith('.svg')) expect(bytes.toString()).toMatch(/<text[^>]*>\w/)
      else expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    }
  })

  it('is the same bytes when it is written again', async () => {
    const again = join(directory, 'again')
    await writeReport(results, again, 'runs/quick-1')
    for (const name of readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((each) =>
      /\./.test(each),
    ))
      expect(readFileSync(join(again, name)), name).toEqual(readFileSync(join(results, 'report', name)))
  })
})

it('what is no results directory is named', async () => {
  const code = await writeReport(directory, join(directory, 'x'), 'x').catch((error: unknown) =>
    isSolventError(error) ? error.code : 'unknown',
  )
  expect(code).toBe('E_RESULTS')
})

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\\"', '"')
}
