// The meaning of who is at markets: a market whose depth is the crowd's, thresholds that grow, something to trade with.
import { checkQuantiles } from '../populations/check-populations.ts'
import { checkAmount } from './check-amount.ts'
import { checkHoldings } from './check-holdings.ts'
import type { Findings } from './findings.ts'
import { pairOf, providersOf, venuesOf } from './market-names.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkMarketCrowds(scenario: Scenario, findings: Findings): void {
  const venues = venuesOf(scenario)
  const names = venues.map(({ name }) => name)
  for (const [name, { market, thresholds }] of Object.entries(scenario.providerCrowds ?? {})) {
    const path = ['providerCrowds', name]
    checkQuantiles(thresholds, [...path, 'thresholds'], findings)
    if (!findings.reference([...path, 'market'], 'market', market, names)) continue
    const provided = venues.find((each) => each.name === market)!.market
    if (!providersOf(provided).includes(name))
      findings.add('E_VALUE', [...path, 'market'], 'the crowd has provided nothing there', {
        got: `provider ${providersOf(provided).join(', ') || 'is a passive account'}`,
        allowed: `a pool, or a range of one, with provider: ${name}`,
      })
  }
  for (const [name, { market, holdings, size }] of Object.entries(scenario.traders ?? {})) {
    const path = ['traders', name]
    if (!findings.reference([...path, 'market'], 'market', market, names)) continue
    const traded = venues.find((each) => each.name === market)!.market
    const pair = pairOf(traded)
    checkHoldings(scenario, { [traded.chain]: holdings }, [...path, 'holdings'], findings)
    for (const symbol of Object.keys(holdings))
      findings.reference([...path, 'holdings', symbol], 'asset of the market', symbol, pair)
    const asset = scenario.assets[pair[0]]
    if (asset === undefined) continue
    if (checkAmount(size, { symbol: pair[0], ...asset }, [...path, 'size'], findings) && Number(size) === 0)
      findings.add('E_RANGE', [...path, 'size'], 'nobody trades nothing', { got: size, allowed: 'above 0' })
  }
}
