// Stress tests with DebtRank: of one shock, of the shocks of a worked case, or of the failure of each node in turn.
import {
  createStressSystem,
  type DebtRank,
  debtRank,
  debtRankOfEach,
  type StressRule,
  type StressSystem,
  spectralRadius,
} from '@solvent/contagion'
import { z } from 'zod'
import { debtRankInput, thresholdInput } from './model-inputs.ts'
import { networkError, parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { checkLength, matrixOf, numbered, refusing, sheetsOf, sizeOf } from './network-sheets.ts'
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
  readonly system: StressSystem
}

/** @throws SolventError E_NETWORK, E_USAGE for a shock that names no node */
export function stressByDebtRank(
  source: NetworkSource,
  { model, shocks }: StressRequest & { readonly model: keyof typeof RULES },
): StressReport {
  const { ids, system } = systemOf(source)
  const rules: Readonly<Record<string, StressRule>> = RULES[model]
  const { radius, criticalGain, regime, certificate } = spectralRadius(system.impactOn)
  const network = {
    spectralRadius: radius,
    criticalGain: Number.isFinite(criticalGain) ? criticalGain : null,
    regime,
    certificate,
  }
  const scenarios = source.form === 'input' ? source.scenarios : []
  if (shocks.size === 0 && scenarios.length === 0)
    return {
      model,
      ids,
      network,
      outcomes: { each: refusing(source.file, () => failuresOfEach(ids, system, rules)) },
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
  system: StressSystem,
  rules: Readonly<Record<string, StressRule>>,
): NamedOutcome[] {
  const outcomes: Record<string, unknown>[] = ids.map((id) => ({ name: `${id} fails`, node: id }))
  for (const [field, rule] of Object.entries(rules)) {
    debtRankOfEach(system, rule, (node, { stress: _, cappedStress: __, ...numbers }) => {
      outcomes[node]![field] = numbers
    })
  }
  return outcomes as NamedOutcome[]
}

function systemOf(source: NetworkSource): Named {
  const { file } = source
  if (source.form === 'input' && 'buffers' in source.input) {
    const input =
      'exposures' in source.input
        ? parsed(file, debtRankInput, source.input, Object.keys(debtRankInput.shape))
        : withExposures(parsed(file, thresholdInput, source.input, Object.keys(thresholdInput.shape)))
    const n = sizeOf(file, input, input.buffers)
    checkLength(file, 'buffers', input.buffers, n)
    const weights = input.weights ?? input.buffers
    checkLength(file, 'weights', weights, n)
    const exposures = matrixOf(file, 'exposures', input.exposures, n)
    return {
      ids: input.ids ?? numbered(n),
      system: refusing(file, () => createStressSystem({ exposures, buffers: input.buffers, weights })),
    }
  }
  const { ids, claims, buffers, weights } = sheetsOf(source)
  const broke = ids.flatMap((id, node) =>
    buffers[node]! > 0 ? [] : [`${id}: its buffer must be above 0 (got ${buffers[node]})`],
  )
  if (broke.length > 0)
    throw networkError(
      file,
      broke,
      'Without a buffer given, it is the equity at face value; clear tells who is insolvent.',
    )
  return { ids, system: refusing(file, () => createStressSystem({ exposures: claims, buffers, weights })) }
}

function withExposures({
  claims,
  ...input
}: z.output<typeof thresholdInput>): z.output<typeof debtRankInput> {
  return { ...input, exposures: claims }
}
