// What is lent is there: an asset of the chain, shares of a market or a vault there, or the receipt of a pool there for one of its reserves,
// which are themselves checked where they stand.
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { checkShares } from './check-shares.ts'
import { partsOf, sharesOf } from './lent-asset.ts'
import { receiptsOf } from './receipt-names.ts'

export function checkLent(
  scenario: Scenario,
  { lent, chain }: { readonly lent: string; readonly chain: string },
  path: Path,
  findings: Findings,
): void {
  const { pool, asset } = partsOf(lent)
  const shares = sharesOf(asset)
  if (pool !== null) checkReceipt(scenario, { pool, asset, chain }, path, findings)
  else if (shares !== null) checkShares(scenario, { shares, chain }, path, findings)
  else checkAssetOn(scenario, { symbol: asset, chain, path, findings })
}

function checkReceipt(
  scenario: Scenario,
  { pool, asset, chain }: { readonly pool: string; readonly asset: string; readonly chain: string },
  path: Path,
  findings: Findings,
): void {
  const pools = Object.entries(scenario.lending ?? {}).filter(([, each]) => each.chain === chain)
  if (
    findings.reference(
      path,
      `lending pool on ${chain}`,
      pool,
      pools.map(([name]) => name),
    )
  )
    findings.reference(path, `reserve of ${pool}`, asset, Object.keys(scenario.lending![pool]!.reserves))
}

/** A pool that takes what comes back to itself would be backed by its own claims: the worse they are, the less backs them. */
export function checkRing(pool: string, lent: string, path: Path, findings: Findings): void {
  if (receiptsOf(lent).includes(pool))
    findings.add('E_CYCLE', path, `the receipt comes back to ${pool}, which would lend on its own claims`, {
      got: lent,
      allowed: 'receipts of other pools that do not come back to this one',
    })
}
