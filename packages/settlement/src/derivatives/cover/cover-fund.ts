// Cover that pays on a measured stress from finite capital: what it has sold may be more than it has. When it is triggered, holders are
// paid pro rata, or whoever claims first in full until nothing is left. All amounts in base units of the coin of the fund; premiums
// are rounded up, payments down.
import { BPS, minBig, mulDivFloor, mulDivUp } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'

export interface CoverRules {
  /** Of the cover, for the whole term. */
  readonly premiumBps: bigint
  /** Cover sold over capital: above 10,000 the fund promises more than it has. */
  readonly leverageBps: bigint
  readonly payment: 'pro-rata' | 'first-come'
}

export interface CoverFund {
  /** What the fund holds. */
  readonly capital: bigint
  readonly holders: ReadonlyMap<string, bigint>
  /** Sum of what holders are covered for and have not claimed. */
  readonly sold: bigint
  /** Once triggered: capital and cover of that moment, by which everyone is paid. */
  readonly triggered: { readonly capital: bigint; readonly sold: bigint } | null
}

export const EMPTY_COVER_FUND: CoverFund = { capital: 0n, holders: new Map(), sold: 0n, triggered: null }

export function provideCapital(fund: CoverFund, amount: bigint): CoverFund {
  return { ...fund, capital: fund.capital + amount }
}

export type BuyRefusal = 'zero-amount' | 'triggered' | 'over-capacity'

/** Sells cover; its premium becomes capital, and counts as such for the next one. */
export function buyCover(
  fund: CoverFund,
  { holder, amount }: { readonly holder: string; readonly amount: bigint },
  { premiumBps, leverageBps }: CoverRules,
): Outcome<{ readonly fund: CoverFund; readonly premium: bigint }, BuyRefusal> {
  if (amount <= 0n) return refused('zero-amount')
  if (fund.triggered !== null) return refused('triggered')
  const sold = fund.sold + amount
  if (sold * BPS > fund.capital * leverageBps) return refused('over-capacity')
  const premium = mulDivUp(amount, premiumBps, BPS)
  const holders = new Map(fund.holders).set(holder, (fund.holders.get(holder) ?? 0n) + amount)
  return { status: 'ok', premium, fund: { ...fund, capital: fund.capital + premium, sold, holders } }
}

/** The stress has been measured: from now on holders may claim, and nobody else takes capital out. */
export function triggerCover(fund: CoverFund): CoverFund {
  return fund.triggered !== null ? fund : { ...fund, triggered: { capital: fund.capital, sold: fund.sold } }
}

/** Pays a holder what the fund owes him, as far as its rule and its capital reach. */
export function claimCover(
  fund: CoverFund,
  holder: string,
  { payment }: CoverRules,
): Outcome<
  { readonly fund: CoverFund; readonly paid: bigint; readonly unpaid: bigint },
  'not-triggered' | 'nothing-covered'
> {
  if (fund.triggered === null) return refused('not-triggered')
  const amount = fund.holders.get(holder) ?? 0n
  if (amount === 0n) return refused('nothing-covered')
  const { capital, sold } = fund.triggered
  const paid =
    payment === 'first-come'
      ? minBig(amount, fund.capital)
      : minBig(amount, mulDivFloor(capital, amount, sold))
  const holders = new Map(fund.holders)
  holders.delete(holder)
  return {
    status: 'ok',
    paid,
    unpaid: amount - paid,
    fund: { ...fund, capital: fund.capital - paid, sold: fund.sold - amount, holders },
  }
}

export type WithdrawCapitalRefusal = 'zero-amount' | 'triggered' | 'capital-bound'

/** Capital that no cover binds goes home. */
export function withdrawCapital(
  fund: CoverFund,
  amount: bigint,
  { leverageBps }: CoverRules,
): Outcome<{ readonly fund: CoverFund }, WithdrawCapitalRefusal> {
  if (amount <= 0n) return refused('zero-amount')
  if (fund.triggered !== null) return refused('triggered')
  const capital = fund.capital - amount
  if (capital < 0n || fund.sold * BPS > capital * leverageBps) return refused('capital-bound')
  return { status: 'ok', fund: { ...fund, capital } }
}

export function coverFaults({ premiumBps, leverageBps }: CoverRules): ParameterFault[] {
  const faults = impossibleOf([
    [premiumBps < 0n || premiumBps > BPS, 'the premium is from 0 to 1'],
    [leverageBps <= 0n, 'a fund sells cover on its capital'],
  ])
  if (leverageBps > BPS)
    faults.push({
      severity: 'dubious',
      reason: 'the fund promises more than it has: when all claim, they are paid in part',
    })
  return faults
}
