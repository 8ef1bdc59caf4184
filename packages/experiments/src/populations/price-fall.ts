// A price that people look at: what it means in the scenario, and what their node is told of it.
import type { FallPlan } from '@solvent/nodes'
import { marketAddress } from '@solvent/protocol'
import { tokenAddress } from '../assembly/addresses.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioPriceFall } from './price-fall-schema.ts'

export function fallPlan(
  scenario: Scenario,
  chain: string,
  fall: ScenarioPriceFall | undefined,
): FallPlan | null {
  if (fall === undefined) return null
  const { market, asset, weight, lossAversion = null } = fall
  return { market: marketAddress(market), asset: tokenAddress(scenario, chain, asset), weight, lossAversion }
}

/** @param who looks, as in "customers" */
export function checkFall(
  scenario: Scenario,
  { fall, chain, who }: { fall: ScenarioPriceFall | undefined; chain: string; who: string },
  path: Path,
  findings: Findings,
): void {
  if (fall === undefined) return
  const venues = venuesOf(scenario)
  const names = venues.map(({ name }) => name)
  if (!findings.reference([...path, 'market'], 'market', fall.market, names)) return
  const venue = venues.find(({ name }) => name === fall.market)
  if (venue === undefined || (pairOf(venue.market).includes(fall.asset) && venue.market.chain === chain))
    return
  findings.add('E_VALUE', [...path, 'asset'], `${who} look at a market of the asset on their chain`, {
    got: `${fall.asset} at ${fall.market}`,
    allowed: `${pairOf(venue.market).join(' or ')}, on ${chain}`,
  })
}
