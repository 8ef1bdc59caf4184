import { readdirSync, readFileSync } from 'node:fs'
import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openResults } from '../store/query-results.ts'
import { readRecords } from '../store/recorded-sweep.ts'
import { SWEEP_SHAPES } from '../store/sweep-tables.ts'
import { SQL_TYPES } from '../store/table.ts'
import { sweep } from '../sweep/open-sweep.ts'
import { batchOf } from '../sweep/record-batch.ts'
import type { RunRecord } from '../sweep/run-record.ts'
import { createRunner } from '../sweep/runner.ts'
import { codeOf, FACTS, inlineExecutor, queuePlan, temporaryDirectory } from '../sweep/sweep.testing.ts'
import { writeReport } from './write-report.ts'

const SWEEP = `
parameters: [{ path: arrivalRate, values: [0.3, 0.8] }]
policies: [{ name: slow }, { name: fast, set: { serviceRate: 2 } }]
replicates: 8
`

async function swept(text = SWEEP, outcome: (run: RunRecord) => Partial<RunRecord> = () => ({})) {
  const base = await temporaryDirectory()
  const directory = join(base, 'out')
  const plan = await queuePlan(text)
  const { record } = await createRunner(plan, FACTS.engine)
  const summary = await sweep({
    directory,
    plan,
    how: 'create',
    facts: FACTS,
    createExecutor: () => ({
      ...inlineExecutor(plan, 64),
      run: async (indexes) => batchOf(indexes.map(record).map((run) => ({ ...run, ...outcome(run) }))),
    }),
  })
  return { base, directory, summary, plan }
}

/** The page of a sweep's report, without pictures and marks. */
async function read(base: string, directory: string): Promise<string> {
  await writeReport(directory, join(base, 'report'), 'runs/test')
  const page = readFileSync(join(base, 'report/report.html'), 'utf8')
  return page
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

it('the tables of a sweep hold every run, point and number that was recorded', async () => {
  const { directory, summary } = await swept()
  const results = await openResults(directory)
  const first = async (sql: string) => (await results.run(sql)).rows[0]
  expect(results.tables).toEqual(['metrics', 'points', 'runs'])
  expect(await first("SELECT count(*), count(*) FILTER (status = 'ok') FROM runs")).toEqual([32, 32])
  expect((await results.run('SELECT point, parameter, value, text FROM points')).rows).toEqual([
    [0, 'arrivalRate', 0.3, '0.3'],
    [1, 'arrivalRate', 0.8, '0.8'],
  ])
  // The summary's own arithmetic, from its own reading of the records.
  for (const { point, policies } of summary.points)
    for (const { policy, metrics } of policies) {
      const [mean, sd] = (await first(
        `SELECT avg(value), stddev_samp(value) FROM metrics WHERE metric = 'meanWaitS' AND point = ${point} AND policy = '${policy}'`,
      )) as [number, number]
      expect(mean).toBeCloseTo(metrics.meanWaitS!.mean, 12)
      expect(sd).toBeCloseTo(metrics.meanWaitS!.sd!, 12)
    }
  results.close()
})

it('events that are kept are a table, of a sweep that is finished and of one that is not', async () => {
  const { directory } = await swept('replicates: 3\nkeep: { events: all }\n')
  const sql = 'SELECT run, seq, node, kind, order_id, payload, at_ms > 0 FROM events ORDER BY run'
  const wanted = [0, 1, 2].map((run) => [run, 0, 'server', 'closed', null, '{}', true])
  const finished = await openResults(directory)
  expect((await finished.run(sql)).rows).toEqual(wanted)
  finished.close()
  await rm(join(directory, 'COMPLETE'))
  const begun = await openResults(directory)
  expect((await begun.run(sql)).rows).toEqual(wanted)
  begun.close()
})

it('a sweep that is still written is read as far as it is; damage elsewhere is named', async () => {
  const { base, directory } = await swept()
  const running = join(base, 'running')
  await cp(directory, running, { recursive: true })
  await rm(join(running, 'COMPLETE'))
  const segment = join(running, 'seg-00001.jsonl')
  await appendFile(segment, '0123abcd 9999 {"index":')
  const read = await readRecords(running)
  expect([read?.records.length, read?.isComplete]).toEqual([32, false])
  // Tables that a killed sweep may have left are not looked at.
  await rm(join(running, 'tables/metrics.parquet'))
  const unfinished = await openResults(running)
  expect(unfinished.soFar).toEqual({ recorded: 32, planned: 32 })
  expect((await unfinished.run('SELECT count(DISTINCT run) FROM metrics')).rows).toEqual([[32]])
  unfinished.close()
  const bytes = await readFile(segment)
  bytes[200]! ^= 1
  await writeFile(segment, bytes)
  expect(await codeOf(readRecords(running))).toBe('E_RESULTS')
  expect(await readRecords(base)).toBeNull()
})

it('the report of a sweep shows what differs, with the difference of policies in pairs', async () => {
  const { base, directory, summary } = await swept()
  const to = join(base, 'report')
  await writeReport(directory, to, 'runs/test')
  const page = readFileSync(join(to, 'report.html'), 'utf8')
  expect(page).toContain('32 runs at 2 points under 2 policies; every one ended well.')
  expect(page).not.toContain('not finished')
  expect(page).not.toMatch(/(src|href)="(?!#)|<script/)
  const [slow] = summary.points[0]!.policies
  const shown = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 4 })
  const { mean, halfWidth } = slow!.metrics.meanWaitS!
  expect(page).toContain(`<td>${shown(mean)} ± ${shown(halfWidth!)}</td>`)
  expect(page).toMatch(
    /<td>meanWaitS<\/td><td>fast<\/td><td class="number">16<\/td><td class="number">-[\d.]+<\/td><td class="number">[\d.]+<\/td><td>yes<\/td>/,
  )
  // Two points: too few for a rank correlation, but the policies are told apart, and the answer says so first.
  expect(page).toMatch(
    /<div class="answer"><p>What moves most is [^<]+ \(<a class="source" href="#query-1">query 1<\/a>\) Against slow, policy fast lowers [^<]+<a/,
  )
  expect(page).toMatch(/<td>digest<\/td><td class="long">[0-9a-f]{64}<\/td>/)
  expect(page).toMatch(/<td>meanWaitS<\/td><td>fast<\/td><td>low values<\/td><td class="number">32<\/td>/)
  const pictures = readdirSync(join(to, 'charts'))
  expect(pictures).toContain('meanwaits-over-the-points.svg')
  // Means and an interval for each of two points under two policies.
  expect(
    readFileSync(join(to, 'charts/meanwaits-over-the-points.svg'), 'utf8').match(/stroke-width="2"/g)?.length,
  ).toBeGreaterThanOrEqual(6)
})

it('two parameters make a phase diagram, and runs that fail are listed with their replay line', async () => {
  const { base, directory } = await swept(
    'parameters: [{ path: arrivalRate, values: [0.3, 0.8] }, { path: serviceRate, values: [1, 2] }]\nreplicates: 3\n',
  )
  const to = join(base, 'report')
  await writeReport(directory, to, 'runs/test')
  const page = readFileSync(join(to, 'report.html'), 'utf8')
  expect(page).toContain('Darker is more')
  expect(page).toContain('<h2>Runs that did not end well</h2>\n<p>None.</p>')
  const failing = await queuePlan(
    'replicates: 4\nseed: 3\n',
    'events: 40\nfailures: { kind: breach, share: 0.5 }\n',
  )
  const broken = join(base, 'broken')
  await sweep({
    directory: broken,
    plan: failing,
    how: 'create',
    facts: FACTS,
    createExecutor: () => inlineExecutor(failing),
  })
  await writeReport(broken, join(base, 'of-broken'), 'runs/test')
  expect(readFileSync(join(base, 'of-broken/report.html'), 'utf8')).toMatch(
    /<td>broken<\/td><td[^>]*>[^<]+<\/td><td[^>]*>npm run -s solvent -- replay DIR \d<\/td>/,
  )
})

it('a table that is too long says so, and its query gives all of it', async () => {
  const values = Array.from({ length: 12 }, (_, at) => 0.2 + at / 20)
  const { base, directory } = await swept(
    `parameters: [{ path: arrivalRate, values: [${values}] }]\npolicies: [{ name: slow }, { name: fast, set: { serviceRate: 2 } }]\nreplicates: 2\nmetrics: [meanWaitS, served]\n`,
  )
  // Two figures at twelve points under two policies.
  expect(await read(base, directory)).toContain('The first 40 of 48 rows; all: query 1')
  const sql = /<li id="query-1"><code>[^"]* "(.*)"<\/code>/.exec(
    readFileSync(join(base, 'report/report.html'), 'utf8').replaceAll('&quot;', '"').replaceAll('&gt;', '>'),
  )![1]!
  const results = await openResults(directory)
  expect((await results.run(sql)).rows).toHaveLength(48)
  results.close()
})

it('market shares and overcharge are the means of what the runs of each policy had', async () => {
  const { base, directory } = await swept(
    'policies: [{ name: honest }, { name: ring, set: { serviceRate: 2 } }]\nreplicates: 4\n',
    ({ policy, replicate }) => ({
      metrics: {
        'competition.solvers[atlas].share': policy === 0 ? 0.5 : 0.75 + replicate / 100,
        'competition.solvers[borealis].share': policy === 0 ? 0.5 : 0.25 - replicate / 100,
        'competition.overchargeBps': policy * 12 + replicate,
      },
    }),
  )
  const page = await read(base, directory)
  // (0.75 + 0.76 + 0.77 + 0.78) / 4, and 12 + (0 + 1 + 2 + 3) / 4 ± 3.1824 · 1.29099 / 2 (Student's t with three degrees of freedom).
  expect(page).toContain('ring atlas 4 76.5 %')
  expect(page).toContain('ring borealis 4 23.5 %')
  expect(page).toContain('honest atlas 4 50 %')
  expect(page).toContain('competition.overchargeBps ring 4 13.5 2.0543')
  expect(readdirSync(join(base, 'report/charts'))).toContain('share-of-the-awards.svg')
  // Every run of the ring pays more than every honest one: a screen of it never errs.
  expect(page).toContain('competition.overchargeBps ring high values 8 1 0 100 %')
})

it.each([
  // On [0, 1]²: var(2x) = 1/3 and var(y) = 1/12, so 0.8 and 0.2 of the variance; no interaction.
  [
    'saltelli',
    '{ kind: saltelli, blocks: 64 }',
    /figure base arrivalRate 0\.(79|80|81)\d* .* figure base serviceRate 0\.(19|20|21)/,
  ],
  // The effects are 2 and 1 at every place: no spread.
  [
    'morris',
    '{ kind: morris, trajectories: 4 }',
    /figure base arrivalRate 2 2 to 2 2 0 figure base serviceRate 1 1 to 1 1 0/,
  ],
])('bars of a %s design are those of a sum whose indices are known', async (_, design, shown) => {
  const text = `parameters: [{ path: arrivalRate, range: { from: 1, to: 2 } }, { path: serviceRate, range: { from: 1, to: 2 } }]\ndesign: ${design}\n`
  const { points } = await queuePlan(text)
  const { base, directory } = await swept(text, ({ point }) => ({
    metrics: { figure: 2 * Number(points[point]![0]) + Number(points[point]![1]) },
  }))
  expect(await read(base, directory)).toMatch(shown)
  const bars = readdirSync(join(base, 'report/charts')).find((name) =>
    /(share-of-the-variance|elementary-effects).*svg/.test(name),
  )
  expect(readFileSync(join(base, 'report/charts', bars!), 'utf8')).toContain('figure ~ arrivalRate')
})

it('docs/results-tables.md says what each column of a sweep is', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/results-tables.md'), 'utf8')
  for (const { name, about, columns } of Object.values(SWEEP_SHAPES)) {
    expect(text).toContain(`\n### ${name}\n\n${about}\n`)
    for (const column of columns)
      expect(text).toContain(`| \`${column.name}\` | ${SQL_TYPES[column.type]} | ${column.about} |`)
  }
})
