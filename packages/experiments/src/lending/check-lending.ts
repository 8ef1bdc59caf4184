// The meaning of lending pools: reserves of assets that exist on the chain, priced by oracles of that chain, with terms
// that a liquidation can pay for, and positions that the cash bears.
import { BPS, parseUnits, wholeUnit } from '@solvent/primitives'
import { collateralFaults, type ParameterFault, reserveFaults } from '@solvent/settlement'
import { priceOraclesOn } from '../oracles/price-oracles.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { collateralTerms, termsOf } from './assemble-lending.ts'
import { checkKeepers } from './check-keepers.ts'
import { checkLent, checkRing } from './check-lent.ts'
import { claimsElsewhere } from './claims-at-start.ts'
import { checkEngine } from './engine.ts'
import { checkInsurance } from './insurance.ts'
import type { ScenarioLendingPool } from './lending-schema.ts'
import { lentDecimals, rootOf } from './lent-asset.ts'
import { startPriceE8 } from './start-price.ts'

interface Check {
  readonly scenario: Scenario
  readonly findings: Findings
  readonly warnings: ScenarioWarning[]
}

export function checkLending(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const check = { scenario, findings, warnings }
  for (const [name, pool] of Object.entries(scenario.lending ?? {})) {
    const path = ['lending', name]
    if (!findings.reference([...path, 'chain'], 'chain', pool.chain, Object.keys(scenario.chains))) continue
    const known = Object.keys(pool.reserves).filter((lent) => checkReserve(check, name, lent))
    if (known.length < Object.keys(pool.reserves).length) continue
    if (known.length === 0)
      findings.add('E_VALUE', [...path, 'reserves'], 'a pool without reserves', {
        got: 'none',
        allowed: 'at least one asset',
      })
    checkEModes(check, pool, path)
    const at = [...path, 'engine']
    report(checkEngine(scenario, pool, at, findings), at, findings, warnings)
    if (pool.uptime !== undefined) {
      const flags = Object.entries(scenario.oracles ?? {}).filter(
        ([, oracle]) => oracle.chain === pool.chain && oracle.kind === 'uptime',
      )
      findings.reference(
        [...path, 'uptime', 'oracle'],
        `oracle of kind uptime on ${pool.chain}`,
        pool.uptime.oracle,
        flags.map(([flag]) => flag),
      )
    }
    if (checkInsurance(scenario, pool, [...path, 'insurance'], findings)) checkPositions(check, name)
  }
  checkKeepers(scenario, findings)
}

/** True when the reserve's asset and oracle exist. */
function checkReserve({ scenario, findings, warnings }: Check, name: string, lent: string): boolean {
  const { chain, reserves } = scenario.lending![name]!
  const at = ['lending', name, 'reserves', lent]
  const reserve = reserves[lent]!
  const before = findings.problems.length
  const asset = rootOf(lent)
  checkLent(scenario, { lent, chain }, at, findings)
  checkRing(name, lent, at, findings)
  if ((scenario.assets[asset]?.transferFeeBps ?? 0) > 0)
    findings.add('E_VALUE', at, `a pool credits what was sent, and ${asset} arrives short`, {
      got: asset,
      allowed: 'assets without transferFeeBps',
    })
  const names = priceOraclesOn(scenario, chain)
  for (const key of ['oracle', 'corroboratedBy'] as const) {
    const oracle = reserve[key]
    if (oracle !== undefined) findings.reference([...at, key], `price oracle on ${chain}`, oracle, names)
  }
  if (findings.problems.length > before) return false
  report(reserveFaults(termsOf(scenario, lent, reserve)), at, findings, warnings)
  if (reserve.oracle === reserve.corroboratedBy)
    findings.add('E_CYCLE', [...at, 'corroboratedBy'], 'an oracle always agrees with itself', {
      got: reserve.oracle,
      allowed: 'another oracle',
    })
  return true
}

function report(
  faults: readonly ParameterFault[],
  path: Path,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  for (const { severity, reason } of faults) {
    if (severity === 'impossible')
      findings.add('E_RANGE', path, reason, { got: 'these terms', allowed: 'terms that a pool can run with' })
    else warnings.push({ rule: 'lending-terms', path: pathText(path), message: reason })
  }
}

function checkEModes({ findings, warnings }: Check, pool: ScenarioLendingPool, path: Path): void {
  const reserves = Object.keys(pool.reserves)
  for (const [name, eMode] of Object.entries(pool.eModes)) {
    const at = [...path, 'eModes', name]
    for (const side of ['collateral', 'borrowable'] as const)
      eMode[side].forEach((lent, index) =>
        findings.reference([...at, side, index], 'reserve of the pool', lent, reserves),
      )
    report(collateralFaults(collateralTerms(eMode)), at, findings, warnings)
  }
}

function checkPositions(check: Check, name: string): void {
  const { scenario, findings, warnings } = check
  const path = ['lending', name]
  const pool = scenario.lending![name]!
  const reserves = Object.keys(pool.reserves)
  const before = findings.problems.length
  for (const [holder, position] of Object.entries(pool.positions))
    for (const side of ['supplied', 'collateral', 'borrowed'] as const)
      for (const [lent, amount] of Object.entries(position[side])) {
        const at = [...path, 'positions', holder, side, lent]
        if (!findings.reference(at, 'reserve of the pool', lent, reserves)) continue
        checkAmount(amount, { symbol: lent, decimals: lentDecimals(scenario, lent) }, at, findings)
      }
  if (findings.problems.length > before) return
  // With populations what all have lent and borrowed together counts, see check-populations.ts.
  for (const lent of scenario.populations === undefined ? reserves : []) {
    const decimals = lentDecimals(scenario, lent)
    const sum = (side: 'supplied' | 'collateral' | 'borrowed'): bigint =>
      Object.values(pool.positions).reduce(
        (total, position) => total + parseUnits(position[side][lent] ?? '0', decimals),
        0n,
      )
    warnOfCaps(
      check,
      { pool, lent, path },
      { supplied: sum('supplied') + sum('collateral'), borrowed: sum('borrowed') },
    )
    const staked = parseUnits(pool.insurance?.stake[lent] ?? '0', decimals)
    const passedOn = claimsElsewhere(scenario, `${name}/${lent}`)
    const lentOut = sum('borrowed') - sum('supplied') - sum('collateral') - staked - passedOn
    if (lentOut > 0n)
      findings.add('E_RANGE', [...path, 'positions'], `more ${lent} is borrowed than was supplied`, {
        got: `${lentOut} base units too many`,
        allowed: 'at most what is supplied and pledged',
      })
  }
  for (const holder of Object.keys(pool.positions)) {
    const health = healthBps(scenario, pool, holder)
    if (health !== null && health < BPS)
      warnings.push({
        rule: 'unhealthy-position',
        path: pathText([...path, 'positions', holder]),
        message: `the position begins with a health factor of ${Number(health) / 10_000}: whoever comes first may liquidate it`,
      })
  }
}

/** Nothing is undone by a cap, and nothing can be added above it. */
function warnOfCaps(
  { scenario, warnings }: Check,
  { pool, lent, path }: { readonly pool: ScenarioLendingPool; readonly lent: string; readonly path: Path },
  standing: { readonly supplied: bigint; readonly borrowed: bigint },
): void {
  const { supplyCap, borrowCap } = pool.reserves[lent]!
  const unit = wholeUnit(lentDecimals(scenario, lent))
  const caps = [
    ['supplyCap', supplyCap, standing.supplied],
    ['borrowCap', borrowCap, standing.borrowed],
  ] as const
  for (const [key, cap, amount] of caps)
    if (cap > 0 && amount > BigInt(cap) * unit)
      warnings.push({
        rule: 'cap-exceeded',
        path: pathText([...path, 'reserves', lent, key]),
        message: `the run begins with more than the cap of ${cap}: it stays, and nothing can be added until it is below`,
      })
}

/** At the prices of the assets, before interest; null without debts. */
function healthBps(scenario: Scenario, pool: ScenarioLendingPool, name: string): bigint | null {
  const { collateral, borrowed } = pool.positions[name]!
  const value = (lent: string, amount: string): bigint =>
    parseUnits(amount, 18) * startPriceE8(scenario, lent)
  const debt = Object.entries(borrowed).reduce((sum, [lent, amount]) => sum + value(lent, amount), 0n)
  if (debt === 0n) return null
  const backing = Object.entries(collateral).reduce(
    (sum, [lent, amount]) => sum + value(lent, amount) * BigInt(pool.reserves[lent]!.liquidationThresholdBps),
    0n,
  )
  return backing / debt
}
