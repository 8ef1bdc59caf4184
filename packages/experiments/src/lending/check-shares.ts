// Shares as something that is lent on: of a market or a vault that is there.
import type { Findings, Path } from '../scenario/findings.ts'
import { venuesOf } from '../scenario/market-names.ts'
import { vaultsOf } from '../scenario/range-vaults.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { SharesOf } from './lent-asset.ts'

export function checkShares(
  scenario: Scenario,
  { shares: { kind, name }, chain }: { readonly shares: SharesOf; readonly chain: string },
  path: Path,
  findings: Findings,
): void {
  const markets = venuesOf(scenario).filter(
    ({ market }) =>
      market.chain === chain && (market.kind === 'constant-product' || market.kind === 'stable-swap'),
  )
  const vaults = vaultsOf(scenario).filter(({ venue }) => venue.market.chain === chain)
  if (kind === 'pair')
    findings.reference(
      path,
      `constant-product or stable-swap market on ${chain}`,
      name,
      markets.map((venue) => venue.name),
    )
  else
    findings.reference(
      path,
      `vault of a range on ${chain}`,
      name,
      vaults.map((vault) => vault.name),
    )
}
