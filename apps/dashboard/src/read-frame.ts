// A frame from a results directory: its tables by SQL, its exposures from their files.
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openResults, type ResultsQuery, readRegularFile } from '@solvent/experiments'
import { SolventError } from '@solvent/primitives'
import { frameExposure, type SavedExposure } from './frame-exposure.ts'
import { competitionOf } from './read-competition.ts'
import type { FrameExposure, FrameFall, FrameSeries, RunDifference, RunFrame } from './run-frame.ts'

const MOST_EVENTS = 100_000
const MOST_FILE_BYTES = 64 * 1_048_576
const MOST_DIFFERENCES = 500

/** An open run, and what the page asks of it. */
export interface OpenRun {
  readonly directory: string
  readonly results: ResultsQuery
  readonly scenarioHash: string
  readonly frame: RunFrame
}

/** @throws SolventError E_RESULTS when the directory is not the result of a run */
export async function openRun(directory: string): Promise<OpenRun> {
  const manifest = await manifestOf(directory)
  const results = await openResults(directory)
  const rows = async <T>(sql: string): Promise<T[]> => {
    const { columns, rows: found } = await results.run(sql)
    return found.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])) as T)
  }
  const series = await rows<{ measure: string; subject: string; at_ms: number; value: number }>(
    'SELECT measure, subject, at_ms, value FROM series ORDER BY measure, subject, at_ms',
  )
  const [count] = await rows<{ n: number; last: number | null }>(
    "SELECT count(*) AS n, (SELECT max(value::BIGINT) FROM metrics WHERE path = 'virtualTimeMs') AS last FROM events WHERE kind <> 'commitment'",
  )
  const frame: RunFrame = {
    name: basename(directory),
    scenario: manifest.scenario,
    seed: manifest.seed,
    runtime: manifest.runtime,
    durationMs: Number(count?.last ?? 0),
    nodes: await rows('SELECT node, role, chain, bridge FROM nodes'),
    chains: await rows('SELECT chain, kind, slot_ms FROM chains'),
    orders: await rows(
      'SELECT label, order_id, "end", origin_chain, destination_chain, bridge, winner, receivable, signed_ms, deadline_ms, awarded_ms, filled_ms, proven_ms, claimed_ms FROM orders ORDER BY signed_ms, label',
    ),
    solvers: await rows(
      'SELECT solver, initial_equity::DOUBLE AS initial_equity, profit::DOUBLE AS profit FROM solvers',
    ),
    events: await rows(
      `SELECT at_ms, node, kind, order_id, json_extract_string(payload, '$.state') AS state FROM events WHERE kind <> 'commitment' ORDER BY seq LIMIT ${MOST_EVENTS}`,
    ),
    eventsLeftOut: Math.max(0, (count?.n ?? 0) - MOST_EVENTS),
    series: grouped(series),
    silent: [],
    faults: await rows('SELECT label, kind, at_ms FROM faults ORDER BY at_ms'),
    falls: (
      await rows<Omit<FrameFall, 'because'> & { because: string }>(
        'SELECT id, kind, at_ms, round, loss, because FROM falls ORDER BY at_ms, round, id',
      )
    ).map((fall) => ({ ...fall, because: namesIn(fall.because) })),
    exposures: await exposuresOf(directory),
    ...competitionOf(
      await rows(
        "SELECT path, text FROM metrics WHERE path LIKE 'competition.solvers[%' OR path LIKE 'competition.accomplices[%'",
      ),
    ),
  }
  return { directory, results, scenarioHash: manifest.scenarioHash, frame }
}

const namesIn = (because: string): string[] =>
  (JSON.parse(because) as readonly { readonly id: string }[]).map(({ id }) => id)

interface ManifestHead {
  readonly format: string
  readonly scenario: string
  readonly scenarioHash: string
  readonly seed: number
  readonly runtime: string
}

async function manifestOf(directory: string): Promise<ManifestHead> {
  try {
    const bytes = await readRegularFile(join(directory, 'manifest.json'), { mostBytes: MOST_FILE_BYTES })
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as ManifestHead
    if (manifest.format === 'solvent-run/1') return manifest
  } catch (cause) {
    throw notARun(directory, cause)
  }
  throw notARun(directory, undefined)
}

function notARun(directory: string, cause: unknown): SolventError {
  return new SolventError({
    code: 'E_RESULTS',
    message: 'This is not the result of a run.',
    details: { directory },
    hint: 'Name a directory that `solvent run` has written, for example runs/quick-1.',
    cause,
  })
}

function grouped(
  rows: readonly { measure: string; subject: string; at_ms: number; value: number }[],
): FrameSeries[] {
  const series = new Map<string, { measure: string; subject: string; points: [number, number][] }>()
  for (const { measure, subject, at_ms, value } of rows) {
    const key = `${measure} ${subject}`
    const known = series.get(key) ?? { measure, subject, points: [] }
    series.set(key, known)
    known.points.push([at_ms, value])
  }
  return [...series.values()]
}

async function exposuresOf(directory: string): Promise<FrameExposure[]> {
  const folder = join(directory, 'exposures')
  const names = await readdir(folder).catch(() => [])
  const found: FrameExposure[] = []
  for (const name of names.filter((each) => /^[\d.]+\.json$/.test(each)).sort()) {
    const bytes = await readRegularFile(join(folder, name), { mostBytes: MOST_FILE_BYTES })
    found.push(frameExposure(JSON.parse(new TextDecoder().decode(bytes)) as SavedExposure))
  }
  return found
}

/** Numbers of the summary in which two runs differ, at most 500. */
export async function differencesOf(left: OpenRun, right: OpenRun): Promise<RunDifference[]> {
  const metrics = async ({ results }: OpenRun) =>
    new Map(
      (await results.run('SELECT path, text FROM metrics')).rows.map(([path, text]) => [
        String(path),
        String(text),
      ]),
    )
  const [a, b] = [await metrics(left), await metrics(right)]
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => a.get(path) !== b.get(path))
    .slice(0, MOST_DIFFERENCES)
    .map((path) => ({ path, left: a.get(path) ?? null, right: b.get(path) ?? null }))
}
