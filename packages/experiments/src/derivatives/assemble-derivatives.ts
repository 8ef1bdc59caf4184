// From a scenario's derivatives and custodians to what their network has of them, kind by kind.
import type { DerivativeSpec, Genesis, NetworkSpec } from '@solvent/protocol'
import type { Holding } from '../assembly/holding.ts'
import type { PlannedNode } from '../assembly/network-plan.ts'
import { discountWindowHoldings, discountWindowSpecs } from '../controls/discount-windows.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { custodianHoldings, custodianNodes, custodianSpecs } from './assemble-custodians.ts'
import { hedgerNodes, optionDeskSpecs, optionHoldings } from './assemble-options.ts'
import { perpetualHoldings, perpetualNodes, perpetualSpecs } from './assemble-perpetuals.ts'
import { coverHoldings, coverSpecs } from './covers.ts'
import { navFundHoldings, navFundSpecs } from './nav-funds.ts'

export function derivativeSpecs(scenario: Scenario, seed: string): DerivativeSpec[] {
  return [
    ...custodianSpecs(scenario, seed),
    ...perpetualSpecs(scenario),
    ...coverSpecs(scenario),
    ...discountWindowSpecs(scenario, seed),
    ...optionDeskSpecs(scenario, seed),
    ...navFundSpecs(scenario),
  ]
}

export function derivativeNodes(
  scenario: Scenario,
  seed: string,
  known: { readonly spec: NetworkSpec; readonly genesis: readonly Genesis[] },
): PlannedNode[] {
  return [
    ...custodianNodes(scenario, seed, known),
    ...perpetualNodes(scenario, known.spec),
    ...hedgerNodes(scenario, known),
  ]
}

export function derivativeHoldings(scenario: Scenario): Holding[] {
  return [
    ...custodianHoldings(scenario),
    ...perpetualHoldings(scenario),
    ...coverHoldings(scenario),
    ...discountWindowHoldings(scenario),
    ...optionHoldings(scenario),
    ...navFundHoldings(scenario),
  ]
}
