// Discount windows of a scenario: their contracts and funds, and what is wrong with them.
import { parseUnits } from '@solvent/primitives'
import { type DiscountWindowSpec, derivativeAddress } from '@solvent/protocol'
import { windowFaults } from '@solvent/settlement'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { indexRule } from '../derivatives/index-rule.ts'
import { checkLent } from '../lending/check-lent.ts'
import { lentDecimals, lentToken } from '../lending/lent-asset.ts'
import { priceOraclesOn } from '../oracles/price-oracles.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings } from '../scenario/findings.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'

const windowsOf = ({ controls }: Scenario) => Object.entries(controls?.discountWindows ?? {})

export function discountWindowSpecs(scenario: Scenario, seed: string): DiscountWindowSpec[] {
  return windowsOf(scenario).map(([name, window]) => ({
    kind: 'discount-window',
    name,
    address: derivativeAddress('discount-window', name),
    chainId: chainIdOf(scenario, window.chain),
    token: tokenAddress(scenario, window.chain, window.asset),
    price: indexRule(scenario, window.oracle),
    decimals: scenario.assets[window.asset]!.decimals,
    capital: parseUnits(window.capital, scenario.assets[window.asset]!.decimals),
    collaterals: Object.entries(window.collaterals).map(([lent, { oracle, haircutBps }]) => ({
      token: lentToken(scenario, window.chain, lent),
      price: indexRule(scenario, oracle),
      decimals: lentDecimals(scenario, lent),
      haircutBps: BigInt(haircutBps),
    })),
    penaltyBps: BigInt(window.penaltyBps),
    termSeconds: window.termSeconds,
    borrowers: window.borrowers?.map((each) => accountOf(seed, each)) ?? null,
  }))
}

export function discountWindowHoldings(scenario: Scenario): Holding[] {
  return windowsOf(scenario).map(([name, { chain, asset, capital }]) => ({
    ...{ chain, symbol: asset, kind: 'POOL', name, owner: derivativeAddress('discount-window', name) },
    amount: parseUnits(capital, scenario.assets[asset]!.decimals),
  }))
}

export function checkDiscountWindows(
  scenario: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const people = allNodeNames(scenarioNodes(scenario))
  for (const [name, window] of windowsOf(scenario)) {
    const path = ['controls', 'discountWindows', name]
    const { chain, asset, oracle, penaltyBps, collaterals, borrowers = [] } = window
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    const oracles = priceOraclesOn(scenario, chain)
    const priced = `price oracle on ${chain}`
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    findings.reference([...path, 'oracle'], priced, oracle, oracles)
    for (const [lent, terms] of Object.entries(collaterals)) {
      const at = [...path, 'collaterals', lent]
      findings.reference([...at, 'oracle'], priced, terms.oracle, oracles)
      checkCollateral(scenario, { lent, chain, asset }, at, findings)
    }
    borrowers.forEach((each, index) =>
      findings.reference([...path, 'borrowers', index], 'participant', each, people),
    )
    const rules = {
      penaltyBps: BigInt(penaltyBps),
      collaterals: Object.values(collaterals).map(({ haircutBps }) => ({ haircutBps: BigInt(haircutBps) })),
    }
    for (const { severity, reason } of windowFaults(rules))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, { got: name, allowed: 'terms that can be carried out' })
      else warnings.push({ rule: 'discount-window', path: path.join('.'), message: reason })
  }
}

function checkCollateral(
  scenario: Scenario,
  { lent, chain, asset }: { readonly lent: string; readonly chain: string; readonly asset: string },
  path: readonly string[],
  findings: Findings,
): void {
  if (lent === asset)
    findings.add('E_VALUE', path, 'a coin lent against itself lends nothing', {
      got: lent,
      allowed: `an asset other than ${asset}`,
    })
  checkLent(scenario, { lent, chain }, path, findings)
}
