// The names of nodes: no two alike, and none that an account of the run has already.
import type { Findings, Path } from './findings.ts'
import { allNodeNames, scenarioNodes } from './node-names.ts'
import { reservedNames } from './reserved-names.ts'
import type { Scenario } from './scenario-schema.ts'

/** Sections whose names are their nodes' names; the names of other nodes are made from those of chains, bridges and the like. */
const named = [
  'actors',
  'users',
  'solvers',
  'keepers',
  'populations',
  'custodians',
  'hedgers',
  'arbitrageurs',
  'marketMakers',
  'providerCrowds',
  'traders',
] as const

export function checkNodeNames(scenario: Scenario, findings: Findings): void {
  const reserved = reservedNames(scenario)
  const seen = new Set<string>()
  for (const name of allNodeNames(scenarioNodes(scenario))) {
    const path = placeOf(scenario, name)
    const owner = reserved.get(name)
    if (owner !== undefined)
      findings.add('E_REFERENCE', path, `the name is taken by ${owner}`, {
        got: name,
        allowed: 'another name',
      })
    if (seen.has(name))
      findings.add('E_REFERENCE', path, 'two nodes have the same name', {
        got: name,
        allowed: 'distinct names',
      })
    seen.add(name)
  }
}

function placeOf(scenario: Scenario, name: string): Path {
  const section = named.find((each) => Object.hasOwn(scenario[each] ?? {}, name))
  return section === undefined ? ['bridges'] : [section, name]
}
