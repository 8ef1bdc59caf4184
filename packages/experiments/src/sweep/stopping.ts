// When a point has been run often enough. The rule looks at fixed numbers of replicates, at all policies of the point at
// once, and at nothing but the values: so it stops at the same place in whatever order the runs come in.
import { estimate } from './estimate.ts'
import type { StoppingRule } from './sweep-schema.ts'

/** Values of one policy by replicate; null of a run that has none. */
export type PolicyValues = readonly (number | null)[]

/** The numbers of replicates after which the rule is looked at; the last is all of them. */
export function looks(rule: StoppingRule | null, replicates: number): number[] {
  if (rule === null) return [replicates]
  const places: number[] = []
  for (let count = rule.atLeast; count < replicates; count += rule.every) places.push(count)
  return [...places, replicates]
}

/** Whether every interval is narrow enough. @param policies values of as many replicates as there are */
export function isNarrow(rule: StoppingRule, policies: readonly PolicyValues[]): boolean {
  const [first = [], ...others] = policies
  const samples = rule.of === 'mean' ? policies : others.map((values) => differences(first, values))
  return samples.every((sample) => {
    const { halfWidth } = estimate(present(sample), rule.confidence) ?? { halfWidth: null }
    return halfWidth !== null && halfWidth <= rule.halfWidth
  })
}

/** The others less the first, replicate by replicate, where both have a value. */
export function differences(first: PolicyValues, others: PolicyValues): (number | null)[] {
  return others.map((value, replicate) => {
    const base = first[replicate]
    return value === null || base === null || base === undefined ? null : value - base
  })
}

export function present(values: PolicyValues): number[] {
  return values.filter((value) => value !== null)
}
