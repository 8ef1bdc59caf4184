// From a scenario's populations to their people.
import { createStreams } from '@solvent/kernel'
import { type DrawnBorrower, drawBorrowers } from '@solvent/nodes'
import { parseUnits, wholeUnit } from '@solvent/primitives'
import { lentDecimals } from '../lending/lent-asset.ts'
import { startPriceE8 } from '../lending/start-price.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioBorrowers, ScenarioPopulation } from './population-schema.ts'

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
  const { collateral, debt, healthFactor, watch } = population
  return drawBorrowers(
    {
      ...peopleOf(scenario, name, population),
      healthFactor,
      watchShare: watch?.share ?? 0,
      savings: watch?.savings ?? 0,
      priceE18: pairPriceE18(scenario, collateral, debt),
      liquidationThresholdBps: BigInt(thresholdBps(scenario, population)),
    },
    createStreams(seed),
  )
}

/** At which loans against their collateral are liquidated; 0: it is none. */
export function thresholdBps(scenario: Scenario, { pool, collateral }: ScenarioBorrowers): number {
  return (
    scenario.isolatedMarkets?.[pool]?.lltvBps ??
    scenario.lending?.[pool]?.reserves[collateral]?.liquidationThresholdBps ??
    0
  )
}

/** Base units of the debt for 10^18 of the collateral at the prices of the start. */
function pairPriceE18(scenario: Scenario, collateral: string, debt: string): bigint {
  const price = (lent: string) => startPriceE8(scenario, lent)
  const unit = (lent: string) => wholeUnit(lentDecimals(scenario, lent))
  return (price(collateral) * unit(debt) * wholeUnit(18)) / (price(debt) * unit(collateral))
}
