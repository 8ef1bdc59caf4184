/**
 * The store of results: a table of a million rows and twelve columns into Parquet and one summary of it, and the report of a sweep of
 * 10,000 runs. The yardsticks: the same million rows made and added up in one loop of this thread, and a sum over the table by DuckDB.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openResults, writeReport } from '@solvent/experiments'
import { planSweep, readSweep, sweep } from '@solvent/experiments/sweep'
import { parquetFiles } from '../src/store/parquet-files.ts'
import { type Cell, shape } from '../src/store/table.ts'
import { batchOf } from '../src/sweep/record-batch.ts'
import { createRunner } from '../src/sweep/runner.ts'

export const name = 'store: a million rows, one query, the report of 10,000 runs'

const ROWS = 1_000_000
const GOALS = { storeS: 3, queryS: 0.3, reportS: 10, reportMb: 5 }
const KINDS = ['settled', 'refunded', 'expired']

const ORDERS = shape('bench_orders', 'Twelve columns of the types that results have.', [
  ['run', 'BIGINT', ''],
  ['point', 'BIGINT', ''],
  ['replicate', 'BIGINT', ''],
  ['signed_ms', 'BIGINT', ''],
  ['filled_ms', 'BIGINT', ''],
  ['end', 'VARCHAR', ''],
  ['solver', 'VARCHAR', ''],
  ['is_stolen', 'BOOLEAN', ''],
  ['share', 'DOUBLE', ''],
  ['fee', 'DOUBLE', ''],
  ['amount', 'AMOUNT', ''],
  ['paid', 'AMOUNT', ''],
])

function* rows(): Generator<Cell[]> {
  for (let row = 0; row < ROWS; row++) {
    const run = row % 10_000
    const amount = BigInt(row) * 1_000_003n
    yield [
      ...[run, run % 25, row % 7, row, row + 900],
      ...[KINDS[row % 3]!, `solver-${row % 12}`, row % 97 === 0],
      ...[(row % 101) / 101, row / 3, amount, amount - 7n],
    ]
  }
}

export async function run(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'solvent-bench-'))
  try {
    const [bare] = await timed(async () => {
      let sum = 0
      for (const row of rows()) sum += Number(row[9])
      return sum
    })
    const [stored, files] = await timed(() => parquetFiles([{ ...ORDERS, rows: rows() }], {}))
    mkdirSync(join(root, 'tables'))
    for (const [file, bytes] of files) writeFileSync(join(root, file), bytes)
    const [opened, results] = await timed(() => openResults(root))
    const [bareQuery] = await timed(() => results.run('SELECT sum(fee) FROM bench_orders'))
    const [asked] = await timed(() =>
      results.run(
        'SELECT point, "end", count(*), avg(share), quantile_cont(filled_ms - signed_ms, 0.9), sum(amount) FROM bench_orders GROUP BY ALL ORDER BY ALL',
      ),
    )
    results.close()
    const report = await reported(join(root, 'sweep'))
    console.table([
      row(
        '1,000,000 rows of 12 columns into Parquet',
        stored,
        bare,
        'the loop that makes them',
        GOALS.storeS,
      ),
      row('opening them', opened, bare, 'the same loop', null),
      row('summary query over them', asked, bareQuery, 'a sum over one column', GOALS.queryS),
      row('report of 10,000 runs', report.time, bare, 'the loop of a million rows', GOALS.reportS),
    ])
    const verdict = report.mb <= GOALS.reportMb ? 'met' : 'missed'
    console.log(`page of the report: ${report.mb.toFixed(2)} MB (goal ${GOALS.reportMb} MB ${verdict})`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** A phase diagram of 25 points under two policies, 200 runs each. */
async function reported(directory: string): Promise<{ time: Time; mb: number }> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const text =
    'name: bench\ntitle: Bench\nkind: queue\nbase: base.yaml\nreplicates: 200\npolicies: [{ name: one }, { name: other, set: { events: 24 } }]\nparameters: [{ path: arrivalRate, values: [0.1, 0.3, 0.5, 0.7, 0.9] }, { path: serviceRate, values: [1, 1.5, 2, 2.5, 3] }]\n'
  const read = readSweep({ file: 'bench.yaml', bytes: encode(text) })
  const plan = await planSweep(read, { file: 'base.yaml', bytes: encode('events: 20\n') })
  const runner = await createRunner(plan, '0.1.0')
  await sweep({
    directory,
    plan,
    how: 'create',
    createExecutor: () => ({
      width: 1,
      batchSize: () => 200,
      run: async (indexes) => batchOf(indexes.map(runner.record)),
      close: async () => undefined,
    }),
  })
  const to = join(directory, 'report')
  const [time] = await timed(() => writeReport(directory, to, 'runs/bench'))
  if (readdirSync(join(to, 'charts')).length === 0) throw new Error('the report has no picture')
  return { time, mb: statSync(join(to, 'report.html')).size / 1e6 }
}

interface Time {
  readonly s: number
  /** Of the processors, all threads: what is left of the figure on a machine that others use too. */
  readonly busyS: number
}

async function timed<T>(action: () => Promise<T>): Promise<[time: Time, result: T]> {
  const begin = performance.now()
  const before = process.cpuUsage()
  const result = await action()
  const { user, system } = process.cpuUsage(before)
  return [{ s: (performance.now() - begin) / 1_000, busyS: (user + system) / 1e6 }, result]
}

function row(what: string, time: Time, bare: Time, to: string, goal: number | null): Record<string, string> {
  return {
    what,
    seconds: time.s.toFixed(2),
    'processor seconds': time.busyS.toFixed(2),
    ratio: `${(time.busyS / bare.busyS).toFixed(1)} × ${to}`,
    goal: goal === null ? '' : `${goal} s ${time.s <= goal ? 'met' : 'missed'}`,
  }
}
