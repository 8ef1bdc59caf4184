// `solvent verify`: what others have published, computed here and shown beside it. `--fixtures DIR`: worked cases, from
// their inputs. `--incidents [DIR]`: incidents as they were reported. `--finality`: the finality times of named chains, which is also
// what it does without options.
import {
  type FinalityRow,
  type FixtureOutcome,
  finalityTable,
  machineWorkers,
  publishedTable,
  verifyFixtures,
  verifyIncidents,
} from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { green, note, red, result, resultJson, yellow } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { INCIDENTS } from '../project.ts'
import { userPath } from '../user-path.ts'
import { printIncidents } from './verify-incidents.ts'
import { printPublished, publishedLine } from './verify-published.ts'

export interface VerifyOptions {
  readonly fixtures?: string | undefined
  /** With fixtures: the cases that take minutes as well. */
  readonly long?: boolean | undefined
  /** A directory; true for the project's own. */
  readonly incidents?: string | true | undefined
  readonly finality?: boolean | undefined
  readonly published?: 'quick' | 'full' | true | undefined
  /** A directory for the outcomes of sessions. */
  readonly keep?: string | undefined
  readonly json?: boolean | undefined
}

export async function verify(options: VerifyOptions): Promise<number> {
  const fixtures =
    options.fixtures === undefined
      ? null
      : await verifyFixtures(userPath(options.fixtures), options.long === true ? 'long' : 'quick')
  const incidents = options.incidents === undefined ? null : await incidentsOf(options.incidents)
  const wantsFinality =
    options.finality === true || (fixtures === null && incidents === null && options.published === undefined)
  if (wantsFinality) note('eight days of named chains in virtual time; this takes some seconds …')
  const finality = wantsFinality ? finalityTable() : null
  const published =
    options.published === undefined ? null : await publishedOf(options.published, options.keep)
  if (options.json === true) {
    const asked = Object.entries({ fixtures, incidents, finality, published }).filter(
      ([, part]) => part !== null,
    )
    resultJson(asked.length === 1 ? asked[0]![1] : Object.fromEntries(asked))
  } else {
    if (fixtures !== null) printOutcomes(fixtures)
    if (incidents !== null) printIncidents(incidents)
    if (finality !== null) printFinality(finality)
    if (published !== null) printPublished(published)
  }
  const isWrong =
    fixtures?.some(({ status }) => status === 'mismatch') === true ||
    incidents?.some(({ figures }) => figures.some(({ status }) => status === 'misses')) === true ||
    finality?.some(({ ok, reason }) => !ok && reason === null) === true ||
    published?.some(({ ok, reason }) => !ok && reason === null) === true
  return isWrong ? EXIT.expectation : EXIT.ok
}

async function incidentsOf(directory: string | true) {
  return verifyIncidents(directory === true ? INCIDENTS : userPath(directory), (file) => note(`${file} …`))
}

function publishedOf(size: 'quick' | 'full' | true, keep: string | undefined) {
  return publishedTable({
    size: size === 'full' ? 'full' : 'quick',
    workers: machineWorkers(),
    keep: keep === undefined ? undefined : userPath(keep),
    onStudy: (name) => note(`${name} …`),
    onFigures: (rows) => {
      for (const row of rows) note(publishedLine(row))
    },
  })
}

function printFinality(rows: readonly FinalityRow[]): void {
  result(
    table(
      ['chain', 'block is', 'published', 'median', 'from', 'to', 'result'],
      rows.map(({ preset, measure, published, simulated, ok, reason }) => [
        preset,
        measure,
        published.says,
        simulated === null ? 'never' : duration(simulated.median),
        simulated === null ? '' : duration(simulated.min),
        simulated === null ? '' : duration(simulated.max),
        ok ? green('ok') : outside(published, reason),
      ]),
    ),
  )
  const agree = rows.filter(({ ok }) => ok).length
  const explained = rows.filter(({ ok, reason }) => !ok && reason !== null).length
  note(
    `${agree} medians within their published times, ${rows.length - agree} outside, ${explained} of them explained`,
  )
}

function outside({ from, to }: FinalityRow['published'], reason: string | null): string {
  const range = `not in ${duration(from)} to ${duration(to)}`
  return reason === null ? red(range) : yellow(`${range}: ${reason}`)
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
]

/** The two largest units that a time has, e.g. `6 d 9 h`, `15 min 30 s`. */
function duration(seconds: number): string {
  let left = Math.round(seconds)
  const first = UNITS.findIndex(([, size]) => left >= size)
  if (first < 0) return '0 s'
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return `${count} ${unit}`
  })
  return parts.join(' ')
}

function printOutcomes(outcomes: readonly FixtureOutcome[]): void {
  const word = { ok: green('ok'), mismatch: red('mismatch'), unknown: yellow('not known yet') }
  result(
    table(
      ['file', 'kind', 'cases', 'result'],
      outcomes.map(({ file, kind, cases, status, hint, leftOut = 0 }) => [
        file,
        kind,
        String(cases),
        [
          word[status],
          ...(hint === undefined ? [] : [hint]),
          ...(leftOut === 0 ? [] : [`${leftOut} more with --long`]),
        ].join(': '),
      ]),
    ),
  )
  for (const { file, mismatches } of outcomes) {
    for (const { name, got, want } of mismatches) result(`${file}, ${name}\n  got  ${got}\n  want ${want}`)
  }
  const count = (status: FixtureOutcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length
  note(`${count('ok')} agree, ${count('mismatch')} differ, ${count('unknown')} of kinds not known yet`)
}
