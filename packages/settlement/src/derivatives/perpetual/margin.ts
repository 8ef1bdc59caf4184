// Margin in and out of a clearing house, and the markets' funding. Sources: Perpetual Protocol v1, ClearingHouse.sol (addMargin,
// removeMargin, payFunding: what longs and shorts do not pay each other on a virtual market maker, the insurance fund pays or has,
// and where it cannot, funding waits).
import { divFloor, minBig, WAD } from '@solvent/primitives'
import { afterReturn } from '../../controls/dynamic-margin.ts'
import { type Outcome, refused } from '../../outcome.ts'
import {
  type ClearingHouse,
  EMPTY_PURSE,
  type MarginAccount,
  type MarketRules,
  observeMarket,
  type PriceMoment,
  purseOf,
  standingOf,
  withFundingPaid,
  writeAccount,
} from './clearing-house.ts'
import { afterInterval, fundingFrom, isFundingDue } from './funding.ts'
import { virtualAmmAt } from './virtual-amm.ts'

/** Opens a market; on a virtual market maker with reserves of this depth around a price. */
export function openMarket(
  house: ClearingHouse,
  name: string,
  start: { readonly atSeconds: number; readonly priceE8: bigint; readonly depth: bigint },
): void {
  const rules = house.rules.get(name) as MarketRules
  house.markets.set(name, {
    amm: rules.venue.kind === 'virtual-amm' ? virtualAmmAt(start.priceE8, start.depth, rules) : null,
    lastTicks: null,
    funding: fundingFrom(start.atSeconds),
    pot: 0n,
    variance: { priceE8: start.priceE8, varianceE18: 0n },
    netUnits: 0n,
  })
}

/** Gives to the insurance fund; debts that it left are paid first. */
export function fundHouse(house: ClearingHouse, amount: bigint): void {
  const { fund, badDebt } = purseOf(house)
  const repaid = minBig(badDebt, amount)
  house.purse.set('purse', { fund: fund + amount - repaid, badDebt: badDebt - repaid })
}

export function depositMargin(
  house: ClearingHouse,
  key: string,
  { owner, amount }: { readonly owner: string; readonly amount: bigint },
): Outcome<{ readonly account: MarginAccount }, 'zero-amount'> {
  if (amount <= 0n) return refused('zero-amount')
  const before = house.accounts.get(key) ?? { owner, margin: 0n, positions: [], orders: [] }
  const account = { ...before, margin: before.margin + amount }
  house.accounts.set(key, account)
  return { status: 'ok', account }
}

export type WithdrawRefusal = 'zero-amount' | 'unknown-account' | 'margin-short' | 'no-price'

/** Takes margin out, as far as margin alone (profits that are not realised do not count) and equity still meet what positions need. */
export function withdrawMargin(
  house: ClearingHouse,
  key: string,
  amount: bigint,
  moment: PriceMoment,
): Outcome<{ readonly account: MarginAccount }, WithdrawRefusal> {
  if (amount <= 0n) return refused('zero-amount')
  const before = house.accounts.get(key)
  if (before === undefined) return refused('unknown-account')
  const paid = withFundingPaid(house, before)
  const account = { ...paid, margin: paid.margin - amount }
  const standing = standingOf(house, account, moment)
  const isShort =
    standing !== null &&
    (account.margin < 0n || minBig(account.margin, standing.equity) < standing.initialRequired)
  // Funding has been paid, whatever becomes of the rest.
  writeAccount(house, key, standing === null || isShort ? paid : account)
  if (standing === null) return refused('no-price')
  if (isShort) return refused('margin-short')
  return { status: 'ok', account }
}

export type FundingRefusal = 'unknown-market' | 'too-early' | 'no-price' | 'fund-short'

/** Ends a funding interval that is over. */
export function payFunding(
  house: ClearingHouse,
  name: string,
  moment: PriceMoment,
): Outcome<{ readonly rateE18: bigint; readonly fromFund: bigint }, FundingRefusal> {
  const rules = house.rules.get(name)
  if (rules === undefined) return refused('unknown-market')
  const index = moment.indexE8(name)
  if (index === null || index <= 0n) return refused('no-price')
  if (!isFundingDue(observeMarket(house, name, moment).funding, rules.funding, moment.atSeconds))
    return refused('too-early')
  const market = observeMarket(house, name, moment)
  const { state, rateE18 } = afterInterval(market.funding, rules.funding, rules, index)
  // The virtual market maker is the other side of the net position: the fund stands in for it.
  const owed = divFloor(market.netUnits * (state.index - market.funding.index), WAD)
  const { fund, badDebt } = purseOf(house)
  if (fund + owed < 0n) return refused('fund-short')
  house.purse.set('purse', { ...EMPTY_PURSE, fund: fund + owed, badDebt })
  const { dynamicMargin } = rules
  const variance =
    dynamicMargin === undefined ? market.variance : afterReturn(market.variance, index, dynamicMargin)
  house.markets.set(name, { ...market, funding: state, pot: market.pot - owed, variance })
  return { status: 'ok', rateE18, fromFund: -owed }
}
