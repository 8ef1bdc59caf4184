// The shock of an incident: the values that say how large it was, found by path, and made smaller to show that what
// is expected follows from them.
import { formatUnits, parseUnits, wholeUnit } from '@solvent/primitives'
import type { Scenario } from './scenario-schema.ts'

/** How many values of the scenario a path means. */
export function shockPlaces(scenario: Scenario, path: string): number {
  let count = 0
  visit(scenario, path.split('.'), (value) => {
    if (halved(value) !== undefined) count += 1
    return value
  })
  return count
}

/**
 * The scenario with half of every value that the paths mean: amounts and times by two, a price of a path halfway back to
 * where its asset begins.
 */
export function halfTheShock(scenario: Scenario): Scenario {
  return (scenario.incident?.shock ?? []).reduce<Scenario>((changed, path) => {
    const steps = path.split('.')
    const start =
      steps[0] === 'prices' && steps[1] === 'paths' ? changed.assets[steps[2] ?? '']?.price : undefined
    return visit(changed, steps, (value) =>
      start === undefined ? (halved(value) ?? value) : halfway(start, value),
    ) as Scenario
  }, scenario)
}

function visit(value: unknown, steps: readonly string[], change: (leaf: unknown) => unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((item, index) =>
      step === '*' || step === String(index) ? visit(item, rest, change) : item,
    )
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      step === '*' || step === key ? visit(item, rest, change) : item,
    ]),
  )
}

/** Undefined for what is no number. */
function halved(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? Math.ceil(value / 2) : value / 2
  if (typeof value !== 'string' || !/^\d+(\.\d+)?$/.test(value)) return undefined
  return decimalOf(
    parseUnits(value, DECIMALS) / 2n,
    Math.min(DECIMALS, (value.split('.')[1] ?? '').length + 1),
  )
}

function halfway(start: string, value: unknown): unknown {
  return typeof value === 'string'
    ? decimalOf((parseUnits(start, DECIMALS) + parseUnits(value, DECIMALS)) / 2n, PRICE_DECIMALS)
    : value
}

const DECIMALS = 18
const PRICE_DECIMALS = 8

/** Amounts of assets with fewer decimals lose what they cannot have. */
function decimalOf(digits: bigint, places: number): string {
  const rounded = digits - (digits % wholeUnit(DECIMALS - places))
  return formatUnits(rounded, DECIMALS)
}
