// Collateral checks from a scenario, and what is wrong with them.
import { parseUnits } from '@solvent/primitives'
import { type CollateralCheckSpec, controlAddress } from '@solvent/protocol'
import { lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import { lendingPlace, lendingPlaceNames } from '../lending/lending-place.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioCollateralCheck } from './control-schema.ts'

export function collateralCheckSpec(
  scenario: Scenario,
  name: string,
  { pools, asset, most }: ScenarioCollateralCheck,
): CollateralCheckSpec {
  const { chain } = lendingPlace(scenario, pools[0]!)!
  return {
    name,
    address: controlAddress(name),
    chainId: chainIdOf(scenario, chain),
    places: pools.map(lendingAddress),
    token: tokenAddress(scenario, chain, asset),
    most: parseUnits(most, scenario.assets[asset]!.decimals),
  }
}

export function checkCollateralCheck(
  scenario: Scenario,
  { pools, asset, most }: ScenarioCollateralCheck,
  path: Path,
  findings: Findings,
): void {
  const before = findings.problems.length
  pools.forEach((pool, index) =>
    findings.reference([...path, 'pools', index], 'lending pool', pool, lendingPlaceNames(scenario)),
  )
  if (findings.problems.length > before) return
  const chains = new Set(pools.map((pool) => lendingPlace(scenario, pool)!.chain))
  if (chains.size > 1)
    findings.add('E_VALUE', [...path, 'pools'], 'a contract sees its own chain alone', {
      got: [...chains].join(' and '),
      allowed: 'pools and markets of one chain',
    })
  checkAssetOn(scenario, { symbol: asset, chain: [...chains][0]!, path: [...path, 'asset'], findings })
  if (findings.problems.length > before) return
  checkAmount(
    most,
    { symbol: asset, decimals: scenario.assets[asset]!.decimals },
    [...path, 'most'],
    findings,
  )
}
