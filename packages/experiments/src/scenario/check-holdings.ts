// The meaning of holdings: assets that exist, on chains where they exist.
import { chainsOfAsset } from './asset-chains.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkHoldings(
  scenario: Scenario,
  holdings: Readonly<Record<string, Readonly<Record<string, string>>>>,
  path: Path,
  findings: Findings,
): void {
  for (const [chain, amounts] of Object.entries(holdings)) {
    if (!findings.reference([...path, chain], 'chain', chain, Object.keys(scenario.chains))) continue
    for (const symbol of Object.keys(amounts))
      checkAssetOn(scenario, { symbol, chain, path: [...path, chain, symbol], findings })
  }
}

export function checkAssetOn(
  scenario: Scenario,
  asset: {
    readonly symbol: string
    readonly chain: string
    readonly path: Path
    readonly findings: Findings
  },
): void {
  const { symbol, chain, path, findings } = asset
  if (!findings.reference(path, 'asset', symbol, Object.keys(scenario.assets))) return
  const chains = chainsOfAsset(scenario, symbol)
  if (!chains.includes(chain))
    findings.add('E_REFERENCE', path, `${symbol} does not exist on ${chain}`, {
      got: chain,
      allowed: chains.join(', '),
    })
}
