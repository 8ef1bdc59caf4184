// Rules of a solver's conduct as small functions, so that a test can alter one (a planted bug) and watch the audit
// catch it.
import type { ReleaseReason } from './inventory.ts'

export interface SolverRules {
  /** Whether what was set aside for an order is free again when it ends for this reason: always (O-13). */
  readonly frees: (reason: ReleaseReason) => boolean
}

/** The rules as they should be. */
export const solverRules: SolverRules = Object.freeze({ frees: (): boolean => true })
