// The amounts of a fault, with what they count: of an asset what is forged, taken out or shared, else prices.
import type { Path } from '../scenario/findings.ts'
import { ofAsset, ofPrice, type WrittenAmount } from '../scenario/fineness.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioFault } from './fault-schema.ts'

export function faultAmounts(scenario: Scenario, fault: ScenarioFault, path: Path): WrittenAmount[] {
  switch (fault.kind) {
    case 'forge':
      return ofAsset(scenario, fault.asset, fault.amount, [...path, 'amount'], fault.to)
    case 'invalid-root':
      return fault.asset === undefined
        ? []
        : ofAsset(scenario, fault.asset, fault.amount, [...path, 'amount'])
    case 'finality-violation':
      return fault.spends.flatMap(({ asset, amount }, i) =>
        ofAsset(scenario, asset, amount, [...path, 'spends', i, 'amount']),
      )
    case 'claw-back':
      return ofAsset(scenario, fault.asset, fault.amount, [...path, 'amount'])
    case 'manager-loss': {
      const asset = scenario.custodians?.[fault.custodian]?.asset
      return asset === undefined ? [] : ofAsset(scenario, asset, fault.amount, [...path, 'amount'])
    }
    case 'share-loss':
      return ofAsset(scenario, fault.asset, fault.claims, [...path, 'claims'])
    case 'limiter-price':
    case 'oracle-venue':
    case 'oracle-floor':
      return ofPrice(fault.price, [...path, 'price'])
    default:
      return []
  }
}
