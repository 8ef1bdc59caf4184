// The watcher of a scenario: whom it judges, and what it is to keep.
import { asNodeId, parseUnits, secondsToMs } from '@solvent/primitives'
import { type PriceBook, priceOf, type ScheduledFault, valueE8 } from '@solvent/protocol'
import { snapshotMoments } from '../exposures/snapshot-moments.ts'
import { drawFaults } from '../faults/draw-faults.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf } from './addresses.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

export function watcher(
  { scenario, seed, spec, genesis, prices }: PlanInputs,
  faults: readonly ScheduledFault[],
): PlannedNode {
  const nodes = scenarioNodes(scenario)
  const node = asNodeId(nodes.watcher)
  return {
    id: node,
    role: 'watcher',
    init: {
      spec,
      node,
      genesis,
      prices,
      seed,
      lossRule: scenario.lossRule,
      clockSpreadMs: clockSpreadMs(scenario, seed),
      untilMs: spec.genesisMs + secondsToMs(scenario.durationSeconds),
      users: nodes.users.map((name) => ({ node: asNodeId(name), address: accountOf(seed, name) })),
      actors: [
        ...nodes.actors,
        ...nodes.populations,
        ...nodes.custodians,
        ...nodes.arbitrageurs,
        ...nodes.keepers,
        ...nodes.marketMakers,
        ...nodes.providerCrowds,
        ...nodes.traders,
      ].map((name) => ({
        node: asNodeId(name),
        address: accountOf(seed, name),
      })),
      debts: Object.entries(scenario.solvers).map(([name, solver]) => ({
        solver: accountOf(seed, name),
        valueE8: debtE8(scenario, prices, solver.borrowed),
      })),
      snapshots: snapshotMoments(scenario, faults, spec.genesisMs),
      ...(scenario.warnings === undefined ? {} : { warnings: scenario.warnings }),
    },
  }
}

/** How far apart the scenario's faults can put the clocks of block producers, and that of the watcher (T-8). */
function clockSpreadMs(scenario: Scenario, seed: string): number {
  const { sequencers, watcher } = scenarioNodes(scenario)
  const judged = new Set<string>([...sequencers.map(({ node }) => node), watcher])
  const skews = drawFaults(scenario, seed).flatMap(({ fault }) => {
    if (fault.kind === 'clock-skew' && judged.has(fault.node)) return [fault.skewMs]
    if (fault.kind === 'clock-drift' && judged.has(fault.node))
      return [Math.trunc((fault.ppm * fault.forSeconds) / 1_000)]
    return []
  })
  return Math.max(0, ...skews) - Math.min(0, ...skews)
}

/** Value of what a solver has borrowed, at the scenario's prices. */
function debtE8(scenario: Scenario, prices: PriceBook, borrowed: Readonly<Record<string, string>>): bigint {
  return Object.entries(borrowed).reduce((sum, [symbol, amount]) => {
    const { decimals } = scenario.assets[symbol]!
    return sum + valueE8(parseUnits(amount, decimals), decimals, priceOf(prices, symbol))
  }, 0n)
}
