// Incidents: what was reported beside what a run gives, figure by figure, with what was fitted, what was predicted, and what is
// missed and why. docs/incidents.md.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { formatUnits, parseUnits, SolventError, wholeUnit } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'
import { boundsOf, unitE18 } from '../run/expectations.ts'
import { runScenario } from '../run/run-scenario.ts'
import type { IncidentRecord, ReportedFigure, ScenarioExpectation } from '../scenario/expectation-schema.ts'
import { type LoadedScenario, loadScenario } from '../scenario/load-scenario.ts'

export interface IncidentOutcome {
  readonly file: string
  readonly title: string
  readonly inputs: IncidentRecord['inputs']
  readonly calibrated: IncidentRecord['calibrated']
  readonly figures: readonly IncidentFigure[]
  /** Reported, and not simulated. */
  readonly unshown: IncidentRecord['unshown']
}

export interface IncidentFigure {
  readonly figure: string
  readonly kind: 'fitted' | 'predicted'
  /** As a reader wants it: `56,000 ETH`; null where nothing was published. */
  readonly reported: string | null
  readonly tolerancePercent: number | null
  readonly source: string | null
  readonly simulated: string
  /** In units of the metric. */
  readonly allowed: { readonly from: string | null; readonly to: string | null }
  /** `explained`: the run does not come out as reported, and the file says why. */
  readonly status: 'agrees' | 'misses' | 'explained'
  readonly reason: string | null
}

const MOST_BYTES = 1_048_576
const DECIMALS = 18
const DIGITS = 6

/**
 * Runs every incident of a directory, in order of name, and compares.
 *
 * @throws SolventError E_USAGE when there is no incident, E_FILE when something cannot be read, E_SCENARIO for a wrong file
 */
export async function verifyIncidents(
  directory: string,
  onFile?: (file: string) => void,
): Promise<IncidentOutcome[]> {
  const outcomes: IncidentOutcome[] = []
  for (const file of await filesIn(directory)) {
    const loaded = loadScenario(file, await readRegularFile(join(directory, file), { mostBytes: MOST_BYTES }))
    if (loaded.scenario.incident === undefined) continue
    onFile?.(file)
    outcomes.push(await outcomeOf(file, loaded, loaded.scenario.incident))
  }
  if (outcomes.length > 0) return outcomes
  throw new SolventError({
    code: 'E_USAGE',
    message: 'There is no incident.',
    details: { directory },
    hint: 'Incidents are scenario files (*.yaml) of this directory with a section `incident`.',
  })
}

async function filesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((file) => file.endsWith('.yaml')).sort()
  } catch (cause) {
    const system = (cause as NodeJS.ErrnoException).code
    const isNone = system === 'ENOENT' || system === 'ENOTDIR'
    throw new SolventError({
      code: isNone ? 'E_USAGE' : 'E_FILE',
      message: isNone ? 'There is no such directory.' : 'The directory of incidents cannot be read.',
      details: { directory, system },
      cause,
    })
  }
}

async function outcomeOf(
  file: string,
  loaded: LoadedScenario,
  { inputs, calibrated, unshown }: IncidentRecord,
): Promise<IncidentOutcome> {
  const { scenario } = loaded
  const { summary } = await runScenario({ loaded, seed: scenario.seed, runtime: 'sim', nodeProgram: '' })
  const figures = scenario.expectations.map((expectation, index) =>
    figureOf(expectation, summary.expectations[index]!),
  )
  return { file, title: scenario.title, inputs, calibrated, figures, unshown }
}

function figureOf(
  expectation: ScenarioExpectation,
  { ok, got }: { readonly ok: boolean; readonly got: unknown },
): IncidentFigure {
  const { reported, miss } = expectation
  const { atLeast, atMost, equals } = boundsOf(expectation)
  const bound = (value: unknown) => (value === undefined ? null : String(value))
  return {
    figure: expectation.name,
    kind: expectation.kind ?? 'predicted',
    reported: reported === undefined ? null : textOf(reported),
    tolerancePercent: reported?.tolerancePercent ?? null,
    source: reported?.source ?? null,
    simulated: inUnits(got, reported),
    allowed: { from: bound(equals ?? atLeast), to: bound(equals ?? atMost) },
    status: !ok ? 'misses' : miss === undefined ? 'agrees' : 'explained',
    reason: miss ?? null,
  }
}

function textOf({ value, says, unit }: ReportedFigure): string {
  if (value === undefined) return says ?? ''
  const figure =
    typeof value === 'string' ? thousands(value) : `${thousands(value.from)} to ${thousands(value.to)}`
  return unit === '' ? figure : `${figure} ${unit}`
}

/** What the run gives, in the reported unit and in six digits. */
function inUnits(got: unknown, reported: ReportedFigure | undefined): string {
  const text = typeof got === 'number' && Number.isFinite(got) ? got.toFixed(DECIMALS) : got
  if (typeof text !== 'string' || !/^-?\d+(\.\d{1,18})?$/.test(text)) return String(got ?? 'none')
  const perUnitE18 = reported === undefined ? wholeUnit(DECIMALS) : unitE18(reported)
  const figure = thousands(rounded((parseUnits(text, DECIMALS) * wholeUnit(DECIMALS)) / perUnitE18))
  const unit = reported?.unit ?? ''
  return unit === '' ? figure : `${figure} ${unit}`
}

function rounded(exact: bigint): string {
  const size = String(exact < 0n ? -exact : exact).length
  const step = 10n ** BigInt(Math.max(0, Math.min(size - DIGITS, DECIMALS)))
  const half = exact < 0n ? -step / 2n : step / 2n
  return formatUnits(((exact + half) / step) * step, DECIMALS)
}

function thousands(figure: string): string {
  const [whole = '0', fraction] = figure.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
