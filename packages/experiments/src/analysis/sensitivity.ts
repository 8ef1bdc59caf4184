// Which parameters a figure depends on: rank correlations over any points, Sobol indices and elementary effects where the
// design was made for them.
import type { BootstrapOptions } from '../statistics/bootstrap.ts'
import { type ElementaryEffects, effectsAlong, elementaryEffects } from '../statistics/elementary-effects.ts'
import { kendall, type RankCorrelation, spearman } from '../statistics/rank-correlation.ts'
import { type SobolBlock, type SobolIndex, sobolIndices } from '../statistics/sobol-indices.ts'
import { morrisPoints } from '../sweep/design/morris.ts'
import { pointsTogether, type SweepPlan } from '../sweep/sweep-plan.ts'
import { independentPoints, meansOf } from './point-means.ts'

export interface Sensitivity {
  readonly metric: string
  readonly policy: string
  readonly parameter: string
  /** Between the parameter's values and the figure's means; null of values that are not numbers, or never move. */
  readonly spearman: RankCorrelation | null
  readonly kendall: RankCorrelation | null
  /** Of designs of kind saltelli. */
  readonly sobol: (SobolIndex & { readonly blocks: number }) | null
  /** Of designs of kind morris. */
  readonly morris: ElementaryEffects | null
}

export function sensitivities(
  plan: SweepPlan,
  metric: string,
  column: Float64Array,
  options: BootstrapOptions,
): Sensitivity[] {
  return plan.policies.flatMap(({ name: policy }, which) => {
    const means = meansOf(plan, column, which)
    const sobol = sobolOf(plan, means, options)
    const morris = morrisOf(plan, means, options)
    return plan.parameters.map((parameter, index) => ({
      metric,
      policy,
      parameter,
      ...rankCorrelations(plan, means, index),
      sobol: sobol?.[index] ?? null,
      morris: morris?.[index] ?? null,
    }))
  })
}

function rankCorrelations(plan: SweepPlan, means: readonly number[], parameter: number) {
  const pairs = independentPoints(plan)
    .map((at) => [numeric(plan.points[at]![parameter]), means[at]!] as const)
    .filter(([, mean]) => !Number.isNaN(mean))
  if (pairs.some(([value]) => Number.isNaN(value))) return { spearman: null, kendall: null }
  const [values, figures] = [pairs.map(([value]) => value), pairs.map(([, mean]) => mean)]
  return { spearman: spearman(values, figures), kendall: kendall(values, figures) }
}

/** Amounts are written as text. */
function numeric(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

/** Blocks in which a figure is missing are left out. */
function sobolOf(plan: SweepPlan, means: readonly number[], options: BootstrapOptions) {
  if (plan.design.kind !== 'saltelli') return null
  const blocks: SobolBlock[] = []
  for (const figures of together(plan, means)) {
    if (figures.some(Number.isNaN)) continue
    blocks.push({ a: figures[0]!, mixed: figures.slice(1, -1), b: figures.at(-1)! })
  }
  return sobolIndices(blocks, options)?.map((index) => ({ ...index, blocks: blocks.length })) ?? null
}

function morrisOf(plan: SweepPlan, means: readonly number[], options: BootstrapOptions) {
  if (plan.design.kind !== 'morris') return null
  const points = together(plan, morrisPoints(plan.design, plan.parameters.length, plan.seed))
  const effects = plan.parameters.map(() => [] as number[])
  for (const [trajectory, figures] of together(plan, means).entries()) {
    const known = figures.map((figure) => (Number.isNaN(figure) ? null : figure))
    for (const { parameter, effect } of effectsAlong(points[trajectory]!, known))
      effects[parameter]!.push(effect)
  }
  return effects.map((each) => elementaryEffects(each, options))
}

/** The items of points that are compared with each other. */
function together<T>(plan: SweepPlan, items: readonly T[]): T[][] {
  const size = pointsTogether(plan)
  return Array.from({ length: items.length / size }, (_, at) => items.slice(at * size, (at + 1) * size))
}
