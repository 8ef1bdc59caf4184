// Solvers that hold what orders ask for on a chain and nothing to pay its gas with: they bid, and their fills stay out of every block.
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

/** @param scenario whose references are sound */
export function warnOfSolversWithoutGas(scenario: Scenario, warnings: ScenarioWarning[]): void {
  const { users, solvers, chains, gasAsset } = scenario
  const outputs = Object.values(users).flatMap(({ pairs }) => pairs.map(({ to }) => to))
  for (const [name, { inventory }] of Object.entries(solvers))
    for (const [chain, held] of Object.entries(inventory)) {
      if (Number(held[gasAsset] ?? 0) > 0 || Number(chains[chain]!.baseFeeGwei) === 0) continue
      const output = outputs.find((to) => to.chain === chain && Number(held[to.asset] ?? 0) > 0)
      if (output === undefined) continue
      warnings.push({
        rule: 'solver-without-gas',
        path: `solvers.${name}.inventory.${chain}`,
        message: `${name} holds ${output.asset} and no ${gasAsset} on ${chain}: it cannot pay for gas there, and none of its fills gets into a block; give it some ${gasAsset}`,
      })
    }
}
