// A StableSwap pool of two or more coins in exact integers. Source: curve-contract, SwapTemplateBase.vy (exchange,
// add_liquidity, remove_liquidity, remove_liquidity_one_coin). Balances in base units of each coin; `rates` bring them to
// 18 decimals, and are a wrapped coin's exchange rate too where the pool is told one. The pool's balances leave the
// administration's fees out: those lie beside them until they are withdrawn.
import { WAD } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { balanceFloor, invariantFloor } from './invariant.ts'

export interface StablePool {
  readonly balances: readonly bigint[]
  readonly totalSupply: bigint
}

export interface StablePoolRules {
  /** A·n^(n−1) · 100. */
  readonly amplification: bigint
  /** Of outputs, in parts of 10^10. */
  readonly feeE10: bigint
  /** Of the fee, in parts of 10^10. */
  readonly adminFeeE10: bigint
  /** 10^(36 − decimals) of each coin, times its exchange rate. */
  readonly rates: readonly bigint[]
}

const E10 = 10n ** 10n

export type ExchangeRefusal = 'unknown-coin' | 'same-coin' | 'zero-amount' | 'no-invariant' | 'slippage'

/**
 * Sells `amountIn` of coin `from` for coin `to`.
 *
 * @returns what the buyer gets and what the administration is owed, both in base units of `to`, rounded down
 */
export function exchangeCoins(
  pool: StablePool,
  order: {
    readonly from: number
    readonly to: number
    readonly amountIn: bigint
    readonly minAmountOut: bigint
  },
  rules: StablePoolRules,
): Outcome<
  { readonly pool: StablePool; readonly amountOut: bigint; readonly adminFee: bigint },
  ExchangeRefusal
> {
  const { from, to, amountIn } = order
  const rateFrom = rules.rates[from]
  const rateTo = rules.rates[to]
  if (rateFrom === undefined || rateTo === undefined) return refused('unknown-coin')
  if (from === to) return refused('same-coin')
  if (amountIn <= 0n) return refused('zero-amount')
  const common = commonUnits(pool.balances, rules)
  const d = invariantFloor(common, rules.amplification)
  if (d === null || d === 0n) return refused('no-invariant')
  const moved = common.with(from, (common[from] as bigint) + (amountIn * rateFrom) / WAD)
  const y = balanceFloor(moved, to, rules.amplification, d)
  if (y === null) return refused('no-invariant')
  const gross = (common[to] as bigint) - y - 1n
  if (gross < 0n) return refused('slippage')
  const fee = (gross * rules.feeE10) / E10
  const amountOut = ((gross - fee) * WAD) / rateTo
  if (amountOut < order.minAmountOut) return refused('slippage')
  const adminFee = (((fee * rules.adminFeeE10) / E10) * WAD) / rateTo
  const balances = pool.balances
    .with(from, (pool.balances[from] as bigint) + amountIn)
    .with(to, (pool.balances[to] as bigint) - amountOut - adminFee)
  return { status: 'ok', pool: { ...pool, balances }, amountOut, adminFee }
}

export type AddRefusal =
  | 'unknown-coin'
  | 'initial-deposit-needs-all-coins'
  | 'no-invariant'
  | 'slippage'
  | 'negative-amount'

/** Adds coins in any proportion; the part that unbalances the pool pays a fee as a swap would. */
export function addLiquidity(
  pool: StablePool,
  deposit: { readonly amounts: readonly bigint[]; readonly minShares: bigint },
  rules: StablePoolRules,
): Outcome<
  { readonly pool: StablePool; readonly shares: bigint; readonly adminFees: readonly bigint[] },
  AddRefusal
> {
  const { amounts } = deposit
  const { balances: old, totalSupply } = pool
  if (amounts.length !== old.length) return refused('unknown-coin')
  if (amounts.some((amount) => amount < 0n)) return refused('negative-amount')
  if (totalSupply === 0n && amounts.includes(0n)) return refused('initial-deposit-needs-all-coins')
  const held = old.map((balance, i) => balance + (amounts[i] as bigint))
  const before = invariantFloor(commonUnits(old, rules), rules.amplification)
  const after = invariantFloor(commonUnits(held, rules), rules.amplification)
  if (before === null || after === null || after <= before) return refused('no-invariant')
  if (totalSupply === 0n) {
    if (after < deposit.minShares) return refused('slippage')
    return {
      status: 'ok',
      pool: { balances: held, totalSupply: after },
      shares: after,
      adminFees: amounts.map(() => 0n),
    }
  }
  const feeE10 = imbalanceFeeE10(rules)
  const fees = held.map((balance, i) => {
    const ideal = (after * (old[i] as bigint)) / before
    return (feeE10 * (ideal > balance ? ideal - balance : balance - ideal)) / E10
  })
  const adminFees = fees.map((fee) => (fee * rules.adminFeeE10) / E10)
  const charged = held.map((balance, i) => balance - (fees[i] as bigint))
  const d = invariantFloor(commonUnits(charged, rules), rules.amplification)
  if (d === null || d < before) return refused('no-invariant')
  const shares = (totalSupply * (d - before)) / before
  if (shares < deposit.minShares) return refused('slippage')
  const balances = held.map((balance, i) => balance - (adminFees[i] as bigint))
  return { status: 'ok', pool: { balances, totalSupply: totalSupply + shares }, shares, adminFees }
}

export type RemoveRefusal = 'more-than-supply' | 'zero-amount'

/** Gives shares back for their part of every coin, rounded down. Never needs the invariant: it works in a broken pool. */
export function removeLiquidity(
  pool: StablePool,
  shares: bigint,
): Outcome<{ readonly pool: StablePool; readonly amounts: readonly bigint[] }, RemoveRefusal> {
  if (shares <= 0n) return refused('zero-amount')
  if (shares > pool.totalSupply) return refused('more-than-supply')
  const amounts = pool.balances.map((balance) => (balance * shares) / pool.totalSupply)
  const balances = pool.balances.map((balance, i) => balance - (amounts[i] as bigint))
  return { status: 'ok', pool: { balances, totalSupply: pool.totalSupply - shares }, amounts }
}

export type RemoveOneRefusal = RemoveRefusal | 'unknown-coin' | 'no-invariant' | 'slippage'

/** Gives shares back for one coin, which unbalances the pool and pays for it: how a run on the better coin looks. */
export function removeOneCoin(
  pool: StablePool,
  request: { readonly shares: bigint; readonly coin: number; readonly minAmount: bigint },
  rules: StablePoolRules,
): Outcome<
  { readonly pool: StablePool; readonly amount: bigint; readonly adminFee: bigint },
  RemoveOneRefusal
> {
  const { shares, coin } = request
  const rate = rules.rates[coin]
  if (rate === undefined) return refused('unknown-coin')
  if (shares <= 0n) return refused('zero-amount')
  if (shares > pool.totalSupply) return refused('more-than-supply')
  const common = commonUnits(pool.balances, rules)
  const before = invariantFloor(common, rules.amplification)
  if (before === null) return refused('no-invariant')
  const after = before - (shares * before) / pool.totalSupply
  const feeless = after === 0n ? null : balanceFloor(common, coin, rules.amplification, after)
  if (feeless === null) return refused('no-invariant')
  const feeE10 = imbalanceFeeE10(rules)
  const reduced = common.map((balance, i) => {
    const share = (balance * after) / before
    const expected = i === coin ? share - feeless : balance - share
    return balance - (feeE10 * expected) / E10
  })
  const charged = balanceFloor(reduced, coin, rules.amplification, after)
  if (charged === null) return refused('no-invariant')
  const gross = (reduced[coin] as bigint) - charged - 1n
  const amount = gross <= 0n ? 0n : (gross * WAD) / rate
  if (amount === 0n || amount < request.minAmount) return refused('slippage')
  const fee = (((common[coin] as bigint) - feeless) * WAD) / rate - amount
  const adminFee = (fee * rules.adminFeeE10) / E10
  const balances = pool.balances.with(coin, (pool.balances[coin] as bigint) - amount - adminFee)
  return {
    status: 'ok',
    pool: { balances, totalSupply: pool.totalSupply - shares },
    amount,
    adminFee,
  }
}

/** The fee on a deposit's or a withdrawal's imbalance: fee · n / (4(n − 1)). */
function imbalanceFeeE10({ feeE10, rates }: StablePoolRules): bigint {
  const n = BigInt(rates.length)
  return (feeE10 * n) / (4n * (n - 1n))
}

function commonUnits(balances: readonly bigint[], { rates }: StablePoolRules): bigint[] {
  return balances.map((balance, i) => (balance * (rates[i] as bigint)) / WAD)
}
