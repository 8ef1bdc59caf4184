// What the records of a sweep say, with how sure one can be: the same bytes for the same records and seed.
import type { BootstrapOptions } from '../statistics/bootstrap.ts'
import type { SweepPlan } from '../sweep/sweep-plan.ts'
import { type Comparison, comparePolicies } from './compare-policies.ts'
import { type Distribution, distributionOf } from './distribution.ts'
import { type Foretelling, foretell } from './foretell.ts'
import { meansOf } from './point-means.ts'
import { type Sensitivity, sensitivities } from './sensitivity.ts'
import { readColumns, replicatesOf } from './sweep-columns.ts'

/** Designs whose points are a sample of the space, so that the spread over them says something. */
const SAMPLES: ReadonlySet<string> = new Set(['random', 'latin-hypercube', 'sobol'])
/** Designs whose points somebody chose, so that a single run of each says something. */
const CHOSEN: ReadonlySet<string> = new Set(['grid', 'list'])

export interface AnalysisRequest extends BootstrapOptions {
  readonly directory: string
  /** `*` stands for any text; the first six that vary when there are none. */
  readonly metrics: readonly string[]
  /** A metric that is above zero where something happened. */
  readonly outcome?: string | undefined
}

export interface SweepAnalysis {
  readonly format: 'solvent-sweep-analysis/1'
  readonly name: string
  readonly title: string
  readonly engine: string
  readonly baseHash: string
  readonly design: SweepPlan['design']
  readonly confidence: number
  readonly resamples: number
  readonly seed: number
  readonly runs: { readonly recorded: number; readonly ok: number }
  readonly parameters: readonly string[]
  readonly policies: readonly string[]
  readonly metrics: readonly string[]
  readonly distributions: readonly MetricDistribution[]
  readonly comparisons: readonly Comparison[]
  readonly sensitivities: readonly Sensitivity[]
  readonly foretelling: readonly Foretelling[]
}

export interface MetricDistribution extends Distribution {
  readonly metric: string
  readonly policy: string
  /** Over replicates at this point; null: over all points, of their means. */
  readonly point: number | null
  /** In the order of the parameters; null with `point`. */
  readonly values: readonly unknown[] | null
}

/** @throws SolventError E_STORE_FOREIGN, E_STORE_DAMAGED, E_USAGE for a name that no metric has */
export async function analyseSweep(request: AnalysisRequest): Promise<SweepAnalysis> {
  const { confidence, resamples, seed, outcome } = request
  const options = { confidence, resamples, seed }
  const columns = await readColumns(request.directory, request.metrics)
  const { plan, manifest, recorded, ok } = columns
  const metrics = [...columns.metrics]
  const outcomes = outcome === undefined ? null : await readColumns(request.directory, [outcome])
  return {
    format: 'solvent-sweep-analysis/1',
    name: plan.name,
    title: plan.title,
    engine: manifest.engine,
    baseHash: plan.base.hash,
    design: plan.design,
    confidence,
    resamples,
    seed,
    runs: { recorded, ok },
    parameters: plan.parameters,
    policies: plan.policies.map(({ name }) => name),
    metrics: metrics.map(([metric]) => metric),
    distributions: metrics.flatMap(([metric, column]) => distributions(plan, metric, column, options)),
    comparisons: metrics.flatMap(([metric, column]) => comparePolicies(plan, metric, column, confidence)),
    sensitivities:
      plan.points.length < 2
        ? []
        : metrics.flatMap(([metric, column]) => sensitivities(plan, metric, column, options)),
    foretelling: [...(outcomes?.metrics ?? [])].flatMap(([name, happened]) =>
      metrics
        .filter(([metric]) => metric !== name)
        .map(([metric, column]) => foretell(metric, column, name, happened))
        .filter((found) => found !== null),
    ),
  }
}

function distributions(
  plan: SweepPlan,
  metric: string,
  column: Float64Array,
  options: BootstrapOptions,
): MetricDistribution[] {
  return plan.policies.flatMap(({ name: policy }, which) => {
    const made = (point: number | null, figures: Iterable<number>) => {
      const found = distributionOf(figures, options)
      const values = point === null ? null : plan.points[point]!
      return found === null ? [] : [{ metric, policy, point, values, ...found }]
    }
    const { design, replicates } = plan
    const atPoints = plan.points.flatMap((_, point) => made(point, replicatesOf(plan, column, point, which)))
    return [
      ...(SAMPLES.has(design.kind) ? made(null, meansOf(plan, column, which)) : []),
      ...(replicates > 1 || CHOSEN.has(design.kind) ? atPoints : []),
    ]
  })
}
