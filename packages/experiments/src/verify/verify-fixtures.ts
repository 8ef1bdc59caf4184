// Worked cases from elsewhere, computed here: each file's cases are computed from their input alone, with the
// expected part taken away before the computation starts, and only then compared.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SolventError } from '@solvent/primitives'
import { agrees } from './agreement.ts'
import { backingKind } from './backing-cases.ts'
import { capitalRatioKind } from './capital-ratio-cases.ts'
import { clearingKind } from './clearing-cases.ts'
import { debtRankKind } from './debt-rank-cases.ts'
import { dutchDecayKind } from './dutch-decay-cases.ts'
import type { FixtureCase, FixtureKind } from './fixture-kind.ts'
import { gammaFeedbackKind } from './gamma-feedback-cases.ts'
import { leverageTargetingKind } from './leverage-targeting-cases.ts'
import { networkValuationKind } from './network-valuation-cases.ts'
import { overlappingPortfoliosKind } from './overlapping-portfolios-cases.ts'
import { thresholdKind } from './threshold-cases.ts'

export interface FixtureOutcome {
  readonly file: string
  readonly kind: string
  /** `unknown`: the product does not know this kind yet. */
  readonly status: 'ok' | 'mismatch' | 'unknown'
  readonly cases: number
  readonly mismatches: readonly { readonly name: string; readonly got: string; readonly want: string }[]
}

const KINDS: ReadonlyMap<string, FixtureKind<never>> = new Map(
  [
    backingKind,
    capitalRatioKind,
    clearingKind,
    debtRankKind,
    dutchDecayKind,
    gammaFeedbackKind,
    leverageTargetingKind,
    networkValuationKind,
    overlappingPortfoliosKind,
    thresholdKind,
  ].map((kind) => [kind.kind, kind as FixtureKind<never>]),
)

/**
 * Verifies every `.json` file of a directory and of its subdirectories, in order of name.
 *
 * @throws SolventError E_USAGE when the directory cannot be read, E_FIXTURE when a file is not a fixture
 */
export async function verifyFixtures(directory: string): Promise<FixtureOutcome[]> {
  const files = await fixtureFiles(directory)
  const outcomes: FixtureOutcome[] = []
  for (const file of files) outcomes.push(await verifyFile(directory, file))
  return outcomes
}

async function fixtureFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'MANIFEST.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((a, b) => (a < b ? -1 : 1))
  } catch (cause) {
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The directory of fixtures cannot be read.',
      details: { directory },
      cause,
    })
  }
}

async function verifyFile(directory: string, file: string): Promise<FixtureOutcome> {
  const name = file.slice(directory.length).replace(/^\//, '')
  let content: Record<string, unknown>
  try {
    content = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw new SolventError({ code: 'E_FIXTURE', message: 'The file is not JSON.', details: { file }, cause })
  }
  const kind = typeof content?.kind === 'string' ? content.kind : ''
  const known = KINDS.get(kind)
  if (known === undefined) return { file: name, kind, status: 'unknown', cases: 0, mismatches: [] }
  const cases = split(known, content, file)
  const computed = cases.map(({ input }) => known.compute(structuredClone(input)))
  const mismatches = cases.flatMap(({ name: caseName, want, tolerance }, index) => {
    const got = computed[index]
    return agrees(got, want, tolerance) ? [] : [{ name: caseName, got: show(got), want: show(want) }]
  })
  return {
    file: name,
    kind,
    status: mismatches.length === 0 && cases.length > 0 ? 'ok' : 'mismatch',
    cases: cases.length,
    mismatches,
  }
}

function split(
  known: FixtureKind<never>,
  content: Record<string, unknown>,
  file: string,
): FixtureCase<never>[] {
  try {
    return known.split(content)
  } catch (cause) {
    throw new SolventError({
      code: 'E_FIXTURE',
      message: `The file is not a ${known.kind} fixture.`,
      details: { file },
      cause,
    })
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
