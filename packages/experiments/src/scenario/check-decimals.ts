// What may be said of an asset whose decimals differ between chains: where they differ, and what such an asset may not be.
import { chainsOfAsset } from './asset-chains.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

/** Sections in which an asset counts alike on every chain: their contracts are on one and know one unit. */
const SINGLE_UNIT = [
  'markets',
  'lending',
  'populations',
  'stablecoins',
  'custodians',
  'covers',
  'navFunds',
  'optionDesks',
  'hedgers',
  'perpetuals',
  'arbitrageurs',
  'controls',
] as const

export function checkDecimals(scenario: Scenario, findings: Findings): void {
  for (const [symbol, { decimalsOn }] of Object.entries(scenario.assets)) {
    const chains = Object.keys(decimalsOn)
    if (chains.length === 0) continue
    const path = ['assets', symbol, 'decimalsOn']
    const home = Object.values(scenario.bridges).find(({ assets }) => symbol in assets)?.assets[symbol]?.home
    const others = chainsOfAsset(scenario, symbol).filter((chain) => chain !== home)
    for (const chain of chains)
      findings.reference([...path, chain], 'chain of the asset other than its home', chain, others)
    const holder =
      symbol === scenario.gasAsset
        ? 'gasAsset'
        : SINGLE_UNIT.find((section) => mentions(scenario[section], symbol))
    if (holder !== undefined)
      findings.add('E_VALUE', path, 'this asset counts alike on every chain', {
        got: `${symbol} in ${holder}`,
        allowed: 'decimals of a chain only for what is held, ordered and carried over bridges',
      })
  }
}

/** Whether a section names an asset: as a key or a value, alone or after or before a slash (`main/USDC`). */
function mentions(value: unknown, symbol: string): boolean {
  if (typeof value === 'string') return value.split('/').includes(symbol)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => mentions(key, symbol) || mentions(inner, symbol))
}
