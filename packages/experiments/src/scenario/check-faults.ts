// The meaning of faults: they hit nodes, bridges and links that exist, within the run.
import { chainsOfAsset } from './asset-chains.ts'
import type { Findings, Path } from './findings.ts'
import { allNodeNames, scenarioNodes } from './node-names.ts'
import type { Scenario, ScenarioFault } from './scenario-schema.ts'

export function checkFault(scenario: Scenario, fault: ScenarioFault, path: Path, findings: Findings): void {
  if (fault.atSeconds > scenario.durationSeconds) {
    findings.add('E_RANGE', [...path, 'atSeconds'], 'the fault comes after the end of the run', {
      got: String(fault.atSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  }
  const nodes = allNodeNames(scenarioNodes(scenario))
  if ('node' in fault) findings.reference([...path, 'node'], 'node', fault.node, nodes)
  if (fault.kind === 'partition' || fault.kind === 'link') {
    for (const side of ['from', 'to'] as const)
      fault[side].forEach((node, index) => findings.reference([...path, side, index], 'node', node, nodes))
  }
  if (fault.kind === 'partition') {
    const both = fault.from.filter((node) => fault.to.includes(node))
    if (both.length > 0)
      findings.add('E_CYCLE', path, 'a node is on both sides of the partition', {
        got: both.join(', '),
        allowed: 'each node in from or in to',
      })
  }
  if (!('bridge' in fault)) return
  if (!findings.reference([...path, 'bridge'], 'bridge', fault.bridge, Object.keys(scenario.bridges))) return
  if (fault.kind !== 'forge') return
  const bridge = scenario.bridges[fault.bridge]!
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', fault.asset, Object.keys(bridge.assets)))
    return
  const chains = chainsOfAsset(scenario, fault.asset)
  findings.reference([...path, 'from'], 'chain of the asset', fault.from, chains)
  findings.reference([...path, 'to'], 'chain of the asset', fault.to, chains)
  if (fault.from === fault.to)
    findings.add('E_CYCLE', path, 'a forged message crosses chains', {
      got: `${fault.from}→${fault.to}`,
      allowed: 'two different chains',
    })
  if (fault.poisoned > bridge.verifiers)
    findings.add('E_RANGE', [...path, 'poisoned'], 'more verifiers than the bridge has', {
      got: String(fault.poisoned),
      allowed: `at most ${bridge.verifiers}`,
    })
}
