/**
 * The cheapest set of controls that keeps a loss under a bound. For few controls all sets are tried in the order of their cost, so that the
 * first that holds is the cheapest; beyond, controls are added greedily by loss avoided per cost, which need not find the cheapest.
 */
import { SolventError } from '@solvent/primitives'
import { checkedVector, type Vector } from '../network/checked-vector.ts'

export interface CheapestSet {
  readonly method: 'exact' | 'greedy'
  /** Indexes, ascending; null when no set that was tried keeps the loss under the bound. */
  readonly controls: readonly number[] | null
  /** Of the set, or of the best that was tried. */
  readonly loss: number
  readonly cost: number
  /** Sets tried. */
  readonly evaluations: number
}

/** Up to this many controls all sets are tried: 64. */
export const MOST_EXACT_CONTROLS = 6

/**
 * @param costs one for each control, ≥ 0
 * @param bound the loss must not exceed it
 * @param lossOf a set of controls, by ascending index; asked once for each set
 * @throws SolventError E_RANGE
 * @example cheapestSet({ costs: [3, 1], bound: 5, lossOf: (set) => 10 - 6 * set.length }).controls // [1]
 */
export function cheapestSet(options: {
  readonly costs: Vector
  readonly bound: number
  readonly lossOf: (controls: readonly number[]) => number
}): CheapestSet {
  const costs = checkedVector('costs', options.costs, options.costs.length, 0)
  if (Number.isNaN(options.bound))
    throw new SolventError({ code: 'E_RANGE', message: 'The bound of a loss is no number.', details: {} })
  const asked = { ...options, costs }
  return costs.length <= MOST_EXACT_CONTROLS ? exact(asked) : greedy(asked)
}

interface Asked {
  readonly costs: Float64Array
  readonly bound: number
  readonly lossOf: (controls: readonly number[]) => number
}

function exact({ costs, bound, lossOf }: Asked): CheapestSet {
  const sets = Array.from({ length: 1 << costs.length }, (_, bits) => {
    const controls = [...costs.keys()].filter((control) => (bits & (1 << control)) !== 0)
    return { controls, cost: costOf(costs, controls) }
  }).sort((a, b) => a.cost - b.cost || a.controls.length - b.controls.length)
  let best = { loss: Number.POSITIVE_INFINITY, cost: 0 }
  for (const [at, { controls, cost }] of sets.entries()) {
    const loss = lossOf(controls)
    if (loss <= bound) return { method: 'exact', controls, loss, cost, evaluations: at + 1 }
    if (loss < best.loss) best = { loss, cost }
  }
  return { method: 'exact', controls: null, ...best, evaluations: sets.length }
}

function greedy({ costs, bound, lossOf }: Asked): CheapestSet {
  let controls: number[] = []
  let loss = lossOf(controls)
  let evaluations = 1
  while (loss > bound) {
    const base = loss
    const next = [...costs.keys()]
      .filter((control) => !controls.includes(control))
      .map((control) => {
        const set = [...controls, control].sort((a, b) => a - b)
        evaluations++
        const lossWith = lossOf(set)
        return { set, lossWith, rate: (base - lossWith) / Math.max(costs[control]!, Number.MIN_VALUE) }
      })
      .reduce<{ set: number[]; lossWith: number; rate: number } | null>(
        (best, each) => (best === null || each.rate > best.rate ? each : best),
        null,
      )
    if (next === null || next.rate <= 0)
      return { method: 'greedy', controls: null, loss, cost: costOf(costs, controls), evaluations }
    controls = next.set
    loss = next.lossWith
  }
  return { method: 'greedy', controls, loss, cost: costOf(costs, controls), evaluations }
}

function costOf(costs: Float64Array, controls: readonly number[]): number {
  return controls.reduce((sum, control) => sum + costs[control]!, 0)
}
