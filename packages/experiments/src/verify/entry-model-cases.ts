// Kind `entry-model`: entry with a cost and congestion, a reconstruction (packages/mechanisms/src/closed-forms/entry.ts).
import { entryEquilibrium, entryOutcome } from '@solvent/mechanisms'
import type { FixtureKind } from './fixture-kind.ts'

interface Row {
  readonly F: number
  readonly congestion: number
  readonly rows: readonly { readonly k: number }[]
}

interface Input {
  readonly entryCost: number
  readonly congestion: number
  readonly tabulated: readonly number[]
}

/** Their search for the best number went so far. */
const MOST_SOLVERS = 60

/** The file states none; its figures are printed to the last digit. */
const TOLERANCE = { relative: 1e-12, absolute: 1e-12 }

export const entryModelKind: FixtureKind<Input> = {
  kind: 'entry-model',
  split: (content) =>
    (content as unknown as { cases: readonly Row[] }).cases.map((row) => ({
      name: `F=${row.F} congestion=${row.congestion}`,
      input: { entryCost: row.F, congestion: row.congestion, tabulated: row.rows.map(({ k }) => k) },
      want: row,
      tolerance: TOLERANCE,
    })),
  compute({ entryCost, congestion, tabulated }) {
    const terms = { entryCost, congestion }
    const { free, userOptimal, totalOptimal } = entryEquilibrium(terms, MOST_SOLVERS)
    return {
      F: entryCost,
      congestion,
      free_entry_k: free,
      user_optimal_k: userOptimal,
      total_optimal_k: totalOptimal,
      user_at_free: entryOutcome(free, terms).user,
      user_at_optimum: entryOutcome(userOptimal, terms).user,
      rows: tabulated.map((k) => {
        const { scale, user, solverProfit, total } = entryOutcome(k, terms)
        return { k, scale, user, solver_profit: solverProfit, total }
      }),
    }
  },
}
