// Stress tests with DebtRank: of one shock, of the shocks of a worked case, or of the failure of each node in turn.
import {
  corePeriphery,
  createStressSystem,
  type DebtRank,
  debtRank,
  lossDistribution,
  networkMetrics,
  type SingleFailures,
  type SparseMatrix,
  type StressRule,
  type StressSystem,
  singleFailures,
  spectralRadius,
} from '@solvent/contagion'
import { z } from 'zod'
import { bufferedClaimsOf } from './buffered-claims.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { refusing } from './network-sheets.ts'
import {
  type NamedOutcome,
  type StressReport,
  type StressRequest,
  shockName,
  shockVector,
} from './stress-request.ts'

/** Field of the worked cases → rule. */
const RULES = {
  debtrank: { linear: 'linear' },
  'debtrank-single': { singleHit: 'single-hit', singleHitCappedImpact: 'single-hit-capped-impact' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, StressRule>>>>

const MAX_SHOCK = 1e6
const scenarioSchema = z.object({ name: z.string(), shock: z.record(z.string(), z.number()) })

interface Named {
  readonly ids: readonly string[]
  readonly exposures: SparseMatrix
  readonly system: StressSystem
  readonly failedBefore: readonly number[]
}

/** @throws SolventError E_NETWORK, E_USAGE for a shock that names no node */
export function stressByDebtRank(
  source: NetworkSource,
  { model, shocks }: StressRequest & { readonly model: keyof typeof RULES },
): StressReport {
  const { ids, exposures, system, failedBefore } = systemOf(source)
  const rules: Readonly<Record<string, StressRule>> = RULES[model]
  const { radius, criticalGain, regime, certificate } = spectralRadius(system.impactOn)
  const network = {
    spectralRadius: radius,
    criticalGain: Number.isFinite(criticalGain) ? criticalGain : null,
    regime,
    certificate,
    shape: shapeOf(exposures),
    ...(failedBefore.length === 0 ? {} : { failedBefore: failedBefore.map((node) => ids[node]!) }),
  }
  const scenarios = source.form === 'input' ? source.scenarios : []
  if (shocks.size === 0 && scenarios.length === 0) {
    const { each, losses } = refusing(source.file, () => failuresOfEach(ids, { system, failedBefore }, rules))
    return { model, ids, network: { ...network, losses }, outcomes: { each } }
  }
  const outcomeOf = (name: string, levels: ReadonlyMap<string, number>): NamedOutcome => {
    const vector = shockVector(levels, ids, { least: 0, most: MAX_SHOCK })
    return refusing(source.file, () => ({
      name,
      ...underEach(rules, (rule) => debtRankFields(debtRank(system, vector, rule))),
    }))
  }
  if (shocks.size > 0) return { model, ids, network, outcomes: { one: outcomeOf(shockName(shocks), shocks) } }
  const each = scenarios.map((scenario) => {
    const { name, shock } = parsed(source.file, scenarioSchema, scenario)
    return outcomeOf(name, new Map(Object.entries(shock)))
  })
  return { model, ids, network, outcomes: { each } }
}

/** A DebtRank as worked cases write it. */
export function debtRankFields({ stress, cappedStress, ...outcome }: DebtRank) {
  return { ...outcome, stress: [...stress], cappedStress: [...cappedStress] }
}

function underEach<T>(
  rules: Readonly<Record<string, StressRule>>,
  run: (rule: StressRule) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(rules).map(([field, rule]) => [field, run(rule)]))
}

/** Without the vectors: n of length n are no report. */
function failuresOfEach(
  ids: readonly string[],
  { system, failedBefore }: Pick<Named, 'system' | 'failedBefore'>,
  rules: Readonly<Record<string, StressRule>>,
): { readonly each: NamedOutcome[]; readonly losses: Readonly<Record<string, unknown>> } {
  const failures = Object.entries(rules).map(
    ([field, rule]) => [field, singleFailures(system, rule)] as const,
  )
  const standing = [...ids.keys()].filter((node) => !failedBefore.includes(node))
  const each = standing.map((node) => ({
    name: `${ids[node]} fails`,
    node: ids[node]!,
    ...Object.fromEntries(failures.map(([field, found]) => [field, failureOf(system, found, node)])),
  }))
  return {
    each,
    losses: Object.fromEntries(failures.map(([field, found]) => [field, tailsOf(found)])),
  }
}

function failureOf({ weights, buffers }: StressSystem, failures: SingleFailures, node: number) {
  return {
    originalStress: weights[node]!,
    additionalStress: failures.systemicness[node]!,
    originalLosses: buffers[node]!,
    additionalLosses: failures.losses[node]!,
    additionalDefaults: failures.defaults[node]!,
    vulnerability: failures.vulnerability[node]!,
    rounds: failures.rounds[node]!,
  }
}

/** What the others lose over the failures of all nodes, alike in probability. */
function tailsOf({ losses, certificate }: SingleFailures) {
  const at = (confidence: number) => lossDistribution(losses, confidence)
  const { mean, worst, valueAtRisk, expectedShortfall } = at(0.95)
  const last = at(0.99)
  return {
    mean,
    valueAtRisk95: valueAtRisk,
    expectedShortfall95: expectedShortfall,
    valueAtRisk99: last.valueAtRisk,
    expectedShortfall99: last.expectedShortfall,
    worst,
    certificate,
  }
}

/** The shape of the network of claims. */
function shapeOf(exposures: SparseMatrix) {
  const { counterpartyConcentration: _, certificate, ...metrics } = networkMetrics(exposures)
  const { core, errorShare, coreExposureShare } = corePeriphery(exposures)
  return { ...metrics, coreSize: core.length, coreErrorShare: errorShare, coreExposureShare, certificate }
}

function systemOf(source: NetworkSource): Named {
  const { ids, claims, buffers, weights, failedBefore } = bufferedClaimsOf(source, (buffer) => buffer > 0)
  const broke = ids.flatMap((id, node) =>
    buffers[node]! > 0 ? [] : [`buffer of ${id}: must be above 0 (got ${buffers[node]})`],
  )
  if (broke.length > 0) throw networkError(source.file, broke)
  const system = refusing(source.file, () => createStressSystem({ exposures: claims, buffers, weights }))
  return { ids, exposures: claims, system, failedBefore }
}
