/**
 * Linear DebtRank: the least h with h = h0 + W·min(1, h) (Bardoscia, Battiston, Caccioli, Caldarelli 2015, PLoS ONE
 * 10:e0130406). Stress is loss over buffer; above 1 the loss exceeds the buffer.
 */
import { SolventError } from '@solvent/primitives'
import { largestOf } from '../network/checked-vector.ts'
import { BLOCK, dampedBlock } from './damped-block.ts'
import { dampedStress } from './damped-stress.ts'
import { capped, gathered, outcomeOf, type Propagation } from './propagation.ts'
import type { StressSystem } from './stress-system.ts'

/** Stress moved by less than this share of the largest shock is at rest. */
const STEP = 1e-15
const MAX_SWEEPS = 1_000_000
/** Entries visited in all: what a call may cost, some seconds. */
const MAX_VISITS = 2_000_000_000

/** What rounding may add to a rise, as a share of the level: ratios are taken low, so that no leap goes too far. */
const ROUNDING = 1e-15
/** Sweeps between two leaps; the ratio of rises needs two of them. */
const LEAP_EVERY = 4

/** A radius this near to 1 is not treated as below it. */
const SURELY_DAMPED = 0.9999

/** Whether a quick bound shows that impacts damp. */
function isSurelyDamped({ gainBound }: StressSystem): boolean {
  return gainBound < SURELY_DAMPED
}

/**
 * Propagates a shock until it rests. Where the impacts surely damp, any way to the one solution will do; elsewhere
 * Gauss–Seidel sweeps from the shock, which rise to the least solution, with leaps along the way that stay below it.
 *
 * The nearer the spectral radius of W is to 1, the more sweeps: up to about 1/x for a shock x at radius 1.
 *
 * @param shock length n, ≥ 0, initial loss over buffer; a level above 1 propagates as 1
 * @throws SolventError E_NO_CONVERGENCE after 1,000,000 sweeps or visits to 2·10⁹ entries
 */
export function linearStress(system: StressSystem, shock: Float64Array): Propagation {
  if (isSurelyDamped(system)) {
    const level = capped(shock)
    const sweeps = dampedStress(system, shock, level)
    if (sweeps !== null) return outcomeOf(system.impactOn, shock, level, sweeps)
  }
  return risingStress(system, shock)
}

/** Several shocks, four at a time where impacts surely damp; as many outcomes. */
export function linearStresses(system: StressSystem, shocks: readonly Float64Array[]): Propagation[] {
  const { impactOn } = system
  if (shocks.length !== BLOCK || impactOn.amounts.length === 0 || !isSurelyDamped(system))
    return shocks.map((shock) => linearStress(system, shock))
  return dampedBlock(system, shocks).map((outcome, at) => outcome ?? risingStress(system, shocks[at]!))
}

function risingStress(system: StressSystem, shock: Float64Array): Propagation {
  const { offsets } = system.impactOn
  const level = capped(shock)
  const step = STEP * largestOf(level)
  let rises = new Float64Array(level.length)
  let lastRises = new Float64Array(level.length)
  const most = Math.min(MAX_SWEEPS, Math.ceil(MAX_VISITS / (level.length + system.impactOn.amounts.length)))
  for (let rounds = 1; rounds <= most; rounds++) {
    let largest = 0
    for (let node = 0; node < level.length; node++) {
      // Above 1 nothing more is passed on, and rounding must not let a level fall again.
      const implied = shock[node]! + gathered(system.impactOn, level, offsets[node]!, offsets[node + 1]!)
      const rise = Math.max(0, Math.min(1, implied) - level[node]!)
      level[node]! += rise
      rises[node] = rise
      if (rise > largest) largest = rise
    }
    if (largest <= step) return outcomeOf(system.impactOn, shock, level, rounds)
    if (rounds % LEAP_EVERY === 0) leap(level, rises, lastRises)
    const spare = lastRises
    lastRises = rises
    rises = spare
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The stress did not come to rest.',
    details: { sweeps: most },
    hint: 'The spectral radius of the impacts is 1 or nearly so.',
  })
}

/**
 * Adds what the coming sweeps add at least. Below the cap a sweep is linear with weights ≥ 0, so that rises which
 * all kept the share q of those before keep it from now on: at least q/(1 − q) of the last rises is still to come.
 * No leap where that would reach the cap.
 */
function leap(level: Float64Array, rises: Float64Array, lastRises: Float64Array): void {
  let share = 1
  for (let node = 0; node < level.length; node++) {
    if (lastRises[node]! === 0) continue
    const noise = ROUNDING * level[node]!
    share = Math.min(share, (rises[node]! - noise) / (lastRises[node]! + noise))
  }
  if (share <= 0 || share >= 1) return
  const factor = share / (1 - share)
  for (let node = 0; node < level.length; node++) {
    if (rises[node]! > 0 && level[node]! + factor * rises[node]! >= 1) return
  }
  for (let node = 0; node < level.length; node++) level[node]! += factor * rises[node]!
}
