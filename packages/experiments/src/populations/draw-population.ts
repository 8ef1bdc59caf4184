// From a scenario's populations to their people.
import { createStreams } from '@solvent/kernel'
import { type DrawnBorrower, drawBorrowers } from '@solvent/nodes'
import { parseUnits, wholeUnit } from '@solvent/primitives'
import { lentDecimals, partsOf } from '../lending/lent-asset.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioBorrowers, ScenarioPopulation } from './population-schema.ts'

const PRICE_DECIMALS = 8

/** How many there are, and what they have together. */
export function peopleOf(scenario: Scenario, name: string, population: ScenarioPopulation) {
  const lent = population.kind === 'suppliers' ? population.asset : population.collateral
  const { count, amount, sizeSigma } = population
  return { name, count, sizeSigma, total: parseUnits(amount, lentDecimals(scenario, lent)) }
}

/** Borrowers at their health factors by the prices of the start. */
export function borrowersOf(
  scenario: Scenario,
  name: string,
  population: ScenarioBorrowers,
  seed: string,
): DrawnBorrower[] {
  const { pool, collateral, debt, healthFactor, watch } = population
  const reserve = scenario.lending?.[pool]?.reserves[collateral]
  return drawBorrowers(
    {
      ...peopleOf(scenario, name, population),
      healthFactor,
      watchShare: watch?.share ?? 0,
      savings: watch?.savings ?? 0,
      priceE18: pairPriceE18(scenario, collateral, debt),
      liquidationThresholdBps: BigInt(reserve?.liquidationThresholdBps ?? 0),
    },
    createStreams(seed),
  )
}

/** Base units of the debt for 10^18 of the collateral at the prices of the start. */
function pairPriceE18(scenario: Scenario, collateral: string, debt: string): bigint {
  const price = (lent: string) => parseUnits(scenario.assets[partsOf(lent).asset]!.price, PRICE_DECIMALS)
  const unit = (lent: string) => wholeUnit(lentDecimals(scenario, lent))
  return (price(collateral) * unit(debt) * wholeUnit(18)) / (price(debt) * unit(collateral))
}
