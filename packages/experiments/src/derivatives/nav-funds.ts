// Funds of assets outside the chain in a scenario: their contracts and buffers, and what is wrong with them.
import { parseUnits } from '@solvent/primitives'
import { derivativeAddress, type NavFundSpec } from '@solvent/protocol'
import { navFaults } from '@solvent/settlement'
import { tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { usualAgeSeconds } from '../oracles/assemble-oracles.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { checkIndex, indexRule } from './index-rule.ts'

const PRICE_DECIMALS = 8

export function navFundSpecs(scenario: Scenario): NavFundSpec[] {
  return Object.entries(scenario.navFunds ?? {}).map(([name, fund]) => ({
    kind: 'nav-fund',
    name,
    address: derivativeAddress('nav-fund', name),
    chainId: chainIdOf(scenario, fund.chain),
    token: tokenAddress(scenario, fund.chain, fund.asset),
    share: tokenAddress(scenario, fund.chain, fund.share),
    buffer: parseUnits(fund.buffer, scenario.assets[fund.asset]!.decimals),
    index: indexRule(scenario, fund.oracle),
    startMarkE8: parseUnits(scenario.assets[fund.share]!.price, PRICE_DECIMALS),
    noticeSeconds: fund.noticeSeconds,
    pricedAt: fund.pricedAt,
    gateBps: BigInt(fund.gateBps),
  }))
}

export function navFundHoldings(scenario: Scenario): Holding[] {
  return navFundSpecs(scenario).map(({ name, address, buffer }) => {
    const { chain, asset } = scenario.navFunds![name]!
    return { chain, symbol: asset, kind: 'POOL', name, owner: address, amount: buffer }
  })
}

export function checkNavFunds(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, fund] of Object.entries(scenario.navFunds ?? {})) {
    const path = ['navFunds', name]
    const { chain, asset, share, oracle } = fund
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    checkAssetOn(scenario, { symbol: share, chain, path: [...path, 'share'], findings })
    checkIndex(scenario, { oracle, chain }, [...path, 'oracle'], findings)
    if (share === asset || share === scenario.gasAsset)
      findings.add('E_VALUE', [...path, 'share'], 'shares are a token of their own', {
        got: share,
        allowed: 'neither the coin nor the gas asset',
      })
    const [coin, shares] = [scenario.assets[asset], scenario.assets[share]]
    if (coin !== undefined && shares !== undefined && coin.decimals !== shares.decimals)
      findings.add('E_VALUE', [...path, 'share'], 'shares are as fine as the coin that they are paid in', {
        got: `${shares.decimals} decimals`,
        allowed: `${coin.decimals} decimals`,
      })
    const { noticeSeconds, pricedAt, gateBps } = fund
    const markEverySeconds = Math.max(1, usualAgeSeconds(scenario, oracle))
    const rules = { markEverySeconds, markLagSeconds: 0, noticeSeconds, pricedAt, gateBps: BigInt(gateBps) }
    for (const { severity, reason } of navFaults(rules))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, { got: name, allowed: 'terms that can be carried out' })
      else warnings.push({ rule: 'nav-fund', path: path.join('.'), message: reason })
  }
}
