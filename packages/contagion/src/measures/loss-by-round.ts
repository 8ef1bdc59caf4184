/**
 * Which part of a loss comes first, and which only in a second or third round.
 *
 * Linear DebtRank in synchronous steps h(t) = h0 + W·min(1, h(t − 1)) (Bardoscia et al. 2015, PLoS ONE 10:e0130406): round
 * 1 is what lenders lose on the nodes that the shock hit, round 2 what theirs lose on them. For clearing, the rounds of
 * the fictitious default algorithm.
 */
import type { Clearing } from '../clearing/clearing-account.ts'
import { checkedNumber, checkedVector, type Vector } from '../network/checked-vector.ts'
import { linearStress } from '../stress/linear-stress.ts'
import type { StressSystem } from '../stress/stress-system.ts'

export interface LossByRound {
  /** Place 0 is the shock itself, place k round k; in the buffers' unit, uncapped. */
  readonly losses: Float64Array
  /** After those rounds. */
  readonly later: number
  /** The shock and all that follows. */
  readonly total: number
  /** Of rounds 1 and after: the share of each round, the last one being all later ones; all 0 when nothing follows. */
  readonly shares: Float64Array
  /** Sweeps until the limit. */
  readonly rounds: number
  /** Of the limit, see DebtRank. */
  readonly certificate: { readonly residual: number }
}

const MAX_ROUNDS = 1000

/**
 * The losses of the first rounds after a shock.
 *
 * @param shock length n, ≥ 0: initial loss over buffer
 * @param rounds how many to tell apart, 1 to 1,000
 * @throws SolventError E_RANGE; E_NO_CONVERGENCE at spectral radius 1
 * @example
 * lossByRound(createStressSystem({ exposures: claimsNetwork(3, [[1, 0, 10], [2, 1, 10]]), buffers: [10, 20, 20],
 *   weights: [1, 1, 1] }), [1, 0, 0], 2).losses // Float64Array [10, 10, 5]
 */
export function lossByRound(system: StressSystem, shock: Vector, rounds = 3): LossByRound {
  const initial = checkedVector('shock', shock, system.buffers.length, 0)
  const count = Math.floor(checkedNumber('rounds', rounds, 1, MAX_ROUNDS))
  const losses = new Float64Array(count + 1)
  let stress = initial
  losses[0] = lossAt(system, stress)
  let before = losses[0]
  for (let round = 1; round <= count; round++) {
    stress = nextStress(system, initial, stress)
    const now = lossAt(system, stress)
    losses[round] = now - before
    before = now
  }
  const { stress: limit, rounds: sweeps, residual } = linearStress(system, initial)
  const total = lossAt(system, limit)
  const later = Math.max(0, total - before)
  const after = total - losses[0]
  const shares = Float64Array.of(...losses.subarray(1), later).map((loss) => (after > 0 ? loss / after : 0))
  return { losses, later, total, shares, rounds: sweeps, certificate: { residual } }
}

/**
 * What is not paid, by the round of the fictitious default algorithm in which its debtor defaulted: place k is round k,
 * place 0 empty.
 *
 * @example shortfallByRound(eisenbergNoe(system)) // Float64Array [0, 6, 3]
 */
export function shortfallByRound({
  totalNominal,
  clearingVector,
  defaultRound,
  rounds,
}: Pick<Clearing, 'totalNominal' | 'clearingVector' | 'defaultRound' | 'rounds'>): Float64Array {
  const shortfall = new Float64Array(rounds + 1)
  for (let node = 0; node < defaultRound.length; node++)
    shortfall[defaultRound[node]!]! += totalNominal[node]! - clearingVector[node]!
  return shortfall
}

function nextStress({ impactOn }: StressSystem, initial: Float64Array, stress: Float64Array): Float64Array {
  const { offsets, columnOf, amounts } = impactOn
  return initial.map((own, lender) => {
    let sum = own
    for (let at = offsets[lender]!; at < offsets[lender + 1]!; at++)
      sum += amounts[at]! * Math.min(1, stress[columnOf[at]!]!)
    return sum
  })
}

function lossAt({ buffers }: StressSystem, stress: Float64Array): number {
  let sum = 0
  for (let node = 0; node < buffers.length; node++) sum += buffers[node]! * stress[node]!
  return sum
}
