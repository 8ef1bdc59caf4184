/** DebtRank of a shock, and of the failure of each node by itself. */
import { assertNever } from '@solvent/primitives'
import { checkedVector, type Vector } from '../network/checked-vector.ts'
import { BLOCK } from './damped-block.ts'
import { linearStress, linearStresses } from './linear-stress.ts'
import type { Propagation } from './propagation.ts'
import { singleHitStress } from './single-hit-stress.ts'
import type { StressSystem } from './stress-system.ts'

/** How stress travels; `single-hit-capped-impact` is the paper of 2012, `single-hit` leaves impacts above 1. */
export type StressRule = 'linear' | 'single-hit' | 'single-hit-capped-impact'

export interface DebtRank {
  /** Σ w·min(1, h0). */
  readonly originalStress: number
  /** R: Σ w·min(1, h) less the original stress. */
  readonly additionalStress: number
  /** Σ buffer·h0, in the buffers' unit. */
  readonly originalLosses: number
  /** Σ buffer·(h − h0), uncapped: a loss may exceed the buffer. */
  readonly additionalLosses: number
  /** Nodes at h ≥ 1 that the shock itself left below. */
  readonly additionalDefaults: number
  /** Length n, uncapped. */
  readonly stress: Float64Array
  /** Length n, at most 1. */
  readonly cappedStress: Float64Array
  readonly rounds: number
  readonly certificate: { readonly residual: number }
}

/** Stress this close to 1 has reached it: the limit is approached from below. */
const TIE = 1e-12

/**
 * DebtRank of one shock.
 *
 * @param shock length n, ≥ 0: initial loss over buffer
 * @throws SolventError E_RANGE for a bad shock; E_NO_CONVERGENCE for the linear rule at spectral radius 1
 * @example
 * const system = createStressSystem({ exposures: claimsNetwork(2, [[1, 0, 40]]), buffers: [100, 50], weights: [1, 1] })
 * debtRank(system, [0.5, 0], 'linear').stress // Float64Array [0.5, 0.4]
 */
export function debtRank(system: StressSystem, shock: Vector, rule: StressRule): DebtRank {
  const initial = checkedVector('shock', shock, system.buffers.length, 0)
  return summarise(system, initial, propagate(system, initial, rule))
}

/**
 * DebtRank of the full failure of each node by itself, in order of the nodes.
 *
 * @param visit gets one outcome at a time, so that n vectors of length n are never held together
 * @throws SolventError as {@link debtRank}
 */
export function debtRankOfEach(
  system: StressSystem,
  rule: StressRule,
  visit: (node: number, outcome: DebtRank) => void,
): void {
  debtRankOfMany(system, rule, failuresOf(system.buffers.length), visit)
}

function* failuresOf(n: number): Generator<Float64Array> {
  for (let node = 0; node < n; node++) {
    const shock = new Float64Array(n)
    shock[node] = 1
    yield shock
  }
}

/**
 * DebtRank of many shocks, in their order.
 *
 * @param shocks taken four at a time, so that a generator need not hold them all; one that is used again must not change before it was visited
 * @param visit gets one outcome at a time
 * @throws SolventError as {@link debtRank}
 * @example debtRankOfMany(system, 'linear', [[1, 0], [0, 0.5]], (at, { additionalStress }) => {})
 */
export function debtRankOfMany(
  system: StressSystem,
  rule: StressRule,
  shocks: Iterable<Vector>,
  visit: (at: number, outcome: DebtRank) => void,
): void {
  let done = 0
  for (const block of blocksOf(shocks)) {
    const checked = block.map((given) => checkedVector('shock', given, system.buffers.length, 0))
    const outcomes =
      rule === 'linear'
        ? linearStresses(system, checked)
        : checked.map((shock) => propagate(system, shock, rule))
    for (const [at, outcome] of outcomes.entries()) visit(done++, summarise(system, checked[at]!, outcome))
  }
}

function* blocksOf(shocks: Iterable<Vector>): Generator<Vector[]> {
  let block: Vector[] = []
  for (const shock of shocks) {
    block.push(shock)
    if (block.length < BLOCK) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}

function propagate(system: StressSystem, shock: Float64Array, rule: StressRule): Propagation {
  switch (rule) {
    case 'linear':
      return linearStress(system, shock)
    case 'single-hit':
      return singleHitStress(system.impactOf, shock)
    case 'single-hit-capped-impact':
      return singleHitStress(system.cappedImpactOf, shock)
    default:
      return assertNever(rule)
  }
}

function summarise(
  { buffers, weights }: StressSystem,
  shock: Float64Array,
  { stress, rounds, residual }: Propagation,
): DebtRank {
  let [originalStress, finalStress, originalLosses, additionalLosses, additionalDefaults] = [0, 0, 0, 0, 0]
  const cappedStress = new Float64Array(stress.length)
  for (let node = 0; node < stress.length; node++) {
    const [before, after] = [shock[node]!, stress[node]!]
    const level = after > 1 ? 1 : after
    cappedStress[node] = level
    originalStress += weights[node]! * (before > 1 ? 1 : before)
    finalStress += weights[node]! * level
    originalLosses += buffers[node]! * before
    additionalLosses += buffers[node]! * (after - before)
    if (after >= 1 - TIE && before < 1) additionalDefaults++
  }
  return {
    originalStress,
    additionalStress: finalStress - originalStress,
    originalLosses,
    additionalLosses,
    additionalDefaults,
    stress,
    cappedStress,
    rounds,
    certificate: { residual },
  }
}
