// How finely an amount may be written: an asset has its decimals, prices and the numeraire have eight, gas prices nine. What is
// finer is no whole number of base units, and nothing can be reckoned with it.
import { checkAmount } from './check-amount.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

/** An amount of the file, and what it counts. */
export interface WrittenAmount {
  readonly path: Path
  readonly amount: string
  /** As the message calls it: `USDC`, `a price`. */
  readonly what: string
  readonly decimals: number
}

const PRICE_DECIMALS = 8
const GWEI_DECIMALS = 9

/** Of an asset on a chain, or of a receipt for it (`main/USDC`); nothing where there is no such asset, which the references say. */
export function ofAsset(
  { assets }: Scenario,
  lent: string,
  amount: string | undefined,
  path: Path,
  chain?: string,
): WrittenAmount[] {
  const symbol = lent.split('/').at(-1)!
  if (amount === undefined || amount === 'all' || !Object.hasOwn(assets, symbol)) return []
  const { decimals, decimalsOn } = assets[symbol]!
  return [{ path, amount, what: lent, decimals: decimalsOn[chain ?? ''] ?? decimals }]
}

/** Of several assets, each under its symbol. */
export function ofAssets(
  scenario: Scenario,
  amounts: Readonly<Record<string, string>>,
  path: Path,
  chain?: string,
): WrittenAmount[] {
  return Object.entries(amounts).flatMap(([lent, amount]) =>
    ofAsset(scenario, lent, amount, [...path, lent], chain),
  )
}

export function ofPrice(amount: string | undefined, path: Path): WrittenAmount[] {
  return amount === undefined ? [] : [{ path, amount, what: 'a price', decimals: PRICE_DECIMALS }]
}

export function ofNumeraire({ numeraire }: Scenario, amount: string, path: Path): WrittenAmount[] {
  return [{ path, amount, what: numeraire, decimals: PRICE_DECIMALS }]
}

export function ofGwei(amount: string | undefined, path: Path): WrittenAmount[] {
  return amount === undefined ? [] : [{ path, amount, what: 'gwei', decimals: GWEI_DECIMALS }]
}

/** True when all of them can be counted. */
export function checkFineness(amounts: readonly WrittenAmount[], findings: Findings): boolean {
  const counted = amounts.filter(({ path, amount, what, decimals }) =>
    checkAmount(amount, { symbol: what, decimals }, path, findings),
  )
  return counted.length === amounts.length
}
