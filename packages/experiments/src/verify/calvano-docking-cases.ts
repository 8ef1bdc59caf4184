// Kind `calvano-docking`: sessions of the authors' own random streams, to the period.
import { actionsOf, authorsDraws, authorsStudy, pricingGame, pricingSession } from '@solvent/collusion'
import type { FixtureKind } from './fixture-kind.ts'

interface Content {
  readonly sessions: readonly ({ readonly session: number } & Record<string, unknown>)[]
}

/** Their rates of decay. */
const DECAYS = [4e-6, 4e-6]

export const calvanoDockingKind: FixtureKind<number> = {
  kind: 'calvano-docking',
  split: (content) =>
    (content as unknown as Content).sessions.map(({ session, ...want }) => ({
      name: `session ${session}`,
      input: session,
      want,
      // Δ has ten decimals in the file; periods and prices are integers, which this leaves no room to differ.
      tolerance: { relative: 0, absolute: 5.1e-11 },
    })),
  compute: (session) => {
    const study = authorsStudy()
    const pricing = pricingGame(study)
    const outcome = pricingSession(study, pricing, authorsDraws(session, DECAYS, study.grid.points))
    return {
      total_periods: outcome.totalPeriods,
      periods_to_convergence: outcome.periods,
      cycle_length: outcome.cycle.profiles.length,
      delta: outcome.profitGain,
      cycle_price_indices: outcome.cycle.profiles.map((profile) =>
        actionsOf(pricing.game, profile).map((action) => action + 1),
      ),
    }
  },
}
