// What paths of prices mean: assets that are there, points in order of time, one source for each price.
import type { Findings } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function checkPrices(scenario: Scenario, findings: Findings): void {
  const { paths, factor, shock = [] } = scenario.prices ?? { paths: {} }
  for (const [index, symbol] of shock.entries())
    findings.reference(['prices', 'shock', index], 'path of prices', symbol, Object.keys(paths))
  const symbols = Object.keys(scenario.assets)
  for (const [symbol, points] of Object.entries(paths)) {
    findings.reference(['prices', 'paths', symbol], 'asset', symbol, symbols)
    points.forEach(({ atSeconds }, index) => {
      const before = points[index - 1]?.atSeconds ?? 0
      const path = ['prices', 'paths', symbol, index]
      if (atSeconds <= before)
        findings.add('E_RANGE', [...path, 'atSeconds'], 'the point is not later than the one before it', {
          got: String(atSeconds),
          allowed: `above ${before}`,
        })
    })
  }
  for (const symbol of Object.keys(factor?.assets ?? {})) {
    findings.reference(['prices', 'factor', 'assets', symbol], 'asset', symbol, symbols)
    if (symbol in paths)
      findings.add('E_VALUE', ['prices', 'factor', 'assets', symbol], 'the price has a path already', {
        got: `${symbol} in prices.paths too`,
        allowed: 'a path or a place under the factor',
      })
  }
  for (const [index, { fromSeconds, untilSeconds }] of (factor?.stress?.windows ?? []).entries()) {
    if (untilSeconds > fromSeconds) continue
    findings.add(
      'E_RANGE',
      ['prices', 'factor', 'stress', 'windows', index],
      'the window ends before it begins',
      {
        got: `${fromSeconds} to ${untilSeconds}`,
        allowed: 'untilSeconds above fromSeconds',
      },
    )
  }
}
