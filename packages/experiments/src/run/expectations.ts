// What a scenario expects of its run: a metric by path, compared with numbers or texts. Decimal strings compare
// exactly, as integers of base units or as decimals.
import { formatUnits, parseUnits, wholeUnit } from '@solvent/primitives'
import type { ReportedFigure, ScenarioExpectation } from '../scenario/expectation-schema.ts'

export interface ExpectationOutcome {
  readonly name: string
  readonly ok: boolean
  readonly got: unknown
  readonly want: string
}

const EXACT_DECIMALS = 18

export function judgeExpectations(
  summary: object,
  expectations: readonly ScenarioExpectation[],
): ExpectationOutcome[] {
  return expectations.map((expectation) => {
    const got = metricAt(summary, expectation.metric)
    const bounds = boundsOf(expectation)
    const isMiss = expectation.miss !== undefined
    return {
      name: expectation.name,
      ok: meets(got, bounds) !== isMiss && (got ?? null) !== null,
      got: got ?? null,
      want: isMiss ? `a known miss of ${wanted(bounds)}` : wanted(bounds),
    }
  })
}

type Bounds = Pick<ScenarioExpectation, 'atLeast' | 'atMost' | 'equals'>

const PERCENT = 100

/** The expectation's own bounds, or those that the reported figure and its tolerance give, in units of the metric. */
export function boundsOf({ atLeast, atMost, equals, reported }: ScenarioExpectation): Bounds {
  if (reported?.value === undefined) return { atLeast, atMost, equals }
  const { value, tolerancePercent = 0 } = reported
  const { from, to } = typeof value === 'string' ? { from: value, to: value } : value
  const at = (figure: string, percent: number): string => {
    const share = parseUnits(percent.toFixed(EXACT_DECIMALS), EXACT_DECIMALS)
    const scaled = parseUnits(figure, EXACT_DECIMALS) * unitE18(reported)
    return formatUnits((scaled * share) / 10n ** BigInt(2 * EXACT_DECIMALS) / BigInt(PERCENT), EXACT_DECIMALS)
  }
  return { atLeast: at(from, PERCENT - tolerancePercent), atMost: at(to, PERCENT + tolerancePercent) }
}

/** One reported unit in the metric's, times 10^18. */
export function unitE18({ perUnit, decimals }: ReportedFigure): bigint {
  return parseUnits(perUnit, EXACT_DECIMALS) * wholeUnit(decimals)
}

/**
 * A value of the summary by path; lists are picked by `id` or `id/asset` in brackets.
 *
 * @example metricAt(summary, 'bridges[kelp-oft/rsETH].deficit')
 */
export function metricAt(summary: object, path: string): unknown {
  const steps = [...path.matchAll(/([^.[\]]+)|\[([^\]]+)\]/g)].map(([, name, item]) => ({ name, item }))
  return steps.reduce<unknown>((value, { name, item }) => {
    if (typeof value !== 'object' || value === null) return undefined
    if (item === undefined) return (value as Record<string, unknown>)[name!]
    return Array.isArray(value)
      ? value.find(
          (entry: { id?: string; asset?: string }) =>
            item === entry.id || item === `${entry.id}/${entry.asset}`,
        )
      : undefined
  }, summary)
}

function meets(got: unknown, { atLeast, atMost, equals }: Bounds): boolean {
  if (got === undefined || got === null) return false
  if (equals !== undefined && (typeof equals === 'boolean' ? got !== equals : compare(got, equals) !== 0))
    return false
  if (atLeast !== undefined && !(compare(got, atLeast) >= 0)) return false
  return atMost === undefined || compare(got, atMost) <= 0
}

/** Negative, zero, positive; NaN when the two cannot be compared. */
function compare(got: unknown, want: unknown): number {
  const [a, b] = [exact(got), exact(want)]
  if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : 0
  return got === want ? 0 : Number.NaN
}

function exact(value: unknown): bigint | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? value.toFixed(EXACT_DECIMALS) : value
  if (typeof text !== 'string' || !/^-?\d+(\.\d{1,18})?$/.test(text)) return null
  return text.startsWith('-') ? -parseUnits(text.slice(1), EXACT_DECIMALS) : parseUnits(text, EXACT_DECIMALS)
}

function wanted({ atLeast, atMost, equals }: Bounds): string {
  const parts = [
    equals === undefined ? null : `= ${equals}`,
    atLeast === undefined ? null : `≥ ${atLeast}`,
    atMost === undefined ? null : `≤ ${atMost}`,
  ]
  return parts.filter((part) => part !== null).join(' and ')
}
