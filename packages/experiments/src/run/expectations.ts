// What a scenario expects of its run: a metric by path, compared with numbers or texts. Decimal strings compare
// exactly, as integers of base units or as decimals.
import { parseUnits } from '@solvent/primitives'
import type { ScenarioExpectation } from '../scenario/scenario-schema.ts'

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
    return {
      name: expectation.name,
      ok: meets(got, expectation),
      got: got ?? null,
      want: wanted(expectation),
    }
  })
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

function meets(got: unknown, { atLeast, atMost, equals }: ScenarioExpectation): boolean {
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

function wanted({ atLeast, atMost, equals }: ScenarioExpectation): string {
  const parts = [
    equals === undefined ? null : `= ${equals}`,
    atLeast === undefined ? null : `≥ ${atLeast}`,
    atMost === undefined ? null : `≤ ${atMost}`,
  ]
  return parts.filter((part) => part !== null).join(' and ')
}
