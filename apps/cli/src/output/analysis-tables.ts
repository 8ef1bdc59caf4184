// What an analysis found, as tables for people: one after the other for each metric.
import type {
  Comparison,
  Foretelling,
  MetricDistribution,
  Sensitivity,
  SweepAnalysis,
} from '@solvent/experiments/analysis'
import { bold } from './streams.ts'
import { number, table } from './table.ts'

/** Rows of a table; --json has all. */
const MOST_ROWS = 40

export function analysisTables(analysis: SweepAnalysis): string {
  const { title, runs, confidence, metrics } = analysis
  const head = `${bold(title)}\n${runs.ok} of ${runs.recorded} runs ok; intervals at ${100 * confidence} %`
  const parts = metrics.flatMap((metric) => {
    const of = <T extends { readonly metric: string }>(items: readonly T[]) =>
      items.filter((item) => item.metric === metric)
    return [
      bold(metric),
      ...distributionTable(analysis, of(analysis.distributions)),
      ...comparisonTable(analysis, of(analysis.comparisons)),
      ...sensitivityTable(of(analysis.sensitivities)),
    ]
  })
  return [head, ...parts, ...foretellingTable(analysis.foretelling)].join('\n\n')
}

function distributionTable({ parameters }: SweepAnalysis, found: readonly MetricDistribution[]): string[] {
  if (found.length === 0) return []
  const rows = found.map(({ policy, n, mean, sd, interval, quantiles, tails, values }) => {
    const [low, , median, , high] = quantiles
    return [
      ...(values ?? parameters.map(() => 'all')).map(shown),
      policy,
      String(n),
      withInterval(mean, interval),
      optional(sd),
      withInterval(median!.value, median!.interval),
      `${short(low!.value)} to ${short(high!.value)}`,
      tails === null ? '–' : withInterval(tails.low.value, tails.low.interval),
      tails === null ? '–' : withInterval(tails.high.value, tails.high.interval),
    ]
  })
  return [
    limited(
      [
        ...parameters,
        'policy',
        'n',
        'mean',
        'sd',
        'median',
        '5 % to 95 %',
        'worst 5 % low',
        'worst 5 % high',
      ],
      rows,
    ),
  ]
}

function comparisonTable(
  { parameters, distributions }: SweepAnalysis,
  found: readonly Comparison[],
): string[] {
  if (found.length === 0) return []
  const valuesAt = new Map(distributions.map(({ point, values }) => [point, values]))
  const rows = found.map(({ policy, against, point, n, mean, interval, t, wilcoxon }) => [
    ...(valuesAt.get(point) ?? parameters.map(() => (point === null ? 'all' : `point ${point}`))).map(shown),
    `${policy} – ${against}`,
    String(n),
    withInterval(mean, interval),
    t === null ? '–' : probability(t.p),
    wilcoxon === null ? '–' : probability(wilcoxon.p),
  ])
  return [limited([...parameters, 'difference', 'n', 'mean', 'p (t)', 'p (Wilcoxon)'], rows)]
}

function sensitivityTable(found: readonly Sensitivity[]): string[] {
  if (found.length === 0) return []
  const hasSobol = found.some(({ sobol }) => sobol !== null)
  const hasMorris = found.some(({ morris }) => morris !== null)
  const head = [
    'parameter',
    'policy',
    'Spearman',
    'p',
    'Kendall',
    'p',
    ...(hasSobol ? ['first order', 'total order'] : []),
    ...(hasMorris ? ['mean size of effects', 'mean', 'sd'] : []),
  ]
  const rows = found.map(({ parameter, policy, spearman, kendall, sobol, morris }) => [
    parameter,
    policy,
    ...[spearman, kendall].flatMap((rank) =>
      rank === null ? ['–', '–'] : [rank.value.toFixed(3), probability(rank.p)],
    ),
    ...(hasSobol && sobol !== null
      ? [withInterval(sobol.first, sobol.firstInterval), withInterval(sobol.total, sobol.totalInterval)]
      : hasSobol
        ? ['–', '–']
        : []),
    ...(hasMorris && morris !== null
      ? [withInterval(morris.meanSize, morris.meanSizeInterval), short(morris.mean), optional(morris.sd)]
      : hasMorris
        ? ['–', '–', '–']
        : []),
  ])
  return [limited(head, rows)]
}

function foretellingTable(found: readonly Foretelling[]): string[] {
  const [first] = found
  if (first === undefined) return []
  const rows = found.map(({ metric, auc, hanley_mcneil_se, tpr_at_fpr_05, youden_threshold }) => [
    metric,
    auc.toFixed(3),
    hanley_mcneil_se.toFixed(3),
    tpr_at_fpr_05.toFixed(3),
    short(youden_threshold),
  ])
  const heading = `${bold(`tells runs with ${first.outcome} above zero`)} (${first.happened} of ${first.runs})`
  return [
    `${heading}\n${limited(['metric', 'area', 'standard error', 'found at 5 % false alarms', 'best threshold'], rows)}`,
  ]
}

function limited(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const more = rows.length > MOST_ROWS ? `\n… ${rows.length - MOST_ROWS} more rows with --json` : ''
  return `${table(head, rows.slice(0, MOST_ROWS))}${more}`
}

function withInterval(
  value: number,
  interval: { readonly low: number; readonly high: number } | null,
): string {
  return interval === null
    ? short(value)
    : `${short(value)} [${short(interval.low)}, ${short(interval.high)}]`
}

const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const optional = (value: number | null) => (value === null ? '–' : short(value))
const short = (value: number) => number(Number(value.toPrecision(4)))
const probability = (p: number) => (p < 0.0001 ? '< 0.0001' : p.toFixed(4))
