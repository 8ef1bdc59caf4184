/**
 * What each node's failure by itself does to the others, and what theirs do to it: systemicness, vulnerability, and who is
 * too big to fail.
 *
 * Systemicness is DebtRank (Battiston et al. 2012, Sci Rep 2:541); vulnerability is the mean stress of a node over the
 * failures of the others, the same numbers summed the other way.
 */
import { checkedNumber } from '../network/checked-vector.ts'
import { debtRankOfEach, type StressRule } from '../stress/debt-rank.ts'
import type { StressSystem } from '../stress/stress-system.ts'
import { ranking } from './ranking.ts'

/** Vectors have length n. */
export interface SingleFailures {
  /** R: weight of the system, the node itself left out, that its failure takes. */
  readonly systemicness: Float64Array
  /** Mean capped stress of the node over the failures of each other one; 0 in a network of one. */
  readonly vulnerability: Float64Array
  /** Losses of the others, uncapped, in the buffers' unit. */
  readonly losses: Float64Array
  /** Others that fail with it. */
  readonly defaults: Int32Array
  readonly rounds: Int32Array
  readonly certificate: {
    /** Largest residual of a failure. */
    readonly residual: number
    /** |Σ systemicness − (n − 1)·Σ weight·vulnerability|, computed along two ways. */
    readonly attribution: number
  }
}

/**
 * Runs all n failures.
 *
 * @throws SolventError E_NO_CONVERGENCE for the linear rule at spectral radius 1
 * @example
 * singleFailures(createStressSystem({ exposures: claimsNetwork(2, [[1, 0, 25]]), buffers: [100, 50],
 *   weights: [1, 1] }), 'linear').systemicness // Float64Array [0.25, 0]
 */
export function singleFailures(system: StressSystem, rule: StressRule): SingleFailures {
  const n = system.buffers.length
  const systemicness = new Float64Array(n)
  const stressSum = new Float64Array(n)
  const losses = new Float64Array(n)
  const defaults = new Int32Array(n)
  const rounds = new Int32Array(n)
  let residual = 0
  debtRankOfEach(system, rule, (node, outcome) => {
    systemicness[node] = outcome.additionalStress
    losses[node] = outcome.additionalLosses
    defaults[node] = outcome.additionalDefaults
    rounds[node] = outcome.rounds
    residual = Math.max(residual, outcome.certificate.residual)
    for (let other = 0; other < n; other++)
      if (other !== node) stressSum[other]! += outcome.cappedStress[other]!
  })
  let [given, taken] = [0, 0]
  for (let node = 0; node < n; node++) {
    given += systemicness[node]!
    taken += system.weights[node]! * stressSum[node]!
  }
  return {
    systemicness,
    vulnerability: stressSum.map((sum) => (n > 1 ? sum / (n - 1) : 0)),
    losses,
    defaults,
    rounds,
    certificate: { residual, attribution: Math.abs(given - taken) },
  }
}

/**
 * The nodes whose failure takes more than a bound of the system, the worst first.
 *
 * @param bound weight of the system, 0 to 1
 * @param among the nodes in question, bridges for instance; all when left out
 * @throws SolventError E_RANGE
 * @example tooBigToFail({ systemicness: Float64Array.of(0.3, 0.1, 0.4) }, 0.2) // [2, 0]
 */
export function tooBigToFail(
  { systemicness }: Pick<SingleFailures, 'systemicness'>,
  bound: number,
  among?: readonly number[],
): number[] {
  checkedNumber('bound', bound, 0, 1)
  const asked = among === undefined ? undefined : new Set(among)
  return [...ranking(systemicness)].filter(
    (node) => systemicness[node]! > bound && (asked === undefined || asked.has(node)),
  )
}
