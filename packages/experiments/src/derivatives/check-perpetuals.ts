// The meaning of clearing houses: a coin of the chain, oracles that are there, and rules that can be carried out.
import { marketRules, perpetualFaults } from '@solvent/settlement'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { perpetualMarketSpec } from './assemble-perpetuals.ts'
import { checkIndex } from './index-rule.ts'
import type { ScenarioPerpetual } from './perpetual-schema.ts'

export function checkPerpetuals(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, house] of Object.entries(scenario.perpetuals ?? {})) {
    const path = ['perpetuals', name]
    const { chain, asset, markets, keepers } = house
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    if (Object.keys(markets).length === 0)
      findings.add('E_VALUE', [...path, 'markets'], 'a clearing house has a market', {
        got: 'none',
        allowed: 'at least one',
      })
    if (keepers === 0)
      warnings.push({
        rule: 'perpetual',
        path: [...path, 'keepers'].join('.'),
        message: 'nobody liquidates and nobody ends funding intervals, unless an actor does',
      })
    for (const [market, { asset: underlying, oracle, ...venue }] of Object.entries(markets)) {
      const at = [...path, 'markets', market]
      checkIndex(scenario, { oracle, chain }, [...at, 'oracle'], findings)
      const isKnown = findings.reference([...at, 'asset'], 'asset', underlying, Object.keys(scenario.assets))
      if (!isKnown || scenario.assets[asset] === undefined) continue
      if (!checkPerpetualVenue(venue, at, findings)) continue
      for (const { severity, reason } of perpetualFaults(
        marketRules(perpetualMarketSpec(scenario, house, market)),
      ))
        if (severity === 'impossible')
          findings.add('E_RANGE', at, reason, { got: market, allowed: 'rules that can be carried out' })
        else warnings.push({ rule: 'perpetual', path: at.join('.'), message: reason })
    }
  }
}

/** A virtual market maker has a depth, a book a lot and a tick, and neither has the other's. */
function checkPerpetualVenue(
  market: Pick<ScenarioPerpetual['markets'][string], 'venue' | 'depth' | 'lot' | 'tick'>,
  at: Path,
  findings: Findings,
): boolean {
  const own = market.venue === 'virtual-amm' ? (['depth'] as const) : (['lot', 'tick'] as const)
  let isWhole = true
  for (const key of ['depth', 'lot', 'tick'] as const) {
    const given = market[key]
    const isOwn = own.some((each) => each === key)
    if (isOwn ? given !== undefined && Number(given) > 0 : given === undefined) continue
    isWhole = false
    if (isOwn)
      findings.add('E_RANGE', [...at, key], `a market on ${market.venue} has a ${key} above 0`, {
        got: given ?? 'nothing',
        allowed: 'above 0',
      })
    else
      findings.add('E_VALUE', [...at, key], `a market on ${market.venue} has no ${key}`, {
        got: given ?? 'nothing',
        allowed: `${own.join(' and ')}, or another venue`,
      })
  }
  return isWhole
}
