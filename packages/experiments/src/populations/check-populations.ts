// What populations mean: pools and reserves that are there, quantiles that grow, and no more borrowed than the pool has.
import { lendingHoldings } from '../lending/assemble-lending.ts'
import { isolatedHoldings } from '../lending/isolated-markets.ts'
import { lendingPlace, lendingPlaceNames } from '../lending/lending-place.ts'
import { lentDecimals } from '../lending/lent-asset.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { populationHoldings } from './assemble-populations.ts'
import { thresholdBps } from './draw-population.ts'
import type { ScenarioPopulation, ScenarioSuppliers } from './population-schema.ts'
import { checkFall } from './price-fall.ts'

export function checkPopulations(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const populations = Object.entries(scenario.populations ?? {})
  for (const [name, population] of populations)
    checkPopulation(scenario, name, population, findings, warnings)
  // Of what is named wrongly anywhere nobody can say what lies there.
  if (populations.length === 0 || findings.problems.length > 0) return
  checkCash(scenario, findings)
}

function checkPopulation(
  scenario: Scenario,
  name: string,
  population: ScenarioPopulation,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const path = ['populations', name]
  const places = lendingPlaceNames(scenario)
  if (!findings.reference([...path, 'pool'], 'lending pool', population.pool, places)) return
  const { assets } = lendingPlace(scenario, population.pool)!
  const looks = population.kind === 'suppliers' ? population.run?.checkSeconds : undefined
  if (looks !== undefined && looks >= scenario.durationSeconds)
    warnings.push({
      rule: 'population-looks-once',
      path: [...path, 'run', 'checkSeconds'].join('.'),
      message: `they look every ${looks} s, and the run lasts ${scenario.durationSeconds} s: nobody sees anything in time`,
    })
  const sides = population.kind === 'suppliers' ? (['asset'] as const) : (['collateral', 'debt'] as const)
  const named = population as unknown as Readonly<Record<string, string>>
  const known = sides.filter((side) =>
    findings.reference([...path, side], 'reserve of the pool', named[side]!, assets),
  )
  if (known.length < sides.length) return
  checkSides(scenario, population, path, findings)
  if (population.kind === 'suppliers') {
    checkAmount(population.amount, unitOf(scenario, population.asset), [...path, 'amount'], findings)
    checkQuantiles(population.run?.thresholds ?? [], [...path, 'run', 'thresholds'], findings)
    const { chain } = lendingPlace(scenario, population.pool)!
    checkFall(
      scenario,
      { fall: population.run?.fall, chain, who: 'suppliers' },
      [...path, 'run', 'fall'],
      findings,
    )
    checkSale(scenario, population, [...path, 'run', 'sell', 'market'], findings)
    return
  }
  const { collateral, debt, healthFactor, watch } = population
  checkAmount(population.amount, unitOf(scenario, collateral), [...path, 'amount'], findings)
  checkQuantiles(healthFactor, [...path, 'healthFactor'], findings)
  if (collateral === debt)
    findings.add('E_CYCLE', [...path, 'debt'], 'a coin borrowed against itself', {
      got: debt,
      allowed: `another reserve than ${collateral}`,
    })
  if (thresholdBps(scenario, population) === 0)
    findings.add('E_VALUE', [...path, 'collateral'], 'nothing can be borrowed against it', {
      got: `${collateral} with liquidationThresholdBps 0`,
      allowed: 'a reserve with a liquidation threshold',
    })
  if ((healthFactor[0]?.value ?? 0) <= 0)
    findings.add('E_RANGE', [...path, 'healthFactor', 0, 'value'], 'no loan has this health', {
      got: String(healthFactor[0]?.value),
      allowed: 'above 0',
    })
  else if (healthFactor[0]!.value < 1)
    warnings.push({
      rule: 'unhealthy-position',
      path: pathText([...path, 'healthFactor']),
      message: 'some loans begin with a health factor below 1: whoever comes first may liquidate them',
    })
  if (watch !== undefined && watch.target < watch.actsBelow)
    findings.add('E_RANGE', [...path, 'watch', 'target'], 'whoever acts wants to be healthier than before', {
      got: String(watch.target),
      allowed: `at least ${watch.actsBelow}`,
    })
}

/** An isolated market lends one of its coins against the other, and not the other way. */
function checkSides(
  scenario: Scenario,
  population: ScenarioPopulation,
  path: Path,
  findings: Findings,
): void {
  const market = scenario.isolatedMarkets?.[population.pool]
  if (market === undefined) return
  const [key, got] = population.kind === 'suppliers' ? ['asset', population.asset] : ['debt', population.debt]
  if (got !== market.loan)
    findings.add('E_VALUE', [...path, key!], `${population.pool} lends ${market.loan} alone`, {
      got: got!,
      allowed: market.loan,
    })
}

function checkSale(
  scenario: Scenario,
  { asset, pool, run }: ScenarioSuppliers,
  path: Path,
  findings: Findings,
): void {
  if (run?.sell === undefined) return
  const venues = venuesOf(scenario)
  const names = venues.map(({ name }) => name)
  if (!findings.reference(path, 'market', run.sell.market, names)) return
  const market = venues.find(({ name }) => name === run.sell?.market)?.market
  if (market === undefined) return
  if (!pairOf(market).includes(asset) || market.chain !== lendingPlace(scenario, pool)!.chain)
    findings.add('E_VALUE', path, 'suppliers sell what they have lent, on its chain', {
      got: `${pairOf(market).join(' and ')} on ${market.chain}`,
      allowed: `a market of ${asset}`,
    })
}

function unitOf(scenario: Scenario, lent: string) {
  return { symbol: lent, decimals: lentDecimals(scenario, lent) }
}

export function checkQuantiles(
  quantiles: readonly { readonly share: number; readonly value: number }[],
  path: Path,
  findings: Findings,
): void {
  quantiles.forEach(({ share, value }, index) => {
    const before = quantiles[index - 1]
    if (before === undefined || (share > before.share && value >= before.value)) return
    findings.add('E_RANGE', [...path, index], 'quantiles grow', {
      got: `${share}: ${value} after ${before.share}: ${before.value}`,
      allowed: 'larger shares with values that are no smaller',
    })
  })
}

/** By the draws of the file's own seed: the total of debts hardly depends on it. */
function checkCash(scenario: Scenario, findings: Findings): void {
  const cash = new Map<string, { readonly symbol: string; readonly amount: bigint }>()
  for (const { kind, amount, symbol, owner, token } of [
    ...lendingHoldings(scenario),
    ...isolatedHoldings(scenario),
    ...populationHoldings(scenario, String(scenario.seed)),
  ])
    if (kind === 'POOL')
      cash.set(`${owner}/${token}`, {
        symbol,
        amount: (cash.get(`${owner}/${token}`)?.amount ?? 0n) + amount,
      })
  for (const { symbol, amount } of cash.values())
    if (amount < 0n)
      findings.add('E_RANGE', ['populations'], `more is borrowed than the pool has: ${symbol}`, {
        got: `${-amount} base units too many`,
        allowed: 'at most what positions and suppliers have lent',
      })
}
