/**
 * Linear DebtRank: the least h with h = h0 + W·min(1, h) (Bardoscia, Battiston, Caccioli, Caldarelli 2015, PLoS ONE
 * 10:e0130406). Stress is loss over buffer; above 1 the loss exceeds the buffer.
 */
import { SolventError } from '@solvent/primitives'
import type { StressSystem } from './stress-system.ts'

export interface Propagation {
  /** Length n, uncapped stress in the end. */
  readonly stress: Float64Array
  /** Sweeps (linear) or steps (single-hit) until nothing moved. */
  readonly rounds: number
  /** Largest |h − h0 − W·min(1, h)|; 0 for single-hit, which ends by itself. */
  readonly residual: number
}

/** Stress moved by less than this is at rest. */
const STEP = 1e-15
const MAX_SWEEPS = 1_000_000

/**
 * Propagates a shock until it rests: Gauss–Seidel sweeps from the shock, which rise to the least solution.
 *
 * The nearer the spectral radius of W is to 1, the more sweeps: about 1/x for a shock x at radius 1.
 *
 * @param shock length n, ≥ 0, initial loss over buffer; a level above 1 propagates as 1
 * @throws SolventError E_NO_CONVERGENCE after 1,000,000 sweeps
 */
export function linearStress(system: StressSystem, shock: Float64Array): Propagation {
  const { offsets, columnOf, amounts } = system.impactOn
  const stress = shock.slice()
  const level = shock.map((initial) => Math.min(1, initial))
  const sourceOf = (lender: number) => {
    let sum = shock[lender]!
    const end = offsets[lender + 1]!
    for (let at = offsets[lender]!; at < end; at++) sum += amounts[at]! * level[columnOf[at]!]!
    return sum
  }
  for (let rounds = 1; rounds <= MAX_SWEEPS; rounds++) {
    let largest = 0
    for (let node = 0; node < stress.length; node++) {
      const next = sourceOf(node)
      const rise = next - stress[node]!
      if (rise <= 0) continue
      stress[node] = next
      const capped = Math.min(1, next)
      // Above 1 nothing more is passed on, so only a rise of the level calls for another sweep.
      largest = Math.max(largest, capped - level[node]!)
      level[node] = capped
    }
    if (largest <= STEP) return atRest(stress, sourceOf, rounds)
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The stress did not come to rest.',
    details: { sweeps: MAX_SWEEPS },
    hint: 'The spectral radius of the impacts is 1 or nearly so.',
  })
}

/** Stress above the cap follows the levels at rest once more; nothing propagates from that. */
function atRest(stress: Float64Array, sourceOf: (node: number) => number, rounds: number): Propagation {
  let residual = 0
  for (let node = 0; node < stress.length; node++) {
    const next = sourceOf(node)
    if (stress[node]! >= 1) stress[node] = Math.max(1, next)
    residual = Math.max(residual, Math.abs(next - stress[node]!))
  }
  return { stress, rounds, residual }
}
