// From a scenario's isolated markets to their contracts, to what is in them when the run begins, and what is wrong with them.
import { BPS, parseUnits, WAD } from '@solvent/primitives'
import { debtToken, type IsolatedMarketSpec, type IsolatedRate, receiptToken } from '@solvent/protocol'
import { isolatedFaults, VIRTUAL_SHARES } from '@solvent/settlement'
import { accountOf, lendingAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { priceOraclesOn } from '../oracles/price-oracles.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAmount } from '../scenario/check-amount.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { treasuryName } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { priceRule } from './assemble-lending.ts'
import { checkLent } from './check-lent.ts'
import { behindClaim } from './claims-at-start.ts'
import type { ScenarioIsolatedMarket } from './isolated-market-schema.ts'
import { lentDecimals, lentToken, rootOf } from './lent-asset.ts'
import { startPriceE8 } from './start-price.ts'

const YEAR = 365n * 86_400n
const WAD_PER_BPS = WAD / BPS

export function isolatedMarketSpecs(scenario: Scenario, seed: string): IsolatedMarketSpec[] {
  return Object.entries(scenario.isolatedMarkets ?? {}).map(([name, market]) => {
    const { chain, maxAgeSeconds } = market
    const side = (lent: string, oracle: string) => ({
      token: lentToken(scenario, chain, lent),
      symbol: lent,
      decimals: lentDecimals(scenario, lent),
      price: priceRule(scenario, { oracle, maxAgeSeconds, floor: '0.00000001', cap: '1000000000' }),
    })
    return {
      name,
      address: lendingAddress(name),
      chainId: chainIdOf(scenario, chain),
      loan: side(market.loan, market.loanOracle),
      collateral: side(market.collateral, market.oracle),
      ...termsOf(market),
      feeRecipient: accountOf(seed, treasuryName(name)),
    }
  })
}

function termsOf({ lltvBps, feeBps, rate }: ScenarioIsolatedMarket) {
  return { lltvWad: BigInt(lltvBps) * WAD_PER_BPS, feeWad: BigInt(feeBps) * WAD_PER_BPS, rate: rateOf(rate) }
}

function rateOf(rate: ScenarioIsolatedMarket['rate']): IsolatedRate {
  return rate.kind === 'fixed'
    ? { kind: 'fixed', perSecondWad: (BigInt(rate.yearlyBps) * WAD_PER_BPS) / YEAR }
    : { kind: 'adaptive-curve', atTargetWad: (BigInt(rate.atTargetBps) * WAD_PER_BPS) / YEAR }
}

/** Shares, pledges and cash of the positions that the file gives. */
export function isolatedHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.isolatedMarkets ?? {}).flatMap(([market, { positions }]) =>
    Object.entries(positions).flatMap(([name, { supplied, collateral, borrowed }]) => {
      const at = marketHolding(scenario, market)
      const [lent, pledged, owed] = [at.loan(supplied), at.collateral(collateral), at.loan(borrowed)]
      return [...at.supply(name, lent), ...at.pledge(name, pledged), ...at.debt(name, owed)]
    }),
  )
}

/** What a position at a market puts into the books: the first shares of each side cost a millionth of a unit. */
export function marketHolding(scenario: Scenario, market: string) {
  const { chain, loan, collateral } = scenario.isolatedMarkets![market]!
  const contract = lendingAddress(market)
  const [lent, pledged] = [lentToken(scenario, chain, loan), lentToken(scenario, chain, collateral)]
  const held = (kind: Holding['kind'], name: string, token: Holding['token'], amount: bigint): Holding => ({
    ...{ chain, symbol: `${loan} in ${market}`, kind, name, token, amount },
  })
  const cash = (symbol: string, token: Holding['token'], amount: bigint): Holding => ({
    ...{ chain, symbol, kind: 'POOL', name: market, owner: contract, token, amount },
  })
  const units = (side: string) => (amount: string) => parseUnits(amount, lentDecimals(scenario, side))
  return {
    loan: units(loan),
    collateral: units(collateral),
    supply: (name: string, amount: bigint) => [
      held('USER', name, receiptToken(contract, lent), amount * VIRTUAL_SHARES),
      cash(loan, lent, amount),
    ],
    pledge: (name: string, amount: bigint) => [
      held('COLLATERAL', name, receiptToken(contract, pledged), amount),
      cash(collateral, pledged, amount),
      ...behindClaim(scenario, { chain, lent: collateral, amount }),
    ],
    debt: (name: string, amount: bigint) => [
      held('BORROWER', name, debtToken(contract, lent), amount * VIRTUAL_SHARES),
      cash(loan, lent, -amount),
    ],
  }
}

export function checkIsolatedMarkets(
  scenario: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  for (const [name, market] of Object.entries(scenario.isolatedMarkets ?? {})) {
    const path = ['isolatedMarkets', name]
    if (scenario.lending?.[name] !== undefined)
      findings.add('E_REFERENCE', path, 'a lending pool has this name', {
        got: name,
        allowed: 'another name',
      })
    const before = findings.problems.length
    checkSides(scenario, market, path, findings)
    if (findings.problems.length > before) continue
    for (const { severity, reason } of isolatedFaults(termsOf(market)))
      if (severity === 'impossible')
        findings.add('E_RANGE', path, reason, {
          got: 'these terms',
          allowed: 'terms that a market can be made with',
        })
      else warnings.push({ rule: 'lending-terms', path: pathText(path), message: reason })
    checkPositions(scenario, market, path, { findings, warnings })
  }
}

function checkSides(
  scenario: Scenario,
  { chain, loan, collateral, oracle, loanOracle }: ScenarioIsolatedMarket,
  path: Path,
  findings: Findings,
): void {
  if (!findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))) return
  const names = priceOraclesOn(scenario, chain)
  findings.reference([...path, 'oracle'], `price oracle on ${chain}`, oracle, names)
  findings.reference([...path, 'loanOracle'], `price oracle on ${chain}`, loanOracle, names)
  for (const [key, lent] of [
    ['loan', loan],
    ['collateral', collateral],
  ] as const) {
    checkLent(scenario, { lent, chain }, [...path, key], findings)
    const symbol = rootOf(lent)
    if ((scenario.assets[symbol]?.transferFeeBps ?? 0) > 0)
      findings.add('E_VALUE', [...path, key], `a market credits what was sent, and ${symbol} arrives short`, {
        got: symbol,
        allowed: 'assets without transferFeeBps',
      })
  }
  if (loan === collateral)
    findings.add('E_CYCLE', [...path, 'collateral'], 'a coin lent against itself', {
      got: loan,
      allowed: `another asset than ${loan}`,
    })
}

function checkPositions(
  scenario: Scenario,
  { loan, collateral, lltvBps, positions }: ScenarioIsolatedMarket,
  path: Path,
  { findings, warnings }: { readonly findings: Findings; readonly warnings: ScenarioWarning[] },
): void {
  const before = findings.problems.length
  const unit = (lent: string) => ({ symbol: lent, decimals: lentDecimals(scenario, lent) })
  for (const [name, position] of Object.entries(positions))
    for (const side of ['supplied', 'collateral', 'borrowed'] as const)
      checkAmount(
        position[side],
        unit(side === 'collateral' ? collateral : loan),
        [...path, 'positions', name, side],
        findings,
      )
  if (findings.problems.length > before) return
  const of = (amount: string, symbol: string) => parseUnits(amount, unit(symbol).decimals)
  const all = Object.values(positions)
  const lentOut = all.reduce((sum, each) => sum + of(each.borrowed, loan) - of(each.supplied, loan), 0n)
  // With populations what all have lent and borrowed together counts, see check-populations.ts.
  if (lentOut > 0n && scenario.populations === undefined)
    findings.add('E_RANGE', [...path, 'positions'], `more ${loan} is borrowed than was supplied`, {
      got: `${lentOut} base units too many`,
      allowed: 'at most what is supplied',
    })
  const value = (amount: string, lent: string) => parseUnits(amount, 18) * startPriceE8(scenario, lent)
  for (const [name, position] of Object.entries(positions)) {
    const owed = value(position.borrowed, loan)
    const at = pathText([...path, 'positions', name])
    if (owed > 0n && Number(position.collateral) === 0)
      findings.add('E_RANGE', [...path, 'positions', name, 'borrowed'], 'a debt without collateral', {
        got: position.borrowed,
        allowed: 'a debt that some collateral bears',
      })
    else if (value(position.collateral, collateral) * BigInt(lltvBps) < owed * BPS)
      warnings.push({
        rule: 'unhealthy-position',
        path: at,
        message:
          'the position begins above the liquidation loan-to-value: whoever comes first may liquidate it',
      })
  }
}
