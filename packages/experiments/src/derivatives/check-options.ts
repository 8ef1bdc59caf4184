// The meaning of option desks and their hedgers: coins and oracles of one chain, series that can expire, and a market where hedgers can trade.
import { deskFaults } from '@solvent/settlement'
import { checkAssetOn, checkHoldings } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { checkIndex } from './index-rule.ts'

export function checkOptions(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  checkDesks(scenario, findings, warnings)
  checkHedgers(scenario, findings, warnings)
}

function checkDesks(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, desk] of Object.entries(scenario.optionDesks ?? {})) {
    const path = ['optionDesks', name]
    const { chain, asset, underlying, oracle, volatility } = desk
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    checkIndex(scenario, { oracle, chain }, [...path, 'oracle'], findings)
    findings.reference([...path, 'underlying'], 'asset', underlying, Object.keys(scenario.assets))
    if (asset === underlying)
      findings.add(
        'E_VALUE',
        [...path, 'underlying'],
        'options are on something else than the coin that they pay',
        {
          got: underlying,
          allowed: 'another asset',
        },
      )
    if (Object.keys(desk.series).length === 0)
      findings.add('E_VALUE', [...path, 'series'], 'a desk has something to sell', {
        got: 'none',
        allowed: 'at least one series',
      })
    const { floorBps, startBps, capBps } = volatility
    if (floorBps > startBps || startBps > capBps)
      findings.add(
        'E_RANGE',
        [...path, 'volatility'],
        'the volatility starts between its floor and its cap',
        {
          got: `${floorBps}, ${startBps}, ${capBps}`,
          allowed: 'floorBps ≤ startBps ≤ capBps',
        },
      )
    for (const [series, { strike, expirySeconds }] of Object.entries(desk.series)) {
      if (Number(strike) === 0)
        findings.add('E_RANGE', [...path, 'series', series, 'strike'], 'a strike is a price', {
          got: strike,
          allowed: 'above 0',
        })
      if (expirySeconds > scenario.durationSeconds)
        warnings.push({
          rule: 'option',
          path: [...path, 'series', series, 'expirySeconds'].join('.'),
          message: 'the series expires after the run: nobody is paid in it',
        })
    }
    const rules = { spreadBps: BigInt(desk.spreadBps), callReserveBps: BigInt(desk.callReserveBps) }
    for (const { severity, reason } of deskFaults({ baseUnit: 1n, quoteUnit: 1n, rate: 0, ...rules }))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, { got: name, allowed: 'terms that can be carried out' })
      else warnings.push({ rule: 'option', path: path.join('.'), message: reason })
  }
}

function checkHedgers(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const desks = scenario.optionDesks ?? {}
  const venues = venuesOf(scenario)
  const shares = new Map<string, number>()
  for (const [name, { desk, market, holdings, shareBps, vega }] of Object.entries(scenario.hedgers ?? {})) {
    const path = ['hedgers', name]
    const names = venues.map((venue) => venue.name)
    if (!findings.reference([...path, 'desk'], 'option desk', desk, Object.keys(desks))) continue
    if (!findings.reference([...path, 'market'], 'market', market, names)) continue
    const { chain, asset, underlying } = desks[desk]!
    const venue = venues.find((each) => each.name === market)!.market
    const pair = pairOf(venue)
    if (venue.chain !== chain || !pair.includes(asset) || !pair.includes(underlying))
      findings.add(
        'E_REFERENCE',
        [...path, 'market'],
        'a hedger trades where the underlying is sold for the coin',
        {
          got: `${pair.join('/')} on ${venue.chain}`,
          allowed: `${underlying}/${asset} on ${chain}`,
        },
      )
    if (vega !== undefined) checkVega(scenario, { own: desk, ...vega }, [...path, 'vega'], findings)
    checkHoldings(scenario, { [chain]: holdings }, [...path, 'holdings'], findings)
    if (holdings[underlying] === undefined || holdings[asset] === undefined)
      warnings.push({
        rule: 'option',
        path: [...path, 'holdings'].join('.'),
        message: `without ${underlying} and ${asset} it trades one way only, as far as its first trades bring it the other`,
      })
    shares.set(desk, (shares.get(desk) ?? 0) + shareBps)
  }
  for (const [desk, share] of shares)
    if (share > 10_000)
      warnings.push({
        rule: 'option',
        path: `optionDesks.${desk}`,
        message: 'its hedgers together hedge more than it has sold',
      })
}

/** Another desk of the chain that writes on the same underlying in the same coin: nobody hedges what a desk has sold by buying more of it. */
function checkVega(
  scenario: Scenario,
  { own, desk, series }: { readonly own: string; readonly desk: string; readonly series: string },
  path: Path,
  findings: Findings,
): void {
  const desks = scenario.optionDesks ?? {}
  const { chain, asset, underlying } = desks[own]!
  const others = Object.keys(desks).filter(
    (name) =>
      name !== own &&
      desks[name]!.chain === chain &&
      desks[name]!.asset === asset &&
      desks[name]!.underlying === underlying,
  )
  if (
    findings.reference(
      [...path, 'desk'],
      `other desk on ${chain} for ${underlying} in ${asset}`,
      desk,
      others,
    )
  )
    findings.reference([...path, 'series'], `series of ${desk}`, series, Object.keys(desks[desk]!.series))
}
