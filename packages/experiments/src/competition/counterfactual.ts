// What the same orders would have cost users under independent bidders: the run once more in virtual time, with the same seed, so that every
// order, latency and block is drawn alike, and every solver that colludes or manipulates bids for itself. docs/models/misconduct.md.
import type { CompetitionOutcome } from '@solvent/nodes'
import type { Hash32 } from '@solvent/primitives'
import { conductOfStrategy } from '@solvent/strategies'
import { assemble } from '../assembly/assemble.ts'
import { simulate } from '../run/simulate.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** The replay of a scenario that asks for one; null for others. */
export function counterfactualOf(
  { scenario, hash }: { readonly scenario: Scenario; readonly hash: Hash32 },
  seed: number,
): CompetitionOutcome | null {
  if (scenario.counterfactual === undefined) return null
  const plan = assemble({ scenario: independentBidders(scenario), hash, seed, signatures: 'stand-in' })
  const { latencyMs, ...mishaps } = scenario.simulator.links
  const links = { minLatencyMs: latencyMs.min, meanLatencyMs: latencyMs.mean, ...mishaps }
  return simulate({ plan, codec: 'objects', links }).report.competition
}

/**
 * The scenario without rings and without whoever helps them: whoever colluded or manipulated asks for the `competitive` price, that of bidders who know only their own cost;
 * whoever competed or learned does as before.
 */
export function independentBidders(scenario: Scenario): Scenario {
  const { rings: _rings, accomplices: _accomplices, ...rest } = scenario
  const solvers = Object.entries(scenario.solvers).map(([name, solver]) => {
    const conduct = conductOfStrategy(solver.strategy)
    if (conduct !== 'collusive' && conduct !== 'manipulative') return [name, solver]
    return [name, { ...solver, strategy: { kind: 'competitive', parameters: {} } }]
  })
  return { ...rest, solvers: Object.fromEntries(solvers) as Scenario['solvers'] }
}
