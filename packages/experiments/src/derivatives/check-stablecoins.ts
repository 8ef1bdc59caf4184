// The meaning of algorithmic stablecoins: two coins of the chain that are minted nowhere else, a pool with depth, and a market that
// trades the token.
import { mintAndBurnFaults } from '@solvent/settlement'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { stablecoinRules } from './assemble-stablecoins.ts'
import type { ScenarioStablecoin } from './stablecoin-schema.ts'

export function checkStablecoins(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const minted = new Map<string, string>()
  for (const [name, stablecoin] of Object.entries(scenario.stablecoins ?? {})) {
    const path = ['stablecoins', name]
    if (findings.reference([...path, 'chain'], 'chain', stablecoin.chain, Object.keys(scenario.chains)))
      for (const key of ['stable', 'token'] as const)
        checkCoin(scenario, { name, stablecoin, key, minted }, path, findings)
    if (stablecoin.stable === stablecoin.token)
      findings.add('E_VALUE', [...path, 'token'], 'a stablecoin is burned for another coin than itself', {
        got: stablecoin.token,
        allowed: 'another asset',
      })
    checkMarket(scenario, stablecoin, [...path, 'market'], findings)
    if (scenario.assets[stablecoin.stable] === undefined || scenario.assets[stablecoin.token] === undefined)
      continue
    for (const { severity, reason } of mintAndBurnFaults(stablecoinRules(scenario, stablecoin)))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, { got: name, allowed: 'rules that can be carried out' })
      else warnings.push({ rule: 'stablecoin', path: path.join('.'), message: reason })
  }
}

function checkCoin(
  scenario: Scenario,
  {
    name,
    stablecoin,
    key,
    minted,
  }: {
    readonly name: string
    readonly stablecoin: ScenarioStablecoin
    readonly key: 'stable' | 'token'
    readonly minted: Map<string, string>
  },
  path: Path,
  findings: Findings,
): void {
  const symbol = stablecoin[key]
  const at = [...path, key]
  checkAssetOn(scenario, { symbol, chain: stablecoin.chain, path: at, findings })
  if (symbol === scenario.gasAsset)
    findings.add('E_VALUE', at, 'the coin that pays for gas is not minted by a contract', {
      got: symbol,
      allowed: 'another asset',
    })
  const bridge = Object.entries(scenario.bridges).find(([, { assets }]) => symbol in assets)
  if (bridge !== undefined)
    findings.add('E_VALUE', at, `bridge ${bridge[0]} says how much of ${symbol} there is`, {
      got: symbol,
      allowed: 'an asset that no bridge carries',
    })
  const other = minted.get(symbol)
  if (other !== undefined && other !== name)
    findings.add('E_VALUE', at, `stablecoin ${other} mints it already`, {
      got: symbol,
      allowed: 'an asset of its own',
    })
  minted.set(symbol, name)
}

function checkMarket(
  scenario: Scenario,
  { market, token, chain, stable }: ScenarioStablecoin,
  path: Path,
  findings: Findings,
): void {
  const venues = venuesOf(scenario)
  if (
    !findings.reference(
      path,
      'market',
      market,
      venues.map(({ name }) => name),
    )
  )
    return
  const found = venues.find(({ name }) => name === market)?.market
  if (found === undefined) return
  const pair = pairOf(found)
  if (!pair.includes(token) || pair.includes(stable) || found.chain !== chain)
    findings.add(
      'E_VALUE',
      path,
      `the market has to price ${token} on ${chain} in something that holds the peg by itself`,
      {
        got: `${pair.join(' and ')} on ${found.chain}`,
        allowed: `a market of ${token} and an asset other than ${stable}`,
      },
    )
}
