// Every amount that a scenario's derivatives and custodians give, with its place and what it counts.
import { ofAsset, ofPrice, type WrittenAmount } from '../scenario/fineness.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function derivativeAmounts(scenario: Scenario): WrittenAmount[] {
  return [
    ...ofStablecoins(scenario),
    ...ofCustodians(scenario),
    ...ofPerpetuals(scenario),
    ...ofCovers(scenario),
    ...ofDiscountWindows(scenario),
    ...ofOptions(scenario),
    ...ofNavFunds(scenario),
  ]
}

function ofStablecoins(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.stablecoins ?? {}).flatMap(([name, { stable, basePool }]) =>
    ofAsset(scenario, stable, basePool, ['stablecoins', name, 'basePool']),
  )
}

function ofCustodians(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.custodians ?? {}).flatMap(([name, custodian]) => {
    const { asset, loans, lastResort } = custodian
    const path = ['custodians', name]
    return [
      ...(['coins', 'claims', 'lent'] as const).flatMap((key) =>
        ofAsset(scenario, asset, custodian[key], [...path, key]),
      ),
      ...(lastResort === undefined
        ? []
        : ofAsset(scenario, lastResort.collateral, lastResort.holds, [...path, 'lastResort', 'holds'])),
      ...loans.flatMap(({ amount }, index) =>
        ofAsset(scenario, asset, amount, [...path, 'loans', index, 'amount']),
      ),
    ]
  })
}

function ofPerpetuals(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.perpetuals ?? {}).flatMap(([name, { asset, fund, markets }]) => {
    const path = ['perpetuals', name]
    return [
      ...ofAsset(scenario, asset, fund, [...path, 'fund']),
      ...Object.entries(markets).flatMap(([market, { asset: underlying, depth, lot }]) => [
        ...ofAsset(scenario, asset, depth, [...path, 'markets', market, 'depth']),
        ...ofAsset(scenario, underlying, lot, [...path, 'markets', market, 'lot']),
      ]),
    ]
  })
}

function ofCovers(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.covers ?? {}).flatMap(([name, { asset, capital, level }]) => [
    ...ofAsset(scenario, asset, capital, ['covers', name, 'capital']),
    ...ofPrice(level, ['covers', name, 'level']),
  ])
}

function ofDiscountWindows(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.controls?.discountWindows ?? {}).flatMap(([name, { asset, capital }]) =>
    ofAsset(scenario, asset, capital, ['controls', 'discountWindows', name, 'capital']),
  )
}

function ofOptions(scenario: Scenario): WrittenAmount[] {
  const desks = Object.entries(scenario.optionDesks ?? {}).flatMap(([name, { asset, capital, series }]) => [
    ...ofAsset(scenario, asset, capital, ['optionDesks', name, 'capital']),
    ...Object.entries(series).flatMap(([each, { strike }]) =>
      ofPrice(strike, ['optionDesks', name, 'series', each, 'strike']),
    ),
  ])
  const hedgers = Object.entries(scenario.hedgers ?? {}).flatMap(([name, { holdings }]) =>
    Object.entries(holdings).flatMap(([symbol, amount]) =>
      ofAsset(scenario, symbol, amount, ['hedgers', name, 'holdings', symbol]),
    ),
  )
  return [...desks, ...hedgers]
}

function ofNavFunds(scenario: Scenario): WrittenAmount[] {
  return Object.entries(scenario.navFunds ?? {}).flatMap(([name, { asset, buffer }]) =>
    ofAsset(scenario, asset, buffer, ['navFunds', name, 'buffer']),
  )
}
