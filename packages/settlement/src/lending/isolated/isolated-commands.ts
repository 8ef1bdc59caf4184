// The commands of an isolated market, on values: what totals and position are after them, or why they are refused. Totals must be of
// the moment, see accruedTotals. Source: morpho-org/morpho-blue (v1.0.0), Morpho.sol.
import { maxBig } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { type IsolatedPosition, type IsolatedTotals, isHealthy } from './isolated-market.ts'
import { type ShareTotals, toAssetsDown, toAssetsUp, toSharesDown, toSharesUp } from './shares.ts'

/** What a command moves: base units of the loan, and shares. */
interface Moved {
  readonly amount: bigint
  readonly shares: bigint
}

export function supplyIsolated(
  totals: IsolatedTotals,
  amount: bigint,
): Outcome<Moved & { readonly totals: IsolatedTotals }, 'invalid-amount'> {
  if (amount <= 0n) return refused('invalid-amount')
  const shares = toSharesDown(amount, totals.supply)
  return { status: 'ok', amount, shares, totals: { ...totals, supply: added(totals.supply, amount, shares) } }
}

/** @param wanted base units, or all that the held shares are worth */
export function withdrawIsolated(
  totals: IsolatedTotals,
  held: bigint,
  wanted: bigint | 'all',
): Outcome<
  Moved & { readonly totals: IsolatedTotals },
  'invalid-amount' | 'not-enough-balance' | 'not-enough-liquidity'
> {
  if (wanted !== 'all' && wanted <= 0n) return refused('invalid-amount')
  const shares = wanted === 'all' ? held : toSharesUp(wanted, totals.supply)
  const amount = wanted === 'all' ? toAssetsDown(held, totals.supply) : wanted
  if (shares <= 0n || shares > held) return refused('not-enough-balance')
  const supply = added(totals.supply, -amount, -shares)
  if (totals.borrow.assets > supply.assets) return refused('not-enough-liquidity')
  return { status: 'ok', amount, shares, totals: { ...totals, supply } }
}

export interface Priced {
  readonly lltvWad: bigint
  /** Null: the oracle's rule refuses it. */
  readonly price: bigint | null
}

export function borrowIsolated(
  totals: IsolatedTotals,
  position: IsolatedPosition,
  amount: bigint,
  { lltvWad, price }: Priced,
): Outcome<
  Moved & { readonly totals: IsolatedTotals; readonly position: IsolatedPosition },
  'invalid-amount' | 'no-price' | 'health-factor-below-threshold' | 'not-enough-liquidity'
> {
  if (amount <= 0n) return refused('invalid-amount')
  const shares = toSharesUp(amount, totals.borrow)
  const after = { ...totals, borrow: added(totals.borrow, amount, shares) }
  const indebted = { ...position, borrowShares: position.borrowShares + shares }
  if (price === null) return refused('no-price')
  if (!isHealthy(indebted, after, lltvWad, price)) return refused('health-factor-below-threshold')
  if (after.borrow.assets > after.supply.assets) return refused('not-enough-liquidity')
  return { status: 'ok', amount, shares, totals: after, position: indebted }
}

/** More than is owed is not taken: then all shares are repaid, at what they cost. */
export function repayIsolated(
  totals: IsolatedTotals,
  position: IsolatedPosition,
  wanted: bigint | 'all',
): Outcome<
  Moved & { readonly totals: IsolatedTotals; readonly position: IsolatedPosition },
  'invalid-amount' | 'no-debt'
> {
  if (wanted !== 'all' && wanted <= 0n) return refused('invalid-amount')
  const { borrowShares } = position
  if (borrowShares === 0n) return refused('no-debt')
  const owed = toAssetsUp(borrowShares, totals.borrow)
  const isAll = wanted === 'all' || wanted >= owed
  const amount = isAll ? owed : wanted
  const shares = isAll ? borrowShares : toSharesDown(amount, totals.borrow)
  return {
    status: 'ok',
    amount,
    shares,
    totals: { ...totals, borrow: repaidOf(totals.borrow, amount, shares) },
    position: { ...position, borrowShares: borrowShares - shares },
  }
}

export function releaseIsolated(
  totals: IsolatedTotals,
  position: IsolatedPosition,
  wanted: bigint | 'all',
  { lltvWad, price }: Priced,
): Outcome<
  { readonly amount: bigint; readonly position: IsolatedPosition },
  'invalid-amount' | 'not-enough-balance' | 'no-price' | 'health-factor-below-threshold'
> {
  const amount = wanted === 'all' ? position.collateral : wanted
  if (amount <= 0n) return refused('invalid-amount')
  if (amount > position.collateral) return refused('not-enough-balance')
  const after = { ...position, collateral: position.collateral - amount }
  // Nothing is asked of the oracle for who owes nothing.
  if (after.borrowShares > 0n) {
    if (price === null) return refused('no-price')
    if (!isHealthy(after, totals, lltvWad, price)) return refused('health-factor-below-threshold')
  }
  return { status: 'ok', amount, position: after }
}

function added({ assets, shares }: ShareTotals, amount: bigint, count: bigint): ShareTotals {
  return { assets: assets + amount, shares: shares + count }
}

/** What is repaid may be one unit more than is owed by all: it stays with the market. */
export function repaidOf({ assets, shares }: ShareTotals, amount: bigint, count: bigint): ShareTotals {
  return { assets: maxBig(assets - amount, 0n), shares: shares - count }
}
