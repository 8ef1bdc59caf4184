// The meaning of keepers: a chain with something to liquidate on it, markets there to sell on, and money that can be fetched from another chain.
import { checkAmount } from '../scenario/check-amount.ts'
import { checkHoldings } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { venuesOf } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioKeeper } from './lending-schema.ts'

export function checkKeepers(scenario: Scenario, findings: Findings): void {
  for (const [name, { chain, holdings, maxBaseFeeGwei, sellsOn, funding }] of Object.entries(
    scenario.keepers ?? {},
  )) {
    const path = ['keepers', name]
    const here = venuesOf(scenario).filter(({ market }) => market.chain === chain)
    sellsOn.forEach((market, index) =>
      findings.reference(
        [...path, 'sellsOn', index],
        `market on ${chain}`,
        market,
        here.map((venue) => venue.name),
      ),
    )
    if (maxBaseFeeGwei !== undefined)
      checkAmount(maxBaseFeeGwei, { symbol: 'gwei', decimals: 9 }, [...path, 'maxBaseFeeGwei'], findings)
    checkHoldings(scenario, { [chain]: holdings }, [...path, 'holdings'], findings)
    if (funding !== undefined) checkFunding(scenario, chain, funding, [...path, 'funding'], findings)
    const places = [
      ...Object.values(scenario.lending ?? {}),
      ...Object.values(scenario.isolatedMarkets ?? {}),
    ]
    if (!places.some((place) => place.chain === chain))
      findings.add('E_REFERENCE', [...path, 'chain'], 'a keeper without a lending pool to watch', {
        got: chain,
        allowed: 'a chain with a lending pool',
      })
    if (scenarioNodes(scenario).reporters.some(({ node }) => node === name))
      findings.add('E_REFERENCE', path, 'a reporter has this name', { got: name, allowed: 'another name' })
  }
}

function checkFunding(
  scenario: Scenario,
  home: string,
  { chain, holdings, prover, fillSeconds, expiresSeconds }: NonNullable<ScenarioKeeper['funding']>,
  path: Path,
  findings: Findings,
): void {
  const others = Object.keys(scenario.chains).filter((each) => each !== home)
  findings.reference([...path, 'chain'], 'other chain', chain, others)
  findings.reference([...path, 'prover'], 'bridge', prover, Object.keys(scenario.bridges))
  checkHoldings(scenario, { [chain]: holdings }, [...path, 'holdings'], findings)
  if (expiresSeconds < fillSeconds)
    findings.add('E_RANGE', [...path, 'expiresSeconds'], 'an order is refundable after its last fill', {
      got: String(expiresSeconds),
      allowed: `at least fillSeconds, ${fillSeconds}`,
    })
  if (Object.keys(scenario.solvers).length === 0)
    findings.add('E_REFERENCE', path, 'orders that no solver fills', {
      got: 'no solvers',
      allowed: 'one at least',
    })
}
