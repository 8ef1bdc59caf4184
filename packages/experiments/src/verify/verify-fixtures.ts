// Worked cases from elsewhere, computed here: each file's cases are computed from their input alone, with the
// expected part taken away before the computation starts, and only then compared.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nearestName, SolventError } from '@solvent/primitives'
import { readRegularFile } from '../files/regular-file.ts'
import { agrees } from './agreement.ts'
import { auctionClosedFormKind } from './auction-closed-form-cases.ts'
import { backingKind } from './backing-cases.ts'
import { bidMatrixKind } from './bid-matrix-cases.ts'
import { calvanoDockingKind } from './calvano-docking-cases.ts'
import { capitalRatioKind } from './capital-ratio-cases.ts'
import { clearingKind } from './clearing-cases.ts'
import { criticalDiscountKind } from './critical-discount-cases.ts'
import { debtRankKind } from './debt-rank-cases.ts'
import { dutchDecayKind } from './dutch-decay-cases.ts'
import { entryModelKind } from './entry-model-cases.ts'
import { fairCombinatorialKind } from './fair-combinatorial-cases.ts'
import type { FixtureCase, FixtureKind, VerificationSize } from './fixture-kind.ts'
import { gammaFeedbackKind } from './gamma-feedback-cases.ts'
import { jsonFault } from './json-fault.ts'
import { banchioSkrzypaczKind, calvanoResponseKind, calvanoTargetsKind } from './learning-cases.ts'
import { leverageTargetingKind } from './leverage-targeting-cases.ts'
import { aaveLiquidationKind, liquidationCascadeKind, liquidationKind } from './liquidation-cases.ts'
import { logitKind } from './logit-cases.ts'
import {
  constantProductKind,
  constantProductTargetKind,
  stableSwapKind,
  uniswapV2Kind,
} from './market-cases.ts'
import { missingBidsKind } from './missing-bids-cases.ts'
import { networkValuationKind } from './network-valuation-cases.ts'
import { overlappingPortfoliosKind } from './overlapping-portfolios-cases.ts'
import { powerKind } from './power-cases.ts'
import { rebidAndBenfordKind } from './rebid-and-benford-cases.ts'
import { rocKind } from './roc-cases.ts'
import { thresholdKind } from './threshold-cases.ts'

export interface FixtureOutcome {
  readonly file: string
  readonly kind: string
  /** `unknown`: the product does not know this kind yet. */
  readonly status: 'ok' | 'mismatch' | 'unknown'
  /** The known kind that an unknown one is nearest to, e.g. `did you mean clearing?` */
  readonly hint?: string
  readonly cases: number
  /** Long cases that a quick verification did not compute; absent when there are none. */
  readonly leftOut?: number
  readonly mismatches: readonly { readonly name: string; readonly got: string; readonly want: string }[]
}

const MOST_BYTES = 16 * 1_048_576

const KINDS: ReadonlyMap<string, FixtureKind<never>> = new Map(
  [
    aaveLiquidationKind,
    auctionClosedFormKind,
    backingKind,
    bidMatrixKind,
    banchioSkrzypaczKind,
    calvanoDockingKind,
    calvanoResponseKind,
    calvanoTargetsKind,
    capitalRatioKind,
    clearingKind,
    constantProductKind,
    constantProductTargetKind,
    criticalDiscountKind,
    debtRankKind,
    dutchDecayKind,
    entryModelKind,
    fairCombinatorialKind,
    gammaFeedbackKind,
    leverageTargetingKind,
    liquidationCascadeKind,
    liquidationKind,
    logitKind,
    missingBidsKind,
    networkValuationKind,
    overlappingPortfoliosKind,
    powerKind,
    rebidAndBenfordKind,
    rocKind,
    stableSwapKind,
    thresholdKind,
    uniswapV2Kind,
  ].map((kind) => [kind.kind, kind as FixtureKind<never>]),
)

/**
 * Verifies every `.json` file of a directory and of its subdirectories, in order of name.
 *
 * @throws SolventError E_USAGE when there is no such directory or no fixture file in it, E_FILE when something cannot
 *   be read, E_FIXTURE when a file is not a fixture
 */
export async function verifyFixtures(
  directory: string,
  size: VerificationSize = 'quick',
): Promise<FixtureOutcome[]> {
  const files = await fixtureFiles(directory)
  if (files.length === 0) {
    throw new SolventError({
      code: 'E_USAGE',
      message: 'There is no fixture file.',
      details: { directory },
      hint: 'Fixtures are regular files whose names end with .json, in the directory or below it.',
    })
  }
  const outcomes: FixtureOutcome[] = []
  for (const file of files) outcomes.push(await verifyFile(directory, file, size))
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
    const system = (cause as NodeJS.ErrnoException).code
    const isNone = system === 'ENOENT' || system === 'ENOTDIR'
    throw new SolventError({
      code: isNone ? 'E_USAGE' : 'E_FILE',
      message: isNone ? 'There is no such directory.' : 'The directory of fixtures cannot be read.',
      details: { directory, system },
      cause,
    })
  }
}

async function verifyFile(directory: string, file: string, size: VerificationSize): Promise<FixtureOutcome> {
  const name = file.slice(directory.length).replace(/^\//, '')
  const content = await readFixture(file)
  const kind = typeof content?.kind === 'string' ? content.kind : ''
  const known = KINDS.get(kind)
  if (known === undefined) {
    const near = nearestName(kind, [...KINDS.keys()])
    const hint = near === undefined ? {} : { hint: `did you mean ${near}?` }
    return { file: name, kind, status: 'unknown', ...hint, cases: 0, mismatches: [] }
  }
  const all = split(known, content, file)
  const cases = size === 'long' ? all : all.filter(({ isLong }) => isLong !== true)
  const leftOut = all.length - cases.length
  const computed: unknown[] = []
  for (const { input } of cases) computed.push(await known.compute(structuredClone(input), size))
  const mismatches = cases.flatMap(({ name: caseName, want, tolerance }, index) => {
    const got = computed[index]
    return agrees(got, want, tolerance) ? [] : [{ name: caseName, got: show(got), want: show(want) }]
  })
  return {
    file: name,
    kind,
    status: mismatches.length === 0 && cases.length > 0 ? 'ok' : 'mismatch',
    cases: cases.length,
    ...(leftOut === 0 ? {} : { leftOut }),
    mismatches,
  }
}

async function readFixture(file: string): Promise<Record<string, unknown>> {
  const bytes = await readRegularFile(file, { mostBytes: MOST_BYTES })
  if (bytes.length > MOST_BYTES) {
    throw new SolventError({
      code: 'E_FIXTURE',
      message: 'The file is too large.',
      details: { file, allowed: `at most ${MOST_BYTES} bytes` },
    })
  }
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new SolventError({
      code: 'E_FIXTURE',
      message: 'The file is not JSON.',
      details: { file, ...jsonFault(text) },
      cause,
    })
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
