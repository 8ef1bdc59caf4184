// Rules of a solver's conduct as small functions, so that a test can alter one (a planted bug) and watch the audit
// catch it.

export interface SolverRules {
  /** Whether the inventory of a bid is free once another has won: always (O-13). */
  readonly freesAfterLoss: () => boolean
}

/** The rules as they should be. */
export const solverRules: SolverRules = Object.freeze({ freesAfterLoss: (): boolean => true })
