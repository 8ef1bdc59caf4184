// From a scenario's insurance of a lending pool to the contract's, to what its fund holds at the start, and what is wrong with it.
import type { Address } from '@solvent/primitives'
import { insuranceFund, type PoolInsurance } from '@solvent/protocol'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioLendingPool } from './lending-schema.ts'
import { lentDecimals } from './lent-asset.ts'

export function insuranceOf(pool: Address, { insurance }: ScenarioLendingPool): PoolInsurance | null {
  if (insurance === undefined) return null
  const { premiumBps, mutual, mutualBps } = insurance
  return {
    fund: insuranceFund(pool),
    premiumBps: BigInt(premiumBps),
    mutual: mutual ?? null,
    mutualBps: BigInt(mutualBps),
  }
}

/** True when nothing is wrong. */
export function checkInsurance(
  scenario: Scenario,
  { insurance, reserves, chain }: ScenarioLendingPool,
  path: Path,
  findings: Findings,
): boolean {
  if (insurance === undefined) return true
  const before = findings.problems.length
  const { stake, premiumBps, mutual } = insurance
  for (const [lent, amount] of Object.entries(stake)) {
    const at = [...path, 'stake', lent]
    if (!findings.reference(at, 'reserve of the pool', lent, Object.keys(reserves))) continue
    checkAmount(amount, { symbol: lent, decimals: lentDecimals(scenario, lent) }, at, findings)
  }
  const isFed = premiumBps > 0 && Object.values(reserves).some(({ reserveFactorBps }) => reserveFactorBps > 0)
  if (!isFed && Object.values(stake).every((amount) => Number(amount) === 0))
    findings.add('E_VALUE', path, 'a fund that nobody stakes in and that gets no premiums', {
      got: 'neither',
      allowed: 'a stake, or premiumBps and a reserveFactorBps above 0',
    })
  const members = Object.values(scenario.lending ?? {}).filter(
    (each) => each.chain === chain && each.insurance?.mutual === mutual,
  )
  if (mutual !== undefined && members.length < 2)
    findings.add('E_REFERENCE', [...path, 'mutual'], 'a mutual of one pool', {
      got: mutual,
      allowed: `a mutual that another pool on ${chain} names, too`,
    })
  return findings.problems.length === before
}
