// Whether holders can carry anything where they vote: a quorum above all that there is of an asset, or a threshold above what anybody holds, makes
// an authority that decides nothing. It is warned about and not refused: coins may come over a bridge, or change hands, before they are counted.
import { formatUnits, parseUnits } from '@solvent/primitives'
import { participantHoldings } from '../assembly/assemble-genesis.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'

/** @param scenario whose references are sound */
export function warnOfVotesOutOfReach(scenario: Scenario, warnings: ScenarioWarning[]): void {
  for (const [name, { chain, vote }] of Object.entries(scenario.controls?.authorities ?? {})) {
    if (vote === undefined) continue
    const decimals = decimalsOn(scenario, vote.asset, chain)
    const { all, most } = heldOf(scenario, chain, vote.asset, decimals)
    for (const [key, reach, problem] of [
      ['quorum', all, 'is more than there is of it when the run begins, {}: nothing is ever carried'],
      ['proposalThreshold', most, 'is more than anybody holds when the run begins, {}: nobody can propose'],
    ] as const) {
      if (parseUnits(vote[key], decimals) <= reach) continue
      warnings.push({
        rule: 'votes-out-of-reach',
        path: `controls.authorities.${name}.vote.${key}`,
        message: `${vote[key]} ${vote.asset} ${problem.replace('{}', formatUnits(reach, decimals))}`,
      })
    }
  }
}

/** Base units of all, as far as the file says, and of who has most: pools do not vote. */
function heldOf(
  scenario: Scenario,
  chain: string,
  asset: string,
  decimals: number,
): { readonly all: bigint; readonly most: bigint } {
  const byHolder = new Map<string, bigint>()
  let held = 0n
  // Nothing of this depends on the seed.
  for (const holding of participantHoldings(scenario, '1')) {
    if (holding.chain !== chain || holding.symbol !== asset) continue
    held += holding.amount
    if (holding.kind === 'POOL') continue
    byHolder.set(holding.name, (byHolder.get(holding.name) ?? 0n) + holding.amount)
  }
  const { supply } = scenario.assets[asset]!
  const stated = supply === undefined ? 0n : parseUnits(supply, decimals)
  const rest = stated > held ? stated - held : 0n
  const most = [...byHolder.values(), rest].reduce((max, each) => (each > max ? each : max), 0n)
  return { all: held + rest, most }
}
