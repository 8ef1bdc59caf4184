// Cover funds of a scenario: their contracts and capital, and what is wrong with them.
import { msToSeconds, parseUnits } from '@solvent/primitives'
import { type CoverSpec, derivativeAddress } from '@solvent/protocol'
import { coverFaults } from '@solvent/settlement'
import { tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { checkIndex, indexRule } from './index-rule.ts'

const PRICE_DECIMALS = 8

export function coverSpecs(scenario: Scenario): CoverSpec[] {
  const start = Math.floor(msToSeconds(Date.parse(scenario.start)))
  return Object.entries(scenario.covers ?? {}).map(([name, cover]) => ({
    kind: 'cover',
    name,
    address: derivativeAddress('cover', name),
    chainId: chainIdOf(scenario, cover.chain),
    token: tokenAddress(scenario, cover.chain, cover.asset),
    capital: parseUnits(cover.capital, scenario.assets[cover.asset]!.decimals),
    index: indexRule(scenario, cover.oracle),
    levelE8: parseUnits(cover.level, PRICE_DECIMALS),
    forSeconds: cover.forSeconds,
    until: start + (cover.untilSeconds ?? scenario.durationSeconds),
    premiumBps: BigInt(cover.premiumBps),
    leverageBps: BigInt(cover.leverageBps),
    payment: cover.payment,
  }))
}

export function coverHoldings(scenario: Scenario): Holding[] {
  return coverSpecs(scenario).map(({ name, address, capital }) => {
    const { chain, asset } = scenario.covers![name]!
    return { chain, symbol: asset, kind: 'POOL', name, owner: address, amount: capital }
  })
}

export function checkCovers(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, { chain, asset, oracle, ...terms }] of Object.entries(scenario.covers ?? {})) {
    const path = ['covers', name]
    if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) continue
    checkAssetOn(scenario, { symbol: asset, chain, path: [...path, 'asset'], findings })
    checkLevel(scenario, { oracle, level: terms.level }, [...path, 'level'], { findings, warnings })
    checkIndex(scenario, { oracle, chain, may: ['price', 'measure'] }, [...path, 'oracle'], findings)
    const rules = {
      premiumBps: BigInt(terms.premiumBps),
      leverageBps: BigInt(terms.leverageBps),
      payment: terms.payment,
    }
    for (const { severity, reason } of coverFaults(rules))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, { got: name, allowed: 'terms that can be carried out' })
      else warnings.push({ rule: 'cover', path: path.join('.'), message: reason })
  }
}

/** A measure is never above one, and what is below its level from the start covers no stress. */
function checkLevel(
  { oracles = {}, assets }: Scenario,
  { oracle, level }: { readonly oracle: string; readonly level: string },
  path: Path,
  { findings, warnings }: { readonly findings: Findings; readonly warnings: ScenarioWarning[] },
): void {
  const found = oracles[oracle]
  if (found?.kind === 'measure' && Number(level) > 1)
    findings.add(
      'E_RANGE',
      path,
      'a measure of soundness is never above 1: it is below this level from the start',
      {
        got: level,
        allowed: 'at most 1',
      },
    )
  const price = found !== undefined && 'asset' in found ? assets[found.asset]?.price : undefined
  if (price !== undefined && found?.kind === 'feed' && Number(price) < Number(level))
    warnings.push({
      rule: 'cover',
      path: path.join('.'),
      message: `the price is below the level from the start: ${price}`,
    })
}
