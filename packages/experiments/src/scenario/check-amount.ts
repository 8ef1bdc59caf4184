// Amounts of an asset are whole base units: no more digits after the point than it has decimals.
import type { Findings, Path } from './findings.ts'

/** True when the amount, decimal text, can be said in this unit. */
export function checkAmount(
  amount: string,
  unit: { readonly symbol: string; readonly decimals: number },
  path: Path,
  findings: Findings,
): boolean {
  const { symbol, decimals } = unit
  const [, fraction = ''] = amount.split('.')
  if (fraction.length <= decimals) return true
  findings.add('E_VALUE', path, `${symbol} has ${decimals} decimals`, {
    got: amount,
    allowed: `at most ${decimals} digits after the point`,
  })
  return false
}
