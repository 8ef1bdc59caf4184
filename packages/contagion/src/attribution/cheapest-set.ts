/**
 * The cheapest set of controls that keeps a loss under a bound. Sets are tried in the order of their cost, so that the first that holds is
 * the cheapest; where a hundred have not held, controls are added greedily by loss avoided per cost, which need not find the cheapest.
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

/** So many sets are tried in order: all of six controls, each of ninety-nine alone. */
export const MOST_ORDERED_SETS = 100

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
  return inOrder(asked) ?? greedy(asked)
}

interface Asked {
  readonly costs: Float64Array
  readonly bound: number
  readonly lossOf: (controls: readonly number[]) => number
}

/** Null when a hundred sets have not held, and there are more. */
function inOrder({ costs, bound, lossOf }: Asked): CheapestSet | null {
  let best = { loss: Number.POSITIVE_INFINITY, cost: 0 }
  let evaluations = 0
  for (const { controls, cost } of setsByCost(costs)) {
    if (evaluations === MOST_ORDERED_SETS) return null
    evaluations++
    const loss = lossOf(controls)
    if (loss <= bound) return { method: 'exact', controls, loss, cost, evaluations }
    if (loss < best.loss) best = { loss, cost }
  }
  return { method: 'exact', controls: null, ...best, evaluations }
}

interface CostedSet {
  /** Ascending. */
  readonly controls: readonly number[]
  readonly cost: number
  /** Places in the order of costs, ascending. */
  readonly places: readonly number[]
}

/**
 * All sets, the cheapest first and the smaller first among equals. With controls in the order of their cost each set comes from one that
 * costs no more: its dearest control taken away, or exchanged for the next cheaper one.
 */
function* setsByCost(costs: Float64Array): Generator<CostedSet> {
  const order = [...costs.keys()].sort((a, b) => costs[a]! - costs[b]! || a - b)
  const setOf = (places: readonly number[]): CostedSet => {
    const controls = places.map((place) => order[place]!).sort((a, b) => a - b)
    return { places, controls, cost: costOf(costs, controls) }
  }
  yield setOf([])
  const waiting = order.length === 0 ? [] : [setOf([0])]
  while (waiting.length > 0) {
    const next = waiting.reduce((first, each) => (comesBefore(each, first) ? each : first))
    waiting.splice(waiting.indexOf(next), 1)
    yield next
    const { places } = next
    const after = places.at(-1)! + 1
    if (after === order.length) continue
    waiting.push(setOf([...places, after]), setOf([...places.slice(0, -1), after]))
  }
}

function comesBefore(a: CostedSet, b: CostedSet): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost
  if (a.places.length !== b.places.length) return a.places.length < b.places.length
  const at = a.places.findIndex((place, index) => place !== b.places[index])
  return at >= 0 && a.places[at]! < b.places[at]!
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
