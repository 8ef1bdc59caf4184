// Solvers that look at what is behind an asset before they take it.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Control } from './control.ts'

type Solver = Scenario['solvers'][string]

const BACKING_BPS = 9_900

export const prudentSolvers: Control = {
  name: 'prudent-solvers',
  title: 'solvers decline assets that are not covered',
  setting: `below ${BACKING_BPS / 100} % of backing`,
  isIn: ({ solvers }) => Object.values(solvers).some(({ risk }) => risk.refuseBelowBackingBps > 0),
  add: (scenario) => changed(scenario, (bps) => (bps === 0 ? BACKING_BPS : bps)),
  remove: (scenario) => changed(scenario, () => 0),
}

function changed(scenario: Scenario, change: (refuseBelowBackingBps: number) => number): Scenario {
  const solvers = Object.entries(scenario.solvers).map(([name, solver]): [string, Solver] => [
    name,
    {
      ...solver,
      risk: { ...solver.risk, refuseBelowBackingBps: change(solver.risk.refuseBelowBackingBps) },
    },
  ])
  return { ...scenario, solvers: Object.fromEntries(solvers) }
}
