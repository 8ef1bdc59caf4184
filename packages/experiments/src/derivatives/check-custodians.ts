// The meaning of custodians: a coin of the chain, an affiliate that is an actor, a market to look at, and books that can be.
import { parseUnits } from '@solvent/primitives'
import { checkQuantiles } from '../populations/check-populations.ts'
import { checkFall } from '../populations/price-fall.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { coinsOf } from './assemble-custodians.ts'
import type { ScenarioCustodian } from './custodian-schema.ts'

export function checkCustodians(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, custodian] of Object.entries(scenario.custodians ?? {})) {
    const path = ['custodians', name]
    const { chain, asset, affiliate, customers, loans } = custodian
    if (affiliate !== undefined)
      findings.reference([...path, 'affiliate'], 'actor', affiliate, Object.keys(scenario.actors))
    else if (loans.length > 0)
      findings.add('E_VALUE', [...path, 'affiliate'], 'somebody has to be lent to', {
        got: 'no affiliate',
        allowed: 'an actor',
      })
    checkQuantiles(customers.thresholds, [...path, 'customers', 'thresholds'], findings)
    checkFall(
      scenario,
      { fall: customers.fall, chain, who: 'customers' },
      [...path, 'customers', 'fall'],
      findings,
    )
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    if (asset === scenario.gasAsset)
      findings.add(
        'E_VALUE',
        [...path, 'asset'],
        'the coin that pays for gas cannot be told from gas money',
        {
          got: asset,
          allowed: 'another asset',
        },
      )
    const coin = scenario.assets[asset]
    if (coin === undefined) continue
    for (const key of ['coins', 'claims', 'lent'] as const)
      if (custodian[key] !== undefined)
        checkAmount(custodian[key], { symbol: asset, ...coin }, [...path, key], findings)
    checkLastResort(scenario, custodian, [...path, 'lastResort'], findings)
    checkBooks(custodian, coin.decimals, path, findings, warnings)
  }
}

/** A window of its chain that lends its coin on what it holds. */
function checkLastResort(
  scenario: Scenario,
  { lastResort, chain, asset }: ScenarioCustodian,
  path: Path,
  findings: Findings,
): void {
  if (lastResort === undefined) return
  const windows = scenario.controls?.discountWindows ?? {}
  const { window, collateral, holds } = lastResort
  const here = Object.keys(windows).filter(
    (each) => windows[each]!.chain === chain && windows[each]!.asset === asset,
  )
  if (
    !findings.reference([...path, 'window'], `discount window on ${chain} that lends ${asset}`, window, here)
  )
    return
  const taken = Object.keys(windows[window]!.collaterals).filter((each) => each in scenario.assets)
  if (findings.reference([...path, 'collateral'], `asset that ${window} lends on`, collateral, taken))
    checkAmount(holds, { symbol: collateral, ...scenario.assets[collateral]! }, [...path, 'holds'], findings)
  if (collateral === scenario.gasAsset)
    findings.add(
      'E_VALUE',
      [...path, 'collateral'],
      'what pays for gas cannot be told from what is pledged',
      {
        got: collateral,
        allowed: 'another asset',
      },
    )
}

function checkBooks(
  custodian: ScenarioCustodian,
  decimals: number,
  path: Path,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { claims, lent, haltBelowBps } = custodian
  const [has, owes, out] = [
    coinsOf(custodian, decimals),
    parseUnits(claims, decimals),
    parseUnits(lent, decimals),
  ]
  if (has < 0n)
    findings.add('E_RANGE', [...path, 'lent'], 'it has lent on more than it was given', {
      got: lent,
      allowed: `at most ${claims}, or coins that are its own`,
    })
  if (owes === 0n)
    findings.add('E_RANGE', [...path, 'claims'], 'a custodian owes something', {
      got: claims,
      allowed: 'above 0',
    })
  if (has + out < owes)
    warnings.push({
      rule: 'custodian',
      path: path.join('.'),
      message: 'it owes more than it has and has lent on: it is insolvent even if all loans are repaid',
    })
  if (has * 10_000n < owes * BigInt(haltBelowBps))
    warnings.push({
      rule: 'custodian',
      path: path.join('.'),
      message: 'its coins are below the share at which it halts: the first request ends it',
    })
}
