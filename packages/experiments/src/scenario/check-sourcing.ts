// The meaning of where solvers buy back: markets and bridges that exist.
import type { Findings } from './findings.ts'
import { venuesOf } from './market-names.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkSourcing(scenario: Scenario, findings: Findings): void {
  const markets = venuesOf(scenario).map(({ name }) => name)
  const bridges = Object.keys(scenario.bridges)
  for (const [name, { sourcing }] of Object.entries(scenario.solvers)) {
    const path = ['solvers', name, 'sourcing']
    sourcing?.markets.forEach((market, index) =>
      findings.reference([...path, 'markets', index], 'market', market, markets),
    )
    sourcing?.bridges.forEach((bridge, index) =>
      findings.reference([...path, 'bridges', index], 'bridge', bridge, bridges),
    )
  }
}
